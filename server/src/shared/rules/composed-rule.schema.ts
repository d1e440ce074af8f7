import { z } from 'zod'
import { conditionGroup } from './composed-query.ts'
import { levels } from './rule.schema.ts'

const bilingual = (longest: number) =>
  z.object({
    zh: z.string().trim().min(2).max(longest),
    en: z
      .string()
      .trim()
      .min(2)
      .max(longest * 2),
  })

const cell = z.union([z.string().max(400), z.number(), z.boolean(), z.null()])

const example = z.object({
  name: bilingual(60),
  /** The record's columns that matter; the others are filled in. */
  record: z.record(z.string().max(60), cell),
  hit: z.boolean(),
})

/** A composed rule as it is drawn up. */
export const composedContent = z
  .object({
    dataset: z.string().max(40),
    title: bilingual(60),
    level: z.enum(levels),
    query: conditionGroup,
    /** `{column}` places are filled from the record. */
    message: bilingual(300),
    basis: z
      .array(
        z.object({
          zh: z.string().trim().min(2).max(200),
          en: z.string().trim().min(2).max(400),
          certainty: z.enum(['law', 'practice', 'proposal']),
        }),
      )
      .min(1)
      .max(10),
    examples: z.array(example).max(40),
  })
  .meta({ id: 'ComposedContent' })
export type ComposedContent = z.infer<typeof composedContent>

export const composedStates = [
  'draft',
  'trial',
  'live',
  'rejected',
  'withdrawn',
  'superseded',
  'ended',
] as const

const person = z.object({ userId: z.string(), name: z.string() }).nullable()

export const composedVersion = z
  .object({
    code: z.string(),
    version: z.number().int(),
    pack: z.string(),
    state: z.enum(composedStates),
    content: composedContent,
    /** Null where it can no longer be compiled: it does not run then. */
    reading: z.object({ zh: z.string(), en: z.string() }).nullable(),
    sql: z.string().nullable(),
    bindings: z.record(z.string(), z.string()).nullable(),
    reason: z.string().nullable(),
    draftedBy: person,
    draftedAt: z.string(),
    proposedBy: person,
    proposedAt: z.string().nullable(),
    decidedBy: person,
    decidedAt: z.string().nullable(),
    decision: z.string().nullable(),
    endedBy: person,
    endedAt: z.string().nullable(),
    endReason: z.string().nullable(),
    /** Whether the caller drew it up or proposed it, and so may not decide on it. */
    own: z.boolean(),
  })
  .meta({ id: 'ComposedVersion' })
export type ComposedVersion = z.infer<typeof composedVersion>

export const composedSummary = z
  .object({
    code: z.string(),
    pack: z.string(),
    dataset: z.string(),
    title: z.object({ zh: z.string(), en: z.string() }),
    level: z.enum(levels),
    /** The newest version and its state. */
    version: z.number().int(),
    state: z.enum(composedStates),
    /** The version in force, if one is. */
    live: z.number().int().nullable(),
    changedAt: z.string(),
  })
  .meta({ id: 'ComposedRule' })
export type ComposedSummary = z.infer<typeof composedSummary>

/** What a draft comes to: faults by place, the compiled text, and each example on both engines. */
export const composedCheck = z
  .object({
    faults: z.array(z.object({ path: z.string(), zh: z.string(), en: z.string() })),
    reading: z.object({ zh: z.string(), en: z.string() }).nullable(),
    sql: z.string().nullable(),
    bindings: z.record(z.string(), z.string()).nullable(),
    examples: z.array(
      z.object({
        place: z.number().int(),
        holds: z.boolean(),
        /** By engine, what differs from what the example says. */
        faults: z.array(z.object({ engine: z.enum(['duckdb', 'postgres']), fault: z.string() })),
      }),
    ),
    ready: z.boolean(),
  })
  .meta({ id: 'ComposedCheck' })
export type ComposedCheck = z.infer<typeof composedCheck>

const title = z.object({ zh: z.string(), en: z.string() })

export const composableDataset = z
  .object({
    name: z.string(),
    title,
    pack: z.string(),
    columns: z.array(
      z.object({
        name: z.string(),
        title,
        type: z.enum(['text', 'date', 'money', 'quantity', 'integer', 'flag', 'choice']),
        required: z.boolean(),
        personal: z.boolean(),
        operators: z.array(z.string()),
        choices: z.array(z.object({ value: z.string(), title })),
      }),
    ),
    /** What the message may name. */
    placeholders: z.array(z.object({ name: z.string(), title })),
  })
  .meta({ id: 'ComposableDataset' })
