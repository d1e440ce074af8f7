import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'

const states = ['open', 'kept', 'replaced', 'withdrawn'] as const
export type ConflictState = (typeof states)[number]

const bilingual = z.object({ zh: z.string(), en: z.string() })

export const conflictSchema = z
  .object({
    conflictId: z.string(),
    batchId: z.string(),
    fileName: z.string(),
    invoiceCode: z.string(),
    invoiceNo: z.string(),
    state: z.enum(states),
    foundAt: z.string(),
    decidedAt: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'InvoiceConflict' })
export type Conflict = z.infer<typeof conflictSchema>

/** One version of the invoice; personal values are masked. */
const versionSchema = z.object({
  head: z.record(z.string(), z.string().nullable()),
  lines: z.array(z.record(z.string(), z.string().nullable())),
})
export type InvoiceVersion = z.infer<typeof versionSchema>

const fieldSchema = z.object({
  name: z.string(),
  title: bilingual,
  choices: z.record(z.string(), bilingual),
})

export const conflictDetailSchema = conflictSchema
  .extend({
    /** Null where the standing version was taken out again meanwhile. */
    standing: versionSchema.nullable(),
    arriving: versionSchema,
    /** Columns of the head in their order; those differ of which both versions say something, and not the same. */
    fields: z.array(fieldSchema.extend({ differs: z.boolean() })),
    lineFields: z.array(fieldSchema),
    linesDiffer: z.boolean(),
  })
  .meta({ id: 'InvoiceConflictDetail' })
export type ConflictDetail = z.infer<typeof conflictDetailSchema>

export const conflictPage = pageOf(conflictSchema)
export const conflictQuery = pageQuery.extend({ state: z.enum(states).optional() })
export type ConflictQuery = z.infer<typeof conflictQuery>

export const decisionBody = z.object({
  keep: z.enum(['standing', 'arriving']),
  reason: z.string().trim().min(4).max(500),
})
export type Decision = z.infer<typeof decisionBody>
