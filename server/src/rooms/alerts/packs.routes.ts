import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { HttpServer } from '#ground/http/index.ts'
import { loadPack } from '#shared/rules/index.ts'
import { alertsPermissions } from './alerts.permissions.ts'
import { levelSchema } from './alerts.schema.ts'
import type { Policies } from './pack-policy.ts'

const named = z.object({ code: z.string(), title: z.object({ zh: z.string(), en: z.string() }) })

const packSchema = z
  .object({
    pack: z.string(),
    title: z.object({ zh: z.string(), en: z.string() }),
    irregularities: z.array(named),
    /** Levels that must be verified in writing before an unexplained alert is judged normal. */
    verify: z.array(levelSchema),
    rules: z.array(named),
    /** Names of the categories by which the pack's alerts are counted. */
    categories: z.array(named),
  })
  .meta({ id: 'AlertPack' })

/**
 * What screens need to know of the packs: their names, their rules and categories, and the kinds of irregularity that a
 * verdict names.
 */
export function packsRoutes(http: HttpServer, policies: Policies): void {
  const packs = [...policies.values()].map((policy) => ({
    pack: policy.pack,
    title: policy.title,
    irregularities: policy.irregularities.map(({ code, title }) => ({ code, title })),
    verify: levelSchema.options.filter((level) => policy.verify?.[level] === 'required'),
    rules: loadPack(policy.pack).map(({ code, title }) => ({ code, title })),
    categories: Object.entries(policy.categories).map(([code, title]) => ({ code, title })),
  }))
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
    () => packs,
  )
}
