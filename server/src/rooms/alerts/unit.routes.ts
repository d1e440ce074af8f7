import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { pageQuery } from '#ground/paging/index.ts'
import { alertsPermissions } from './alerts.permissions.ts'
import { unitStates } from './alerts.rules.ts'
import { fileIds, note, unitItemRow, yuan } from './alerts.schema.ts'
import type { Alerts } from './alerts.ts'
import { unitItemDetail } from './detail.schema.ts'

const byId = z.object({ alertId: z.uuid() })
const explanation = z.object({
  text: note,
  contact: z.string().trim().max(100).optional(),
  files: fileIds,
  version: z.number().int().optional(),
})

/** What a supervised unit sees and answers: its own items, and nothing of the office's side. */
export function unitRoutes(http: HttpServer, alerts: Alerts): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const access = { config: { permission: alertsPermissions.answer } }
  server.get(
    '/api/v1/unit-alerts',
    {
      ...access,
      schema: {
        tags: ['unit-alerts'],
        summary: "The caller's unit's alerts",
        querystring: pageQuery.extend({ state: z.enum(unitStates).optional() }),
        response: {
          200: z.object({
            items: z.array(unitItemRow),
            next: z.string().nullable(),
            open: z.number().int(),
          }),
        },
      },
    },
    (request) => alerts.units.list(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/unit-alerts/:alertId',
    {
      ...access,
      schema: {
        tags: ['unit-alerts'],
        summary: 'One alert as the unit sees it',
        params: byId,
        response: { 200: unitItemDetail },
      },
    },
    (request) => alerts.units.detail(callerOf(request), request.params.alertId) as never,
  )
  server.post(
    '/api/v1/unit-alerts/:alertId/explanation',
    {
      ...access,
      schema: {
        tags: ['unit-alerts'],
        summary: 'Explain an alert, with attachments',
        params: byId,
        body: explanation,
        response: { 200: unitItemDetail },
      },
    },
    (request) => alerts.units.explain(callerOf(request), request.params.alertId, request.body) as never,
  )
  server.post(
    '/api/v1/unit-alerts/:alertId/rectification',
    {
      ...access,
      schema: {
        tags: ['unit-alerts'],
        summary: 'Report the rectification and the sum that was recovered',
        params: byId,
        body: explanation.extend({ recoveredAmount: yuan.optional() }),
        response: { 200: unitItemDetail },
      },
    },
    (request) => alerts.units.rectify(callerOf(request), request.params.alertId, request.body) as never,
  )
}
