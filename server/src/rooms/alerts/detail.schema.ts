import { z } from 'zod'
import { attachmentSchema } from '#shared/files/index.ts'
import { alertRow, levelSchema, unitItemRow } from './alerts.schema.ts'

export const hitSchema = z
  .object({
    hitId: z.string(),
    rule: z.string(),
    ruleVersion: z.string(),
    level: levelSchema,
    condition: z.string(),
    keys: z.record(z.string(), z.union([z.string(), z.number()])),
    onDate: z.string(),
    amount: z.string(),
    messageZh: z.string(),
    messageEn: z.string(),
    evidence: z.record(z.string(), z.unknown()),
    evidenceVersion: z.number().int(),
    seenAt: z.string(),
  })
  .meta({ id: 'AlertHit' })

export const eventSchema = z
  .object({
    eventId: z.string(),
    at: z.string(),
    actor: z.enum(['unit', 'office', 'system']),
    actorId: z.string(),
    kind: z.string(),
    note: z.string().nullable(),
    /** Empty where the reader is not to know who it was. */
    actorName: z.string().nullable(),
    files: z.array(attachmentSchema),
    contact: z.string().nullable(),
    recovered: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'AlertEvent' })

const earlier = z
  .object({
    alertId: z.string(),
    number: z.string(),
    level: levelSchema,
    state: z.string(),
    verdict: z.string().nullable(),
    onDate: z.string(),
    amount: z.string(),
    messageZh: z.string(),
    messageEn: z.string(),
  })
  .meta({ id: 'EarlierAlert' })

export const alertDetail = alertRow
  .extend({
    category: z.string().nullable(),
    verdictReason: z.string().nullable(),
    irregularity: z.string().nullable(),
    violationAmount: z.string().nullable(),
    heldReason: z.string().nullable(),
    rung: z.number().int(),
    termFrom: z.string().nullable(),
    termDays: z.number().int().nullable(),
    dispatchedAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    /** The row of the pack's decision table that made the level. */
    grade: z.object({ level: levelSchema, titleZh: z.string(), titleEn: z.string() }).nullable(),
    hits: z.array(hitSchema),
    events: z.array(eventSchema),
    beside: z.object({ unit: z.array(earlier), counterparty: z.array(earlier) }),
  })
  .meta({ id: 'AlertDetail' })

export const unitItemDetail = unitItemRow
  .extend({
    hits: z.array(hitSchema),
    events: z.array(eventSchema),
    /** What the explanation must have beside its words. */
    owed: z.object({ attachment: z.boolean(), contact: z.boolean() }),
  })
  .meta({ id: 'UnitAlertDetail' })
