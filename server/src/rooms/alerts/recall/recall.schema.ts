import { z } from 'zod'
import { levelSchema } from '../alerts.schema.ts'

/** Where it is known what there was to find: rows planted in a demo, or the examples that come with every rule. */
const source = z.enum(['planted', 'examples'])

export const ruleRecall = z
  .object({
    source,
    rules: z.array(
      z.object({
        rule: z.string(),
        /** Month of what was found; null for examples, and for what was not found. */
        month: z.string().nullable(),
        expected: z.number().int(),
        /** Found with the level that it must have. */
        found: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'RuleRecall' })

const bilingual = z.object({ zh: z.string(), en: z.string() })
export const recallRows = z
  .object({
    source,
    planted: z.array(
      z.object({
        condition: z.string(),
        level: levelSchema,
        foundLevel: levelSchema.nullable(),
        onDate: z.string().nullable(),
        note: z.string(),
        unitCode: z.string().nullable(),
        /** The alert that it is part of, where the caller sees it. */
        alertId: z.string().nullable(),
        alertNumber: z.string().nullable(),
      }),
    ),
    examples: z.array(z.object({ name: bilingual, condition: z.string(), passed: z.boolean() })),
  })
  .meta({ id: 'RuleRecallRows' })

export type RuleRecall = z.infer<typeof ruleRecall>
export type RecallRows = z.infer<typeof recallRows>
export type PlantedShown = RecallRows['planted'][number]
