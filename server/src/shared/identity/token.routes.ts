import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { datasets } from '#shared/datasets/index.ts'
import { reasonSchema } from './account.schema.ts'
import { identityPermissions as permissions } from './identity.permissions.ts'
import type { IdentityDeps } from './identity-deps.ts'
import { apiTokenSchema, createdTokenSchema, newApiTokenSchema, tokenDatasetSchema } from './token.schema.ts'
import { createToken, decideToken, revokeToken, tokens } from './tokens.service.ts'

const tags = ['tokens']
const ofToken = z.object({ tokenId: z.uuid() })

/** Tokens of machines that deliver data. */
export function tokenRoutes(server: HttpServer, deps: IdentityDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/v1/api-tokens',
    {
      config: { permission: permissions.read_tokens },
      schema: {
        tags,
        summary: 'Tokens of machines',
        response: {
          200: z.object({
            items: z.array(apiTokenSchema),
            /** What a token may be asked for. */
            datasets: z.array(tokenDatasetSchema),
          }),
        },
      },
    },
    async (request) => ({
      items: await tokens(deps, callerOf(request)),
      datasets: datasets.map(({ name, title }) => ({ name, title })),
    }),
  )
  routes.post(
    '/api/v1/api-tokens',
    {
      config: { permission: permissions.manage_tokens },
      schema: {
        tags,
        summary: 'Create a token; it is shown once and works after its approval',
        body: newApiTokenSchema,
        response: { 201: createdTokenSchema },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await createToken(deps, callerOf(request), request.body)),
  )
  routes.post(
    '/api/v1/api-tokens/:tokenId/decision',
    {
      config: { permission: permissions.decide_tokens },
      schema: {
        tags,
        summary: 'Approve or refuse a token',
        params: ofToken,
        body: z.object({ approve: z.boolean(), reason: reasonSchema }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await decideToken(deps, callerOf(request), request.params.tokenId, request.body)
      return reply.status(204).send(null)
    },
  )
  routes.delete(
    '/api/v1/api-tokens/:tokenId',
    {
      config: { permission: permissions.manage_tokens },
      schema: { tags, summary: 'Revoke a token', params: ofToken, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await revokeToken(deps, callerOf(request), request.params.tokenId)
      return reply.status(204).send(null)
    },
  )
}
