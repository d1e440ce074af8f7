import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { exceptionPermissions } from './exception.permissions.ts'
import {
  exceptionDetail,
  exceptionPage,
  exceptionProposal,
  exceptionQuery,
  suppressedPage,
  suppressedQuery,
} from './exception.schema.ts'
import type { Exceptions } from './exception.service.ts'

const byId = z.object({ exceptionId: z.uuid() })
const reason = z.string().trim().min(2).max(1000)

/** Exceptions of rules, and the hits that they suppress. */
export function exceptionRoutes(http: HttpServer, exceptions: Exceptions): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const reading = { config: { permission: exceptionPermissions.read } }
  server.get(
    '/api/v1/exceptions',
    {
      ...reading,
      schema: {
        tags: ['exceptions'],
        summary: 'Exceptions in sight, newest first, with how many hits each suppresses',
        querystring: exceptionQuery,
        response: { 200: exceptionPage },
      },
    },
    (request) => exceptions.list(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/exceptions/:exceptionId',
    {
      ...reading,
      schema: {
        tags: ['exceptions'],
        summary: 'One exception with its history',
        params: byId,
        response: { 200: exceptionDetail },
      },
    },
    (request) => exceptions.detail(callerOf(request), request.params.exceptionId),
  )
  server.get(
    '/api/v1/suppressed-hits',
    {
      ...reading,
      schema: {
        tags: ['exceptions'],
        summary: 'Hits that raise no alert because an exception covers them',
        querystring: suppressedQuery,
        response: { 200: suppressedPage },
      },
    },
    (request) => exceptions.suppressed(callerOf(request), request.query),
  )
  server.post(
    '/api/v1/alerts/:alertId/exceptions',
    {
      config: { permission: exceptionPermissions.propose },
      schema: {
        tags: ['exceptions'],
        summary: 'Propose an exception from an alert that was judged normal',
        params: z.object({ alertId: z.uuid() }),
        body: exceptionProposal,
        response: { 201: exceptionDetail },
      },
    },
    async (request, reply) =>
      reply
        .status(201)
        .send(await exceptions.propose(callerOf(request), request.params.alertId, request.body)),
  )
  decisionRoutes(http, exceptions)
}

function decisionRoutes(http: HttpServer, exceptions: Exceptions): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const deciding = { config: { permission: exceptionPermissions.decide } }
  const documented = (summary: string) => ({
    tags: ['exceptions'],
    summary,
    params: byId,
    response: { 200: exceptionDetail },
  })
  server.post(
    '/api/v1/exceptions/:exceptionId/approve',
    {
      ...deciding,
      schema: {
        ...documented('Approve an exception under an approval number; not by who proposed it'),
        body: z.object({ approvalNo: z.string().trim().min(2).max(60), note: reason.optional() }),
      },
    },
    (request) =>
      exceptions.approve(
        callerOf(request),
        request.params.exceptionId,
        request.body.approvalNo,
        request.body.note,
      ),
  )
  server.post(
    '/api/v1/exceptions/:exceptionId/refuse',
    { ...deciding, schema: { ...documented('Refuse an exception'), body: z.object({ reason }) } },
    (request) => exceptions.refuse(callerOf(request), request.params.exceptionId, request.body.reason),
  )
  server.post(
    '/api/v1/exceptions/:exceptionId/end',
    {
      ...deciding,
      schema: {
        ...documented('End an exception, from today on or as if it had never been'),
        body: z.object({ reason, annulled: z.boolean().default(false) }),
      },
    },
    (request) =>
      exceptions.end(
        callerOf(request),
        request.params.exceptionId,
        request.body.reason,
        request.body.annulled,
      ),
  )
  server.post(
    '/api/v1/exceptions/:exceptionId/withdraw',
    {
      config: { permission: exceptionPermissions.propose },
      schema: { ...documented('Take back an exception that waits'), body: z.object({ reason }) },
    },
    (request) => exceptions.withdraw(callerOf(request), request.params.exceptionId, request.body.reason),
  )
}
