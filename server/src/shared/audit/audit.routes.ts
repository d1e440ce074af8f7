import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '#ground/database/index.ts'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { pageOf, pageQuery } from '#ground/paging/index.ts'
import { auditPermissions } from './audit.permissions.ts'
import { type Actors, checkpointFor, readLog } from './audit.service.ts'

const entrySchema = z
  .object({
    entryId: z.string(),
    /** Its place in the sealed log; null until the next sealing, some seconds. */
    leafIndex: z.number().int().nullable(),
    at: z.string(),
    actorId: z.string(),
    /** Null for the product itself and for machines. */
    actorName: z.string().nullable(),
    actorRoles: z.string(),
    actorScope: z.string(),
    address: z.string().nullable(),
    action: z.string(),
    objectKind: z.string().nullable(),
    objectId: z.string().nullable(),
    unitCode: z.string().nullable(),
    purpose: z.string().nullable(),
    outcome: z.string(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' })

const day = z.iso.date()
const filterSchema = pageQuery.extend({
  /** A user id, or the name by which somebody signs in. */
  actor: z.string().max(60).optional(),
  action: z.string().max(60).optional(),
  objectKind: z.string().max(40).optional(),
  objectId: z.string().max(60).optional(),
  outcome: z.enum(['done', 'refused', 'failed']).optional(),
  from: day.optional(),
  to: day.optional(),
})

/** The audit log on the console. Reading it is an entry of its own, written before the page leaves. */
export function auditRoutes(
  http: HttpServer,
  { database, actors }: { readonly database: Database; readonly actors: Actors },
): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  server.get(
    '/api/v1/audit',
    {
      config: { permission: auditPermissions.read },
      schema: {
        tags: ['audit'],
        summary: 'The audit log, newest first',
        querystring: filterSchema,
        response: { 200: pageOf(entrySchema) },
      },
    },
    (request) => readLog({ database, actors }, callerOf(request), request.query),
  )
  server.get(
    '/api/v1/audit/checkpoint',
    {
      config: { permission: auditPermissions.read },
      schema: {
        tags: ['audit'],
        summary: 'The newest signed checkpoint, to be kept elsewhere',
        response: {
          200: z
            .object({
              treeSize: z.number().int(),
              rootHash: z.string(),
              sealedAt: z.string(),
              keyId: z.string(),
            })
            .nullable(),
        },
      },
    },
    (request) => checkpointFor(database, callerOf(request)),
  )
}
