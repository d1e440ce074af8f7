import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { alertsPermissions } from './alerts.permissions.ts'
import { alertExplanation, unitExplanation, unmasking } from './explain.schema.ts'
import type { Explaining } from './explain.service.ts'

const byId = z.object({ alertId: z.uuid() })

/** How an alert explains itself, to the office and to the unit. */
export function explainRoutes(http: HttpServer, explaining: Explaining): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  server.get(
    '/api/v1/alerts/:alertId/explain',
    {
      config: { permission: alertsPermissions.read },
      schema: {
        tags: ['alerts'],
        summary: 'What an alert rests on, worked out again from the facts; personal data masked',
        params: byId,
        response: { 200: alertExplanation },
      },
    },
    (request) => explaining.explain(callerOf(request), request.params.alertId),
  )
  server.post(
    '/api/v1/alerts/:alertId/explain',
    {
      config: { permission: alertsPermissions.judge },
      schema: {
        tags: ['alerts'],
        summary: 'The same with personal data in clear; the reason goes on record',
        params: byId,
        body: unmasking,
        response: { 200: alertExplanation },
      },
    },
    (request) => explaining.unmask(callerOf(request), request.params.alertId, request.body.reason),
  )
  server.get(
    '/api/v1/unit-alerts/:alertId/explain',
    {
      config: { permission: alertsPermissions.answer },
      schema: {
        tags: ['alerts'],
        summary: "What one's own unit's alert rests on, as far as it is disclosed",
        params: byId,
        response: { 200: unitExplanation },
      },
    },
    (request) => explaining.explainToUnit(callerOf(request), request.params.alertId),
  )
}
