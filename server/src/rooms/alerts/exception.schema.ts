import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'
import { calendarDate } from '#shared/calendar/index.ts'
import { levelSchema } from './alerts.schema.ts'

/** What an exception is on a day: its state, and whether it holds. */
export const standings = [
  'proposed',
  'in_force',
  'expired',
  'refused',
  'withdrawn',
  'ended',
  'annulled',
] as const
export type Standing = (typeof standings)[number]

const person = z.object({ userId: z.string(), name: z.string() })

/** The scope is taken from the hit: what is chosen is only how far it is narrowed. */
export const exceptionProposal = z.object({
  rule: z.string().max(20),
  sameUnit: z.boolean().default(true),
  sameEconomicCode: z.boolean().default(false),
  sameCounterparty: z.boolean().default(false),
  validTo: calendarDate,
  reason: z.string().trim().min(4).max(1000),
})
export type ExceptionProposal = z.infer<typeof exceptionProposal>

export const exceptionRow = z
  .object({
    exceptionId: z.string(),
    number: z.string(),
    /** Null where the reader does not see the alert. */
    alertId: z.string().nullable(),
    alertNumber: z.string(),
    pack: z.string(),
    rule: z.string(),
    unitCode: z.string().nullable(),
    unitName: z.string().nullable(),
    economicCode: z.string().nullable(),
    /** Masked where it is a person's number. */
    counterparty: z.string().nullable(),
    validFrom: z.string(),
    validTo: z.string(),
    reason: z.string(),
    approvalNo: z.string().nullable(),
    standing: z.enum(standings),
    endedOn: z.string().nullable(),
    proposedBy: person,
    proposedAt: z.string(),
    decidedBy: person.nullable(),
    decidedAt: z.string().nullable(),
    /** Hits that it suppresses. */
    suppressed: z.number().int(),
    own: z.boolean(),
    version: z.number().int(),
  })
  .meta({ id: 'RuleException' })
export type ExceptionRow = z.infer<typeof exceptionRow>

export const exceptionEvent = z.object({
  at: z.string(),
  kind: z.string(),
  actor: person,
  note: z.string().nullable(),
})

export const exceptionDetail = exceptionRow
  .extend({ events: z.array(exceptionEvent) })
  .meta({ id: 'RuleExceptionDetail' })
export type ExceptionDetail = z.infer<typeof exceptionDetail>

export const exceptionQuery = pageQuery.extend({
  standing: z.enum(standings).optional(),
  rule: z.string().max(20).optional(),
  unit: z.string().max(32).optional(),
  alert: z.uuid().optional(),
})
export type ExceptionQuery = z.infer<typeof exceptionQuery>
export const exceptionPage = pageOf(exceptionRow)

export const suppressedHit = z
  .object({
    hitId: z.string(),
    pack: z.string(),
    rule: z.string(),
    level: levelSchema,
    unitCode: z.string().nullable(),
    unitName: z.string().nullable(),
    onDate: z.string(),
    amount: z.string(),
    messageZh: z.string(),
    messageEn: z.string(),
    /** Numbers of the exceptions that cover it. */
    exceptions: z.array(z.string()),
  })
  .meta({ id: 'SuppressedHit' })
export type SuppressedHit = z.infer<typeof suppressedHit>
export const suppressedPage = pageOf(suppressedHit)
export const suppressedQuery = pageQuery.extend({ exception: z.uuid().optional() })
export type SuppressedQuery = z.infer<typeof suppressedQuery>
