import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { sendFile } from '#shared/files/index.ts'
import { alertsPermissions } from './alerts.permissions.ts'
import type { Alerts } from './alerts.ts'

const attached = z.object({ alertId: z.uuid(), fileId: z.uuid() })

/** The bytes of attachments, only through the alert that they hang on. */
export function alertFilesRoutes(http: HttpServer, { files }: Alerts): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  server.get(
    '/api/v1/alerts/:alertId/files/:fileId',
    {
      config: { permission: alertsPermissions.read },
      schema: { tags: ['alerts'], summary: 'An attachment of an alert, to be saved', params: attached },
    },
    async (request, reply) => {
      const { alertId, fileId } = request.params
      return sendFile(reply, await files.ofAlert(callerOf(request), alertId, fileId))
    },
  )
  server.get(
    '/api/v1/unit-alerts/:alertId/files/:fileId',
    {
      config: { permission: alertsPermissions.answer },
      schema: {
        tags: ['unit-alerts'],
        summary: "An attachment of one's own unit's alert, to be saved",
        params: attached,
      },
    },
    async (request, reply) => {
      const { alertId, fileId } = request.params
      return sendFile(reply, await files.ofUnitItem(callerOf(request), alertId, fileId))
    },
  )
}
