import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { alertsPermissions } from './alerts.permissions.ts'
import type { Alerts } from './alerts.ts'
import { newView, savedView } from './views.schema.ts'

/** Views of the list that a person keeps for himself. */
export function viewsRoutes(http: HttpServer, alerts: Alerts): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const access = { config: { permission: alertsPermissions.read } }
  const tags = ['alerts']
  server.get(
    '/api/v1/alert-views',
    {
      ...access,
      schema: { tags, summary: 'Own views of the list', response: { 200: z.array(savedView).readonly() } },
    },
    (request) => alerts.views.list(callerOf(request)),
  )
  server.post(
    '/api/v1/alert-views',
    {
      ...access,
      schema: { tags, summary: 'Save a view of the list', body: newView, response: { 201: savedView } },
    },
    async (request, reply) =>
      reply.status(201).send(await alerts.views.save(callerOf(request), request.body)),
  )
  server.delete(
    '/api/v1/alert-views/:viewId',
    {
      ...access,
      schema: {
        tags,
        summary: 'Remove an own view of the list',
        params: z.object({ viewId: z.uuid() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await alerts.views.remove(callerOf(request), request.params.viewId)
      return reply.status(204).send(null)
    },
  )
}
