import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { reasonSchema } from './account.schema.ts'
import { identityPermissions as permissions } from './identity.permissions.ts'
import type { IdentityDeps } from './identity-deps.ts'
import { insertPolicy, policyBounds, policySchema, policyVersions } from './policy.ts'

const tags = ['identity policy']

const versionSchema = z
  .object({
    version: z.number().int(),
    settings: policySchema,
    changedBy: z.string(),
    /** Empty for the product itself. */
    changedByName: z.string(),
    changedAt: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'IdentityPolicyVersion' })

const boundsSchema = z
  .record(z.string(), z.object({ min: z.number().int(), max: z.number().int() }))
  .meta({ id: 'IdentityPolicyBounds' })

/** The rules for passwords, lockout and second factors, with their history. */
export function policyRoutes(server: HttpServer, deps: IdentityDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/v1/identity-policy',
    {
      config: { permission: permissions.read_policy },
      schema: {
        tags,
        summary: 'The rules in force and those before',
        response: { 200: z.object({ versions: z.array(versionSchema), bounds: boundsSchema }) },
      },
    },
    async (request) => ({
      versions: [...(await deps.database.asCaller(callerOf(request), (trx) => policyVersions(trx, 100)))],
      bounds: policyBounds,
    }),
  )
  routes.put(
    '/api/v1/identity-policy',
    {
      config: { permission: permissions.change_policy },
      schema: {
        tags,
        summary: 'Change the rules',
        body: z.object({ settings: policySchema, reason: reasonSchema }),
        response: { 200: versionSchema },
      },
    },
    (request) => {
      const caller = callerOf(request)
      const { settings, reason } = request.body
      return deps.database.asCaller(caller, async (trx) => {
        const change = { settings, reason, changedBy: caller.userId, changedAt: deps.clock.now() }
        const made = await insertPolicy(trx, change)
        await recordAudit(trx, {
          action: 'identity.change_policy',
          object: { kind: 'identity_policy', id: String(made.version) },
          purpose: reason,
          detail: { ...settings },
        })
        return made
      })
    },
  )
}
