import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Trx } from '#ground/database/index.ts'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { alertsPermissions } from '../alerts.permissions.ts'
import type { Wish } from './draw.service.ts'
import {
  drawWish,
  newSampleSize,
  repeatedDraw,
  sampleDraw,
  sampleItem,
  sampleJudgement,
  samplePage,
  sampleQuery,
  sampleRates,
  sampleSize,
} from './sampling.schema.ts'
import type { Sampling } from './sampling.ts'

/** Hands the wish for a draw to whoever does it, within the transaction. */
export type AskForDraw = (trx: Trx, wish: Wish & { readonly userId: string }) => Promise<void>

/** Monthly samples of records without an alert, and what people found in them. */
export function samplingRoutes(http: HttpServer, sampling: Sampling, ask: AskForDraw): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const read = { config: { permission: alertsPermissions.read_sample } }
  const tags = ['samples']
  const ofItem = z.object({ itemId: z.uuid() })
  server.get(
    '/api/v1/sample-items',
    {
      ...read,
      schema: { tags, summary: 'Drawn records', querystring: sampleQuery, response: { 200: samplePage } },
    },
    (request) => sampling.reviewing.list(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/sample-items/:itemId',
    { ...read, schema: { tags, summary: 'A drawn record', params: ofItem, response: { 200: sampleItem } } },
    (request) => sampling.reviewing.item(callerOf(request), request.params.itemId),
  )
  server.post(
    '/api/v1/sample-items/:itemId/judgement',
    {
      config: { permission: alertsPermissions.judge_sample },
      schema: {
        tags,
        summary: 'Judge a drawn record: nothing found, or missed by a rule or by all',
        params: ofItem,
        body: sampleJudgement,
        response: { 200: sampleItem },
      },
    },
    (request) => sampling.reviewing.judge(callerOf(request), request.params.itemId, request.body),
  )
  server.get(
    '/api/v1/sample-rates',
    {
      ...read,
      schema: {
        tags,
        summary: 'How often the rules miss, by month and by rule',
        response: { 200: sampleRates },
      },
    },
    (request) => sampling.reviewing.rates(callerOf(request)),
  )
  drawRoutes(http, sampling, ask)
}

function drawRoutes(http: HttpServer, { draws }: Sampling, ask: AskForDraw): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const read = { config: { permission: alertsPermissions.read_sample } }
  const tags = ['samples']
  server.get(
    '/api/v1/sample-draws',
    { ...read, schema: { tags, summary: 'Draws, newest first', response: { 200: z.array(sampleDraw) } } },
    (request) => draws.list(callerOf(request)),
  )
  server.post(
    '/api/v1/sample-draws',
    {
      config: { permission: alertsPermissions.draw_sample },
      schema: {
        tags,
        summary: 'Ask for the sample of a month that has none',
        body: drawWish,
        response: { 202: drawWish },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      await draws.request(caller, request.body, (trx) => ask(trx, { ...request.body, userId: caller.userId }))
      return reply.status(202).send(request.body)
    },
  )
  server.post(
    '/api/v1/sample-draws/:drawId/repeat',
    {
      ...read,
      schema: {
        tags,
        summary: 'Draw again from the kept seed and compare',
        params: z.object({ drawId: z.uuid() }),
        response: { 200: repeatedDraw },
      },
    },
    (request) => draws.repeat(callerOf(request), request.params.drawId),
  )
  server.get(
    '/api/v1/sample-sizes',
    {
      ...read,
      schema: { tags, summary: 'How many are drawn per month', response: { 200: z.array(sampleSize) } },
    },
    (request) => draws.sizes(callerOf(request)),
  )
  server.post(
    '/api/v1/sample-sizes',
    {
      config: { permission: alertsPermissions.set_sample },
      schema: {
        tags,
        summary: 'Decide how many are drawn, from a month on',
        body: newSampleSize,
        response: { 201: sampleSize },
      },
    },
    async (request, reply) => reply.status(201).send(await draws.setSize(callerOf(request), request.body)),
  )
}
