import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#ground/http/index.ts'
import { alertsPermissions } from './alerts.permissions.ts'
import type { Policies } from './pack-policy.ts'

const named = z.object({ code: z.string(), title: z.object({ zh: z.string(), en: z.string() }) })

const packSchema = z
  .object({
    pack: z.string(),
    title: z.object({ zh: z.string(), en: z.string() }),
    irregularities: z.array(named),
  })
  .meta({ id: 'AlertPack' })

/** What screens need to know of the packs: their names, and the kinds of irregularity that a verdict names. */
export function packsRoutes(http: HttpServer, policies: Policies): void {
  http.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/alert-packs',
    {
      config: { permission: alertsPermissions.read },
      schema: {
        tags: ['alerts'],
        summary: 'Packs of rules whose alerts are handled here',
        response: { 200: z.array(packSchema) },
      },
    },
    () =>
      [...policies.values()].map(({ pack, title, irregularities }) => ({
        pack,
        title,
        irregularities: irregularities.map(({ code, title: name }) => ({ code, title: name })),
      })),
  )
}
