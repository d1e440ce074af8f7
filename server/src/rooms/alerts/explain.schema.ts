import { z } from 'zod'
import { levelSchema, note } from './alerts.schema.ts'

const both = z.object({ zh: z.string(), en: z.string() })
const shownValue = z.union([z.string(), z.number(), z.boolean(), z.null()])

const shownColumn = z.object({
  name: z.string(),
  title: both,
  type: z.string(),
  choices: z.record(z.string(), both).optional(),
})

const shownRows = z
  .object({
    dataset: z.string(),
    title: both,
    columns: z.array(shownColumn),
    rows: z.array(z.record(z.string(), shownValue)),
    /** Rows that lie outside the caller's part of the tree: counted, not shown. */
    outOfSight: z.number().int(),
  })
  .meta({ id: 'ShownRows' })

const contributing = shownRows
  .extend({ sum: z.string(), stated: z.string(), agrees: z.boolean() })
  .meta({ id: 'ContributingRows' })

const compared = z.object({
  title: both,
  kind: z.string(),
  value: z.string().nullable(),
  threshold: z.boolean(),
})

const explainedHit = z
  .object({
    hitId: z.string(),
    rule: z.string(),
    title: both,
    level: levelSchema,
    levelWhen: both.nullable(),
    condition: both.nullable(),
    reading: both,
    basis: z.array(both.extend({ certainty: z.string() })),
    comparisons: z.array(z.object({ left: compared, relation: z.string(), right: compared })),
    thresholds: z.array(
      z.object({ title: both, type: z.string(), unit: z.string().nullable(), value: z.string() }),
    ),
    evidence: z.array(z.object({ name: z.string(), title: both, kind: z.string(), value: shownValue })),
    words: z.array(
      z.object({
        word: z.string(),
        column: z.string().nullable(),
        line: z.number().int().nullable(),
        at: z.number().int().nullable(),
      }),
    ),
    contributing: contributing.nullable(),
    records: z.array(shownRows),
    /** Only for the office. */
    office: z
      .object({
        registerBasis: both.nullable(),
        registers: z.array(shownRows),
        ruleVersion: z.string(),
        runOn: z.string(),
        outcome: z.enum(['agrees', 'differs', 'gone', 'failed']),
        sameRule: z.boolean(),
        differences: z.array(
          z.object({
            name: z.string(),
            title: both,
            stored: z.string().nullable(),
            now: z.string().nullable(),
          }),
        ),
      })
      .nullable(),
  })
  .meta({ id: 'ExplainedHit' })

export const alertExplanation = z
  .object({
    alertId: z.string(),
    number: z.string(),
    masked: z.boolean(),
    unit: z
      .object({
        unitCode: z.string(),
        unitName: z.string(),
        creditCode: z.string().nullable(),
        regionName: z.string().nullable(),
        kind: both.nullable(),
        validFrom: z.string(),
        validTo: z.string().nullable(),
      })
      .nullable(),
    grading: z.array(z.object({ level: levelSchema, title: both, decided: z.boolean() })),
    ladder: z.array(
      z.object({
        step: z.string(),
        after: z.number().int(),
        onDate: z.string(),
        roles: z.array(both),
        reached: z.boolean(),
      }),
    ),
    hits: z.array(explainedHit),
  })
  .meta({ id: 'AlertExplanation' })

export const unitExplanation = z.object({ hits: z.array(explainedHit) }).meta({ id: 'UnitAlertExplanation' })

/** Why somebody has to see personal data that is masked by default. */
export const unmasking = z.object({ reason: note })

export type AlertExplanation = z.infer<typeof alertExplanation>
export type ExplainedHit = z.infer<typeof explainedHit>
export type ShownRowsWire = z.infer<typeof shownRows>
