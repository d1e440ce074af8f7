import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })
const level = z.enum(['red', 'yellow', 'blue'])
const decision = z.enum(['pass', 'explain', 'hold'])
const yuan = z.string()

export const states = ['passed', 'explanation_owed', 'explained', 'held', 'released', 'refused'] as const

/** The columns of the dataset `payment`, without what only a payment has. */
export const requestBody = z
  .object({ request: z.record(z.string().max(60), z.unknown()) })
  .meta({ id: 'PaymentRequestBody' })

export const idempotencyHeader = z.object({ 'idempotency-key': z.string().regex(/^[\x21-\x7e]{1,100}$/) })

const toldHit = z.object({ rule: z.string(), level, message: bilingual })

export const requestAnswer = z
  .object({
    requestKey: z.string(),
    requestNo: z.string(),
    /** `pass`; `explain`: pays, and the unit owes an explanation; `hold`: is not to be paid until it is released. */
    decision,
    state: z.enum(states),
    level: level.nullable(),
    hits: z.array(toldHit),
    explainBy: z.string().nullable(),
  })
  .meta({ id: 'PaymentRequestAnswer' })
export type RequestAnswer = z.infer<typeof requestAnswer>

export const requestRefused = z
  .object({
    faults: z.array(
      z.object({ field: z.string().nullable(), value: z.string().nullable(), reason: bilingual }),
    ),
  })
  .meta({ id: 'PaymentRequestFaults' })

export const requestStanding = z
  .object({ requestNo: z.string(), decision, state: z.enum(states), payable: z.boolean() })
  .meta({ id: 'PaymentRequestStanding' })

export const requestRow = z
  .object({
    requestKey: z.string(),
    requestNo: z.string(),
    unitCode: z.string(),
    unitName: z.string().nullable(),
    requestedAt: z.string(),
    payOn: z.string(),
    amount: yuan,
    payeeName: z.string().nullable(),
    purpose: z.string().nullable(),
    level: level.nullable(),
    decision,
    state: z.enum(states),
    explainBy: z.string().nullable(),
    paymentId: z.string().nullable(),
    paymentFault: z.enum(['while_held', 'though_refused', 'differs']).nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'PaymentRequestRow' })
export type RequestRow = z.infer<typeof requestRow>

const requestHit = z.object({
  rule: z.string(),
  title: bilingual,
  level,
  condition: bilingual,
  amount: yuan,
  message: bilingual,
  /** What the rule looked at, with its title and kind. */
  evidence: z.array(z.object({ title: bilingual, kind: z.string(), value: z.string().nullable() })),
  /** The thresholds with which it was judged. */
  parameters: z.array(
    z.object({ title: bilingual, type: z.string(), unit: z.string().nullable(), value: z.string() }),
  ),
  undisclosed: z.boolean(),
})

const requestEvent = z.object({
  at: z.string(),
  side: z.enum(['system', 'finance', 'supervision', 'unit']),
  kind: z.enum([
    'judged',
    'explained',
    'approved_release',
    'released',
    'refused',
    'paid',
    'payment_withdrawn',
    'reminder',
    'overdue',
    'slip',
    'escalate',
    'handed_over',
  ]),
  actorName: z.string().nullable(),
  reason: z.string().nullable(),
})

/** A choice is said in words of either language; everything else reads alike in both. */
const field = z.object({ name: z.string(), title: bilingual, value: bilingual })

export const requestDetail = requestRow
  .extend({
    fields: z.array(field),
    hits: z.array(requestHit),
    events: z.array(requestEvent),
    /** Sides that have agreed to the release. */
    agreed: z.array(z.enum(['finance', 'supervision'])),
    paidOn: z.string().nullable(),
    paidAmount: yuan.nullable(),
    milliseconds: z.number().int(),
  })
  .meta({ id: 'PaymentRequestDetail' })
export type RequestDetail = z.infer<typeof requestDetail>

export const requestPage = pageOf(requestRow)
export const requestQuery = pageQuery.extend({
  state: z.enum(states).optional(),
  level: level.optional(),
  unit: z.string().max(32).optional(),
  text: z.string().trim().max(60).optional(),
  faulty: z.stringbool().optional(),
})
export type RequestQuery = z.infer<typeof requestQuery>

export const reasonText = z.string().trim().min(2).max(1000)
export const decisionBody = z.object({
  reason: reasonText,
  side: z.enum(['finance', 'supervision']).optional(),
})
export const explanationBody = z.object({ text: reasonText })
export const byKey = z.object({ requestKey: z.uuid() })
