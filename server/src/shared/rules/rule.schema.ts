import { z } from 'zod'
import type { Parameter } from '#ground/warehouse/index.ts'

export const levels = ['red', 'yellow', 'blue'] as const
export type Level = (typeof levels)[number]

/** `left relation right`: each side a column of the hit or a parameter of the rule. */
export const comparisonForm = /^([a-z]\w*) (>|>=|<|<=|=) ([a-z]\w*)$/

const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
export const parameterValue = z.union([z.string(), z.number(), z.array(z.string())])

/** A value that somebody may want to change, with its unit, its default and the bounds that an edit must keep. */
const parameter = z.strictObject({
  name: z.string().regex(/^[a-z]\w*$/),
  type: z.enum(['integer', 'money', 'ratio', 'texts', 'date']),
  unit: z.string().optional(),
  default: parameterValue,
  min: z.number().optional(),
  max: z.number().optional(),
  title: bilingual,
})

const evidence = z.strictObject({
  name: z.string().regex(/^[a-z]\w*$/),
  kind: z.enum(['text', 'money', 'ratio', 'integer', 'date', 'words']),
  title: bilingual,
  personal: z.boolean().default(false),
})

/** A condition of the rule; `compares` says which values of a hit stand against which, e.g. `month_sum > month_limit`. */
const condition = z.strictObject({
  key: z.string().regex(/^[a-z]\w*$/),
  title: bilingual,
  compares: z.array(z.string().regex(comparisonForm)).default([]),
})

const expectedHit = z.strictObject({
  keys: z.record(z.string(), scalar),
  level: z.enum(levels),
  amount: z.union([z.number(), z.string()]).optional(),
  condition: z.string().optional(),
  economic_code: z.string().nullable().optional(),
})

const givenRows = z.record(z.string(), z.array(z.record(z.string(), scalar)))

const exampleCase = z.strictObject({
  name: bilingual,
  condition: z.string(),
  as_of: z.string().optional(),
  parameters: z.record(z.string(), parameterValue).optional(),
  given: givenRows,
  hits: z.array(expectedHit),
})

/** The yaml beside a rule's sql, as docs/rules.md describes it. */
export const ruleSchema = z.strictObject({
  code: z.string().regex(/^[A-Z]{1,3}\d{2}$/),
  pack: z.string(),
  group: z.enum(['budget', 'payment', 'invoice']),
  title: bilingual,
  basis: z.array(bilingual.extend({ certainty: z.enum(['law', 'practice', 'proposal']) })).min(1),
  reading: bilingual,
  judges: z.enum(['record', 'history']),
  sight: z.enum(['record', 'unit', 'counterparty', 'all']),
  reads: z.strictObject({ required: z.array(z.string()).min(1), optional: z.array(z.string()).default([]) }),
  subject: z.string(),
  identity: z.array(z.string()).min(1),
  register_basis: bilingual.optional(),
  levels: z.array(z.strictObject({ level: z.enum(levels), when: bilingual })).min(1),
  conditions: z.array(condition).min(1),
  parameters: z.array(parameter).default([]),
  threshold: z
    .strictObject({
      /** The money parameter that a hit's amount is compared with. */
      parameter: z.string(),
      holds: z.enum(['at_least', 'above', 'below']),
      /** The condition that it decides, where the rule has others too. */
      condition: z.string().optional(),
      /** Another parameter, beyond whose value this one means nothing. */
      up_to: z.string().optional(),
    })
    .optional(),
  message: bilingual,
  evidence: z.array(evidence).default([]),
  rows: z.strictObject({ dataset: z.string(), sum: z.string(), query: z.string() }).optional(),
  examples: z.strictObject({
    base: z.record(z.string(), z.record(z.string(), scalar)).default({}),
    cases: z.array(exampleCase).min(4),
  }),
})

export type RuleMetadata = z.infer<typeof ruleSchema>
export type ParameterDefinition = z.infer<typeof parameter>
export type ParameterValue = z.infer<typeof parameterValue>
export type ExampleCase = z.infer<typeof exampleCase>

/** A rule as it runs: what it means, its text, and the version that both together make. */
export interface Rule extends RuleMetadata {
  readonly sql: string
  /** SHA-256 over both files; the first 12 characters are shown. */
  readonly version: string
  /** Values that belong to the text of a composed rule: bound like parameters, and not to be edited by themselves. */
  readonly bindings?: Readonly<Record<string, Parameter>>
}
