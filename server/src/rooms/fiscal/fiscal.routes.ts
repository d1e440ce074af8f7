import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { fiscalPermissions as permissions } from './fiscal.permissions.ts'
import type { Fiscal } from './fiscal.ts'
import {
  byKey,
  decisionBody,
  explanationBody,
  idempotencyHeader,
  requestAnswer,
  requestBody,
  requestDetail,
  requestPage,
  requestQuery,
  requestRefused,
  requestStanding,
} from './request.schema.ts'

const tags = ['payment-requests']

/** Payment requests: submitted by the treasury, released or refused by the office, explained by the unit. */
export function fiscalRoutes(http: HttpServer, fiscal: Fiscal): void {
  senderRoutes(http, fiscal)
  officeRoutes(http, fiscal)
  unitRoutes(http, fiscal)
}

function senderRoutes(http: HttpServer, fiscal: Fiscal): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const access = { config: { permission: permissions.request } }
  server.post(
    '/api/v1/fiscal/payment-requests',
    {
      ...access,
      schema: {
        tags,
        summary: 'Judge a request before it is paid: pass, pass with an explanation owed, or hold',
        headers: idempotencyHeader,
        body: requestBody,
        response: { 201: requestAnswer, 422: requestRefused },
      },
    },
    async (request, reply) => {
      const key = request.headers['idempotency-key']
      const submitted = await fiscal.requests.submit(callerOf(request), request.body.request, key)
      if ('faults' in submitted) return reply.status(422).send({ faults: [...submitted.faults] })
      if (submitted.replayed) reply.header('idempotent-replayed', 'true')
      return reply.status(201).send(submitted.answer)
    },
  )
  server.get(
    '/api/v1/fiscal/payment-requests/standing/:requestNo',
    {
      ...access,
      schema: {
        tags,
        summary: 'Whether a request that was submitted may be paid now',
        params: z.object({ requestNo: z.string().max(40) }),
        response: { 200: requestStanding },
      },
    },
    (request) => fiscal.standing(callerOf(request), request.params.requestNo),
  )
}

function officeRoutes(http: HttpServer, fiscal: Fiscal): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  server.get(
    '/api/v1/fiscal/payment-requests',
    {
      config: { permission: permissions.read },
      schema: {
        tags,
        summary: 'Payment requests, newest first',
        querystring: requestQuery,
        response: { 200: requestPage },
      },
    },
    (request) => fiscal.reading.list(callerOf(request), 'office', request.query),
  )
  server.get(
    '/api/v1/fiscal/payment-requests/:requestKey',
    {
      config: { permission: permissions.read },
      schema: {
        tags,
        summary: 'One request with everything that was found',
        params: byKey,
        response: { 200: requestDetail },
      },
    },
    (request) => fiscal.reading.detail(callerOf(request), 'office', request.params.requestKey),
  )
  for (const [act, summary] of [
    ['release', 'Agree to the release of a held request, for one side'],
    ['refuse', 'Refuse a held request'],
  ] as const) {
    server.post(
      `/api/v1/fiscal/payment-requests/:requestKey/${act}`,
      {
        config: { permission: permissions.decide },
        schema: { tags, summary, params: byKey, body: decisionBody, response: { 200: requestDetail } },
      },
      (request) => fiscal.deciding[act](callerOf(request), request.params.requestKey, request.body),
    )
  }
}

function unitRoutes(http: HttpServer, fiscal: Fiscal): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const access = { config: { permission: permissions.explain } }
  server.get(
    '/api/v1/unit-payment-requests',
    {
      ...access,
      schema: {
        tags,
        summary: "The caller's unit's payment requests",
        querystring: requestQuery,
        response: { 200: requestPage },
      },
    },
    (request) => fiscal.reading.list(callerOf(request), 'unit', request.query),
  )
  server.get(
    '/api/v1/unit-payment-requests/:requestKey',
    {
      ...access,
      schema: {
        tags,
        summary: 'One request as the unit sees it',
        params: byKey,
        response: { 200: requestDetail },
      },
    },
    (request) => fiscal.reading.detail(callerOf(request), 'unit', request.params.requestKey),
  )
  server.post(
    '/api/v1/unit-payment-requests/:requestKey/explanation',
    {
      ...access,
      schema: {
        tags,
        summary: 'Explain a request',
        params: byKey,
        body: explanationBody,
        response: { 200: requestDetail },
      },
    },
    (request) => fiscal.deciding.explain(callerOf(request), request.params.requestKey, request.body.text),
  )
}
