import { z } from 'zod'
import { isCalendarDate } from '#ground/time/index.ts'
import { levels, parameterValue } from './rule.schema.ts'

export const configurationKinds = ['rule', 'keyword_group', 'grading'] as const
export type ConfigurationKind = (typeof configurationKinds)[number]

/** live: hits raise alerts; trial: hits are kept and counted only; off: the rule does not run. */
export const ruleModes = ['live', 'trial', 'off'] as const
export type RuleMode = (typeof ruleModes)[number]

const bilingual = z.strictObject({
  zh: z.string().trim().min(1).max(100),
  en: z.string().trim().min(1).max(200),
})
const words = z.array(z.string().trim().min(1).max(60)).max(5000)

/** What is configured of a rule: whether it counts, and every parameter's value. */
export const ruleContent = z.strictObject({
  mode: z.enum(ruleModes),
  parameters: z.record(z.string(), parameterValue),
})

/** What is configured of a keyword group; its code is the object's. */
export const keywordGroupContent = z.strictObject({
  name: bilingual,
  level: z.enum(levels),
  prohibited: z.boolean(),
  keywords: words,
  stop: words,
  tax_classes: words,
  short_classes: words,
})

const gradingRow = z.strictObject({
  level: z.enum(levels),
  title: bilingual,
  hit_level: z.array(z.enum(levels)).min(1).optional(),
  rules: z.array(z.string()).min(1).optional(),
  conditions: z.array(z.string()).min(1).optional(),
  min_rules: z.number().int().min(1).max(20).optional(),
  min_amount: z
    .union([z.number(), z.string()])
    .transform(String)
    .pipe(z.string().regex(/^\d{1,15}(\.\d{1,2})?$/))
    .optional(),
})

/** A pack's decision table, from the first row to the last. */
export const gradingContent = z.strictObject({ rows: z.array(gradingRow).min(1).max(50) })

export type RuleContent = z.infer<typeof ruleContent>
export type KeywordGroupContent = z.infer<typeof keywordGroupContent>
export type GradingContent = z.infer<typeof gradingContent>

/** The content of each kind; the yaml files of the product say the same in the same words. */
export interface ContentOf {
  readonly rule: RuleContent
  readonly keyword_group: KeywordGroupContent
  readonly grading: GradingContent
}
export type Content = ContentOf[ConfigurationKind]

const drawnUp = {
  /** The version that the change was drawn up on; 0: as shipped. */
  baseVersion: z.number().int().min(0),
  reason: z.string().trim().min(4).max(500),
  effectiveFrom: z.string().refine(isCalendarDate, 'must be an existing date, YYYY-MM-DD'),
}
const object = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/)

export const proposalInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rule'), object, content: ruleContent, ...drawnUp }),
  z.object({ kind: z.literal('keyword_group'), object, content: keywordGroupContent, ...drawnUp }),
  z.object({ kind: z.literal('grading'), object, content: gradingContent, ...drawnUp }),
])
export type ProposalInput = z.infer<typeof proposalInput>

/** One thing that differs between two contents. Lists of words say what came and what went. */
export const changeSchema = z
  .object({
    /** `mode`, `parameters.NAME`, `keywords`, `rows` … */
    field: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    added: z.array(z.string()).optional(),
    removed: z.array(z.string()).optional(),
  })
  .meta({ id: 'RuleChange' })

export const personSchema = z.object({ userId: z.string(), name: z.string() }).meta({ id: 'RulePerson' })

export const proposalSchema = z
  .object({
    proposalId: z.string(),
    kind: z.enum(configurationKinds),
    object: z.string(),
    title: z.object({ zh: z.string(), en: z.string() }),
    baseVersion: z.number().int(),
    changes: z.array(changeSchema),
    content: z.unknown(),
    reason: z.string(),
    effectiveFrom: z.string(),
    state: z.enum(['waiting', 'approved', 'rejected', 'withdrawn']),
    proposedBy: personSchema,
    proposedAt: z.string(),
    decidedBy: personSchema.nullable(),
    decidedAt: z.string().nullable(),
    decision: z.string().nullable(),
    /** The version that it became, once approved. */
    version: z.number().int().nullable(),
    own: z.boolean(),
  })
  .meta({ id: 'RuleProposal' })

export const versionSchema = z
  .object({
    version: z.number().int(),
    content: z.unknown(),
    changes: z.array(changeSchema),
    validFrom: z.string(),
    /** Null: until further notice. Before `validFrom`: superseded before it came into force. */
    validTo: z.string().nullable(),
    reason: z.string().nullable(),
    proposedBy: personSchema.nullable(),
    proposedAt: z.string().nullable(),
    approvedBy: personSchema.nullable(),
    approvedAt: z.string().nullable(),
  })
  .meta({ id: 'RuleConfigurationVersion' })

export type Proposal = z.infer<typeof proposalSchema>
export type ConfigurationVersion = z.infer<typeof versionSchema>
export type Change = z.infer<typeof changeSchema>
