import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { rulesPermissions } from '#shared/rules/index.ts'
import type { House } from './house.ts'
import { packs } from './rule-configuration.ts'
import type { AskedRun } from './rule-runs.ts'

/** Asking for a run of a pack outside its nightly turn. */
export function ruleRunsRoutes(http: HttpServer, { database, jobs }: Pick<House, 'database' | 'jobs'>): void {
  http.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/rule-runs',
    {
      config: { permission: rulesPermissions.run },
      schema: {
        tags: ['rules'],
        summary: 'Ask for a run of a pack over everything; it starts when the one before it has ended',
        body: z.object({ pack: z.enum(packs) }),
        response: { 202: z.object({ pack: z.enum(packs) }) },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { pack } = request.body
      await database.asCaller(caller, async (trx) => {
        await recordAudit(trx, { action: 'rules.run', object: { kind: 'rule_pack', id: pack } })
        const asked: AskedRun = { pack, userId: caller.userId }
        await jobs.send(trx, 'rules.run', asked, { key: pack })
      })
      return reply.status(202).send({ pack })
    },
  )
}
