import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#ground/http/index.ts'
import { usernameSchema } from './account.schema.ts'
import { firstRun } from './first-run.ts'
import type { IdentityDeps } from './identity-deps.ts'

const person = z.object({
  username: usernameSchema,
  displayName: z.string().trim().min(1).max(40),
  password: z.string().min(1).max(1000),
})

const firstRunSchema = z
  .object({
    /** Printed on the server console; also in DATA_DIR/setup-code. */
    setupCode: z.string().min(1).max(100),
    system_admin: person,
    security_admin: person,
    audit_admin: person,
  })
  .meta({ id: 'FirstRun' })

/** The first-run page of an installation without accounts. */
export function firstRunRoutes(server: HttpServer, deps: IdentityDeps): void {
  server.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/first-run',
    {
      config: { permission: 'public' },
      schema: {
        tags: ['session'],
        summary: 'Create the first three administrators',
        body: firstRunSchema,
        response: { 201: z.object({ created: z.literal(3) }) },
      },
    },
    async (request, reply) => {
      const { setupCode, ...people } = request.body
      await firstRun(deps, setupCode, people, request.ip)
      return reply.status(201).send({ created: 3 })
    },
  )
}
