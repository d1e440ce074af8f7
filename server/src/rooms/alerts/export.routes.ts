import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { listForms, purpose } from '#shared/exports/index.ts'
import { alertsPermissions } from './alerts.permissions.ts'
import { alertSelection, levelSchema } from './alerts.schema.ts'
import type { AlertExports } from './export.service.ts'

const printedRequest = z
  .object({
    number: z.string(),
    pack: z.string(),
    level: levelSchema,
    unitCode: z.string().nullable(),
    unitName: z.string().nullable(),
    onDate: z.string(),
    amount: z.string(),
    rules: z.array(z.object({ code: z.string(), title: z.object({ zh: z.string(), en: z.string() }) })),
    message: z.string(),
    request: z.string().nullable(),
    dispatchedOn: z.string(),
    dueOn: z.string().nullable(),
    mark: z.string(),
    organName: z.string(),
    printedBy: z.string(),
    printedAt: z.string(),
    barcode: z.string(),
  })
  .meta({ id: 'PrintedRequest' })

/** Lists to be taken out and sheets to be printed; both are in the register before they leave. */
export function alertExportRoutes(http: HttpServer, exports: AlertExports): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  server.post(
    '/api/v1/alerts/export',
    {
      config: { permission: alertsPermissions.export },
      schema: {
        tags: ['alerts'],
        summary: 'The list as a file: what the caller sees, personal data masked, the purpose on record',
        querystring: alertSelection,
        body: z.object({ form: z.enum(listForms), purpose }),
      },
    },
    async (request, reply) => {
      const file = await exports.list(callerOf(request), request.query, request.body)
      return reply
        .header('content-type', file.mediaType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
        .header('x-export-mark', file.mark)
        .send(file.content)
    },
  )
  server.post(
    '/api/v1/alerts/:alertId/explanation-request',
    {
      config: { permission: alertsPermissions.export },
      schema: {
        tags: ['alerts'],
        summary: 'The explanation request (问询单) to be printed, entered in the register',
        params: z.object({ alertId: z.uuid() }),
        body: z.object({ purpose }),
        response: { 200: printedRequest },
      },
    },
    (request) =>
      exports.explanationRequest(callerOf(request), request.params.alertId, request.body.purpose) as never,
  )
}
