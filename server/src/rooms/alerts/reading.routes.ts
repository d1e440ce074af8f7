import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { alertsPermissions } from './alerts.permissions.ts'
import { alertListQuery, alertPage } from './alerts.schema.ts'
import type { Alerts } from './alerts.ts'
import { alertDetail } from './detail.schema.ts'

/** Lists and details of the office. */
export function readingRoutes(http: HttpServer, alerts: Alerts): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  server.get(
    '/api/v1/alerts',
    {
      config: { permission: alertsPermissions.read },
      schema: {
        tags: ['alerts'],
        summary: 'Alerts in sight, filtered and sorted, a page at a time',
        querystring: alertListQuery,
        response: { 200: alertPage },
      },
    },
    (request) => alerts.desk.list(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/alerts/:alertId',
    {
      config: { permission: alertsPermissions.read },
      schema: {
        tags: ['alerts'],
        summary: 'One alert with everything that explains it',
        params: z.object({ alertId: z.uuid() }),
        response: { 200: alertDetail },
      },
    },
    (request) => alerts.desk.detail(callerOf(request), request.params.alertId) as never,
  )
}
