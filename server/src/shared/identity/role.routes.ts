import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { permissionTable, roles } from '#shared/permissions/index.ts'
import { holdingSchema, reasonSchema, roleRequestSchema } from './account.schema.ts'
import { identityPermissions as permissions } from './identity.permissions.ts'
import type { IdentityDeps } from './identity-deps.ts'
import { decideRole, endRole, holdings, requestRole } from './roles.service.ts'

const tags = ['roles']
const ofHolding = z.object({ holdingId: z.uuid() })

/** Roles: asked for by one administrator, approved by another. */
export function roleRoutes(server: HttpServer, deps: IdentityDeps): void {
  listRoutes(server, deps)
  decisionRoutes(server, deps)
}

function listRoutes(server: HttpServer, deps: IdentityDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/v1/role-holdings',
    {
      config: { permission: permissions.read_accounts },
      schema: {
        tags,
        summary: 'Roles that are held or asked for',
        querystring: z.object({
          userId: z.uuid().optional(),
          state: z.enum(['requested', 'active', 'rejected', 'ended']).optional(),
        }),
        response: { 200: z.object({ items: z.array(holdingSchema) }) },
      },
    },
    async (request) => ({ items: await holdings(deps, callerOf(request), request.query) }),
  )
  const bilingual = { zh: z.string(), en: z.string() }
  routes.get(
    '/api/v1/permissions',
    {
      config: { permission: permissions.read_accounts },
      schema: {
        tags,
        summary: 'Which role may do what',
        response: {
          200: z.object({
            roles: z.array(z.object({ role: z.string(), ...bilingual })),
            permissions: z.array(
              z.object({ permission: z.string(), ...bilingual, roles: z.array(z.string()) }),
            ),
          }),
        },
      },
    },
    () => ({
      roles: Object.entries(roles).map(([role, name]) => ({ role, ...name })),
      permissions: [...permissionTable()].map(([permission, { zh, en, roles: holders }]) => ({
        permission,
        zh,
        en,
        roles: [...holders],
      })),
    }),
  )
}

function decisionRoutes(server: HttpServer, deps: IdentityDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.post(
    '/api/v1/accounts/:userId/roles',
    {
      config: { permission: permissions.request_roles },
      schema: {
        tags,
        summary: 'Ask for a role',
        params: z.object({ userId: z.uuid() }),
        body: roleRequestSchema,
        response: { 201: z.object({ holdingId: z.string() }) },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await requestRole(deps, callerOf(request), request.params.userId, request.body)),
  )
  routes.post(
    '/api/v1/role-holdings/:holdingId/decision',
    {
      config: { permission: permissions.decide_roles },
      schema: {
        tags,
        summary: 'Approve or refuse a role',
        params: ofHolding,
        body: z.object({ approve: z.boolean(), reason: reasonSchema }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await decideRole(deps, callerOf(request), request.params.holdingId, request.body)
      return reply.status(204).send(null)
    },
  )
  routes.post(
    '/api/v1/role-holdings/:holdingId/end',
    {
      config: { permission: permissions.end_roles },
      schema: {
        tags,
        summary: 'End a role at once',
        params: ofHolding,
        body: z.object({ reason: reasonSchema }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await endRole(deps, callerOf(request), request.params.holdingId, request.body.reason)
      return reply.status(204).send(null)
    },
  )
}
