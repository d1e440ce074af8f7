import { z } from 'zod'
import { configurationKinds, ruleModes, versionSchema } from './configuration.schema.ts'
import { levels, parameterValue, ruleSchema } from './rule.schema.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })
const { shape } = ruleSchema

const named = z.object({ name: z.string(), title: bilingual })

/** How a rule went in one run. */
export const ruleRunSchema = z
  .object({
    runId: z.string(),
    finishedAt: z.string(),
    cause: z.enum(['schedule', 'demand', 'arrival']),
    asOf: z.string(),
    state: z.enum(['ok', 'failed', 'timed_out', 'not_computable']),
    mode: z.enum(['live', 'trial']),
    configuration: z.number().int(),
    /** Datasets that were missing, where it was not computable. */
    missing: z.array(named),
    error: z.string().nullable(),
    rowsRead: z.number().int().nullable(),
    hits: z.number().int().nullable(),
    suppressed: z.number().int().nullable(),
    milliseconds: z.number().int(),
  })
  .meta({ id: 'RuleRun' })

/** The next version of a rule's configuration, decided but not yet in force. */
const coming = z.object({ version: z.number().int(), validFrom: z.string() })

export const ruleRowSchema = z
  .object({
    code: z.string(),
    pack: z.string(),
    packTitle: bilingual,
    group: shape.group,
    title: bilingual,
    levels: z.array(z.enum(levels)),
    judges: shape.judges,
    conditions: z.array(z.object({ key: z.string(), title: bilingual })),
    mode: z.enum(ruleModes),
    /** Version of the configuration in force; 0: as shipped. */
    version: z.number().int(),
    coming: coming.nullable(),
    /** The proposal that waits for a decision. */
    waiting: z.string().nullable(),
    lastRun: ruleRunSchema.nullable(),
    /** Hits that were found on trial and that the alerts have not got, in the caller's part of the tree. */
    trialHits: z.number().int(),
  })
  .meta({ id: 'RuleRow' })

export const ruleDetailSchema = ruleRowSchema
  .extend({
    basis: z.array(bilingual.extend({ certainty: z.enum(['law', 'practice', 'proposal']) })),
    /** With `{parameter}` placeholders. */
    reading: bilingual,
    sight: shape.sight,
    reads: z.object({ required: z.array(named), optional: z.array(named) }),
    subject: named,
    identity: z.array(z.string()),
    registerBasis: bilingual.nullable(),
    decides: z.array(z.object({ level: z.enum(levels), when: bilingual })),
    parameters: z.array(
      z.object({
        name: z.string(),
        type: z.enum(['integer', 'money', 'ratio', 'texts', 'date']),
        unit: z.string().nullable(),
        min: z.number().nullable(),
        max: z.number().nullable(),
        title: bilingual,
        default: parameterValue,
        /** In force today. */
        value: parameterValue,
        /** Of the newest version, which a change is drawn up on. */
        newest: parameterValue,
      }),
    ),
    newestVersion: z.number().int(),
    newestMode: z.enum(ruleModes),
    message: bilingual,
    evidence: z.array(
      z.object({ name: z.string(), kind: z.string(), title: bilingual, personal: z.boolean() }),
    ),
    /** The parameter whose past amounts can be looked at. */
    threshold: z.string().nullable(),
    rows: z.object({ dataset: z.string(), sum: z.string() }).nullable(),
    sql: z.string(),
    /** Hash over the rule's text and description, as runs and hits record it. */
    textVersion: z.string(),
    examples: z.array(
      z.object({
        name: bilingual,
        condition: z.string(),
        asOf: z.string().nullable(),
        given: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
        parameters: z.record(z.string(), parameterValue),
        hits: z.array(
          z.object({
            keys: z.record(z.string(), z.unknown()),
            level: z.enum(levels),
            amount: z.string().nullable(),
          }),
        ),
      }),
    ),
    versions: z.array(versionSchema),
    runs: z.array(ruleRunSchema),
  })
  .meta({ id: 'RuleDetail' })

/** Past amounts, and how many hits each threshold would give: exact at every threshold that is named. */
export const distributionSchema = z
  .object({
    parameter: z.string(),
    holds: z.enum(['at_least', 'above', 'below']),
    from: z.string(),
    to: z.string(),
    value: z.string(),
    thresholds: z.array(z.string()).readonly(),
    hits: z.array(z.number().int()).readonly(),
    others: z.number().int(),
  })
  .meta({ id: 'ThresholdDistribution' })

export const trialHitSchema = z
  .object({
    hitId: z.string(),
    level: z.enum(levels),
    condition: z.string(),
    unitCode: z.string().nullable(),
    unitName: z.string().nullable(),
    onDate: z.string(),
    amount: z.string(),
    /** What the evidence says, without what is personal. */
    evidence: z.record(z.string(), z.unknown()),
    ruleVersion: z.string(),
    suppressed: z.boolean(),
  })
  .meta({ id: 'TrialHit' })

export const configuredObjectSchema = z
  .object({
    kind: z.enum(configurationKinds),
    object: z.string(),
    title: bilingual,
    version: z.number().int(),
    /** In force today. */
    content: z.unknown(),
    newestVersion: z.number().int(),
    /** Of the newest version, which a change is drawn up on. */
    newest: z.unknown(),
    coming: coming.nullable(),
    waiting: z.string().nullable(),
    versions: z.array(versionSchema),
  })
  .meta({ id: 'RuleConfigurationObject' })

export type RuleRun = z.infer<typeof ruleRunSchema>
export type RuleRow = z.infer<typeof ruleRowSchema>
export type RuleDetail = z.infer<typeof ruleDetailSchema>
export type TrialHit = z.infer<typeof trialHitSchema>
export type ConfiguredObjectPage = z.infer<typeof configuredObjectSchema>
