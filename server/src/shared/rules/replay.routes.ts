import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { replayPermissions } from './replay.permissions.ts'
import {
  replayChoice,
  replayDifference,
  replayHitPage,
  replayHitQuery,
  replayPage,
  replayQuery,
  replayRequest,
  replaySchema,
} from './replay.schema.ts'
import type { Replays } from './replay.service.ts'

const byId = z.object({ replayId: z.uuid() })
const tags = ['rules']

/** Replays of rules over past data: start, follow, look at the difference. */
export function replayRoutes(http: HttpServer, replays: Replays): void {
  lookingRoutes(http, replays)
  const server = http.withTypeProvider<ZodTypeProvider>()
  const config = { permission: replayPermissions.replay }
  server.post(
    '/api/v1/rule-replays',
    {
      config,
      schema: {
        tags,
        summary: 'Replay a rule over past data',
        body: replayRequest,
        response: { 202: replaySchema },
      },
    },
    async (request, reply) => reply.status(202).send(await replays.start(callerOf(request), request.body)),
  )
  server.post(
    '/api/v1/rule-replays/:replayId/cancel',
    { config, schema: { tags, summary: 'Cancel a replay', params: byId, response: { 200: replaySchema } } },
    (request) => replays.cancel(callerOf(request), request.params.replayId),
  )
  server.post(
    '/api/v1/rule-replays/:replayId/again',
    {
      config,
      schema: { tags, summary: 'The same replay once more', params: byId, response: { 202: replaySchema } },
    },
    async (request, reply) =>
      reply.status(202).send(await replays.again(callerOf(request), request.params.replayId)),
  )
}

function lookingRoutes(http: HttpServer, replays: Replays): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const config = { permission: replayPermissions.read_replays }
  server.get(
    '/api/v1/rule-replay-choices',
    {
      config,
      schema: {
        tags,
        summary: 'Rules that can be replayed, with their values in force',
        response: { 200: z.array(replayChoice).readonly() },
      },
    },
    (request) => replays.choices(callerOf(request)),
  )
  server.get(
    '/api/v1/rule-replays',
    {
      config,
      schema: {
        tags,
        summary: 'Replays, newest first',
        querystring: replayQuery,
        response: { 200: replayPage },
      },
    },
    (request) => replays.list(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/rule-replays/:replayId',
    {
      config,
      schema: {
        tags,
        summary: 'One replay and how far it is',
        params: byId,
        response: { 200: replaySchema },
      },
    },
    (request) => replays.detail(callerOf(request), request.params.replayId),
  )
  server.get(
    '/api/v1/rule-replays/:replayId/difference',
    {
      config,
      schema: {
        tags,
        summary: 'The difference in numbers',
        params: byId,
        response: { 200: replayDifference },
      },
    },
    (request) => replays.difference(callerOf(request), request.params.replayId),
  )
  server.get(
    '/api/v1/rule-replays/:replayId/hits',
    {
      config,
      schema: {
        tags,
        summary: 'New, lost and kept hits with their sentences',
        params: byId,
        querystring: replayHitQuery,
        response: { 200: replayHitPage },
      },
    },
    (request) => replays.hits(callerOf(request), request.params.replayId, request.query),
  )
}
