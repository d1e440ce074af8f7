import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'
import { isCalendarDate } from '#ground/time/index.ts'
import { levels, parameterValue } from './rule.schema.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })
const day = z.string().refine(isCalendarDate, 'a date YYYY-MM-DD')
const level = z.enum(levels)

/** Where one side of a replay takes its version from. */
export const replaySource = z.discriminatedUnion('kind', [
  /** As it is in force. */
  z.object({ kind: z.literal('live') }),
  /** As in force, but with other parameter values. */
  z.object({ kind: z.literal('values'), parameters: z.record(z.string().max(60), parameterValue) }),
  /** Nothing at all: what a rule would find that is not there yet. */
  z.object({ kind: z.literal('none') }),
  /** As a version has it; of a shipped rule's configuration, 0: as shipped. */
  z.object({ kind: z.literal('version'), version: z.number().int().min(0) }),
  /** As a proposed change of the rule or of a keyword group would make it. */
  z.object({ kind: z.literal('proposal'), proposalId: z.uuid() }),
])
export type ReplaySource = z.infer<typeof replaySource>

/** One side of a replay as it ran. */
const replaySide = z
  .object({
    source: replaySource,
    title: bilingual,
    ruleVersion: z.string(),
    parameters: z.record(z.string(), parameterValue),
  })
  .meta({ id: 'ReplaySide' })
export type ReplaySide = z.infer<typeof replaySide>

export const replayRequest = z
  .object({
    rule: z.string().max(20),
    a: replaySource.default({ kind: 'live' }),
    b: replaySource,
    from: day,
    to: day,
  })
  .meta({ id: 'ReplayRequest' })
export type ReplayRequest = z.infer<typeof replayRequest>

export const replayStates = [
  'waiting',
  'running',
  'done',
  'failed',
  'timed_out',
  'too_many',
  'cancelled',
  'broken',
] as const

export const replaySchema = z
  .object({
    replayId: z.string(),
    pack: z.string(),
    rule: z.string(),
    a: replaySide,
    b: replaySide,
    from: z.string(),
    to: z.string(),
    state: z.enum(replayStates),
    stage: z.enum(['side_a', 'side_b', 'comparing', 'keeping']).nullable(),
    percent: z.number().int(),
    fault: z.string().nullable(),
    startedBy: z.string(),
    requestedAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'Replay' })
export type Replay = z.infer<typeof replaySchema>

export const replayPage = pageOf(replaySchema)
export const replayQuery = pageQuery.extend({ rule: z.string().max(20).optional() })

const outcomes = ['new', 'lost', 'kept'] as const

/** How many of each outcome; `changed` are those of the kept that have another level, amount or condition. */
const counts = {
  new: z.number().int(),
  lost: z.number().int(),
  kept: z.number().int(),
  changed: z.number().int(),
}

/** The difference, counted over the hits that the caller may see. */
export const replayDifference = z
  .object({
    total: z.object({ ...counts, newAmount: z.string(), lostAmount: z.string() }),
    /** By the verdicts on the alerts of the hits. */
    judged: z.object({
      lostViolation: z.number().int(),
      lostNormal: z.number().int(),
      keptViolation: z.number().int(),
      keptNormal: z.number().int(),
    }),
    units: z.array(z.object({ unitCode: z.string().nullable(), unitName: z.string().nullable(), ...counts })),
    /** From which level to which: null where the side has no such hit. */
    levels: z.array(
      z.object({ levelA: level.nullable(), levelB: level.nullable(), count: z.number().int() }),
    ),
    months: z.array(z.object({ month: z.string(), ...counts })),
  })
  .meta({ id: 'ReplayDifference' })
export type ReplayDifference = z.infer<typeof replayDifference>

export const replayHitQuery = pageQuery.extend({
  outcome: z.enum(outcomes).optional(),
  changed: z.stringbool().optional(),
  unit: z.string().max(32).optional(),
  level: level.optional(),
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
  /** `confirmed`: judged a violation or irregular. */
  verdict: z.enum(['confirmed', 'normal']).optional(),
})
export type ReplayHitQuery = z.infer<typeof replayHitQuery>

const replayHit = z
  .object({
    position: z.number().int(),
    outcome: z.enum(outcomes),
    changed: z.boolean(),
    unitCode: z.string().nullable(),
    unitName: z.string().nullable(),
    onDate: z.string(),
    levelA: level.nullable(),
    levelB: level.nullable(),
    amountA: z.string().nullable(),
    amountB: z.string().nullable(),
    conditionA: z.string().nullable(),
    conditionB: z.string().nullable(),
    record: z.string(),
    message: bilingual,
    verdict: z.string().nullable(),
  })
  .meta({ id: 'ReplayHit' })
export type ReplayHit = z.infer<typeof replayHit>
export const replayHitPage = pageOf(replayHit)

const parameterDefinition = z.object({
  name: z.string(),
  type: z.enum(['integer', 'money', 'ratio', 'texts', 'date']),
  unit: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  title: bilingual,
  /** As in force. */
  value: parameterValue,
})

/** A rule that can be replayed, with its parameters as in force. */
export const replayChoice = z
  .object({
    pack: z.string(),
    rule: z.string(),
    title: bilingual,
    reading: bilingual,
    conditions: z.array(z.object({ key: z.string(), title: bilingual })),
    parameters: z.array(parameterDefinition),
    /** Whether it is in force; a composed rule need not be. */
    live: z.boolean(),
    /** Versions that can be replayed; of a shipped rule's configuration, 0: as shipped. */
    versions: z.array(z.number().int()),
    /** Changes that wait for a decision and would change what the rule finds. */
    proposals: z.array(z.object({ proposalId: z.string(), title: bilingual })),
  })
  .meta({ id: 'ReplayChoice' })
export type ReplayChoice = z.infer<typeof replayChoice>
