import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'
import { calendarDate } from '#shared/calendar/index.ts'
import { alertStates, unitStates, verdicts } from './alerts.rules.ts'

export const levelSchema = z.enum(['red', 'yellow', 'blue'])
export const stateSchema = z.enum(alertStates)
export const yuan = z
  .string()
  .regex(/^\d{1,16}(\.\d{1,2})?$/, '金额须为元，最多两位小数 / yuan, two decimals')
const several = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (typeof value === 'string' ? value.split(',') : value), z.array(item).max(50))

/** What a list can be narrowed by; the same for the list, its totals, its export and every figure of a board. */
export const alertFilter = z.object({
  pack: several(z.string().max(40)).optional(),
  level: several(levelSchema).optional(),
  state: several(stateSchema).optional(),
  verdict: several(z.enum(verdicts)).optional(),
  rule: z.string().max(20).optional(),
  unit: z.string().max(32).optional(),
  /** A path of the tree: everything at it and below it. */
  under: z.string().max(80).optional(),
  /** A path of a division: its own units, without those of the divisions below it. */
  at: z.string().max(80).optional(),
  category: z.string().max(40).optional(),
  counterparty: z.string().max(40).optional(),
  /** Number of an invoice that a hit names. */
  invoice: z
    .string()
    .regex(/^\d{8,20}$/)
    .optional(),
  raisedFrom: calendarDate.optional(),
  raisedTo: calendarDate.optional(),
  onDateFrom: calendarDate.optional(),
  onDateTo: calendarDate.optional(),
  /** Days since it was raised, open alerts only: 0-7, 8-30, 31-90, 91-. */
  age: z.enum(['week', 'month', 'quarter', 'older']).optional(),
  overdue: z.stringbool().optional(),
  onTime: z.stringbool().optional(),
  recovered: z.stringbool().optional(),
  reopened: z.stringbool().optional(),
  handedOn: z.stringbool().optional(),
  /** Only alerts that wait for the office, that is, for the caller's kind. */
  mine: z.stringbool().optional(),
  text: z.string().trim().min(2).max(60).optional(),
})

/** A list as it stands on the screen: narrowed and in its order. */
export const alertSelection = alertFilter.extend({
  sort: z.enum(['newest', 'due', 'amount']).default('newest'),
})

export const alertListQuery = alertSelection.extend(pageQuery.shape)

export const alertRow = z
  .object({
    alertId: z.string(),
    number: z.string(),
    pack: z.string(),
    level: levelSchema,
    state: stateSchema,
    verdict: z.enum(verdicts).nullable(),
    unitCode: z.string().nullable(),
    unitName: z.string().nullable(),
    onDate: z.string(),
    amount: z.string(),
    rules: z.array(z.string()),
    messageZh: z.string(),
    messageEn: z.string(),
    raisedAt: z.string(),
    dueOn: z.string().nullable(),
    /** Working days until the term ends, negative once it has ended; none where none runs. */
    daysLeft: z.number().int().nullable(),
    overdue: z.boolean(),
    reopened: z.number().int(),
    handedOn: z.boolean(),
    recoveredAmount: z.string(),
    version: z.number().int(),
  })
  .meta({ id: 'AlertRow' })

export const alertPage = pageOf(alertRow)
export type AlertFilter = z.infer<typeof alertFilter>
export type AlertSelection = z.infer<typeof alertSelection>
export type AlertListQuery = z.infer<typeof alertListQuery>
export type AlertRow = z.infer<typeof alertRow>

export const unitItemRow = z
  .object({
    alertId: z.string(),
    number: z.string(),
    pack: z.string(),
    level: levelSchema,
    state: z.enum(unitStates),
    onDate: z.string(),
    amount: z.string(),
    rules: z.array(z.string()),
    messageZh: z.string(),
    messageEn: z.string(),
    request: z.string().nullable(),
    verdict: z.string().nullable(),
    verdictReason: z.string().nullable(),
    violationAmount: z.string().nullable(),
    recoveredAmount: z.string(),
    dispatchedAt: z.string(),
    dueOn: z.string().nullable(),
    /** Working days until the term ends, negative once it has ended; none where none runs. */
    daysLeft: z.number().int().nullable(),
    overdue: z.boolean(),
    version: z.number().int(),
  })
  .meta({ id: 'UnitAlert' })
export type UnitItemRow = z.infer<typeof unitItemRow>

export const note = z.string().trim().min(2).max(4000)
export const fileIds = z.array(z.uuid()).max(20).default([])

export const judgement = z
  .object({
    verdict: z.enum(verdicts),
    reason: note,
    /** What the office itself verified; owed for levels of the pack before an unexplained alert is judged normal. */
    verification: note.optional(),
    irregularity: z.string().max(40).optional(),
    violationAmount: yuan.optional(),
    /** For 不规范: what was put right on the spot, so that only the confirmation is left. */
    files: fileIds,
    version: z.number().int().optional(),
  })
  .refine(
    (input) => (input.verdict !== 'violation' && input.verdict !== 'irregular') || input.irregularity,
    '认定违规或不规范须选择类型 / the kind of irregularity is missing',
  )
export type Judgement = z.infer<typeof judgement>
