import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { intakePermissions } from '../intake.permissions.ts'
import { conflictDetailSchema, conflictPage, conflictQuery, decisionBody } from './conflict.schema.ts'
import type { InvoiceConflicts } from './conflicts.service.ts'

const tags = ['intake']
const byId = z.object({ conflictId: z.uuid() })

/** Invoices that came with different content from two sources: list, both versions, decision. */
export function conflictRoutes(http: HttpServer, conflicts: InvoiceConflicts): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  server.get(
    '/api/v1/intake/conflicts',
    {
      config: { permission: intakePermissions.read },
      schema: {
        tags,
        summary: 'Conflicts of invoices, newest first',
        querystring: conflictQuery,
        response: { 200: conflictPage },
      },
    },
    (request) => conflicts.list(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/intake/conflicts/:conflictId',
    {
      config: { permission: intakePermissions.read },
      schema: {
        tags,
        summary: 'Both versions of an invoice',
        params: byId,
        response: { 200: conflictDetailSchema },
      },
    },
    (request) => conflicts.detail(callerOf(request), request.params.conflictId),
  )
  server.post(
    '/api/v1/intake/conflicts/:conflictId/decide',
    {
      config: { permission: intakePermissions.decide },
      schema: {
        tags,
        summary: 'Keep the standing version or take the arriving one',
        params: byId,
        body: decisionBody,
        response: { 200: conflictDetailSchema },
      },
    },
    (request) => conflicts.decide(callerOf(request), request.params.conflictId, request.body),
  )
}
