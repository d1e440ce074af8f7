import { z } from 'zod'

/** As many records as one request may carry: a sender with more sends several requests, or a file. */
export const mostRecords = 5000

export const postedRecords = z.object({
  records: z
    .array(z.record(z.string().max(60), z.unknown()))
    .min(1)
    .max(mostRecords),
})

/** Printable, without blanks, so that it can be read in a log: a UUID, or the sender's own number. */
export const idempotencyHeader = z.object({ 'idempotency-key': z.string().regex(/^[\x21-\x7e]{1,100}$/) })

export const postMode = z.object({ mode: z.enum(['all', 'good']).default('all') })

export const recordFaultSchema = z
  .object({
    /** Place in `records`, from 0. */
    index: z.number().int(),
    /** Column, `lines[0].column` for a line, or null where the whole record is meant. */
    field: z.string().nullable(),
    /** As it was sent; masked where the column is personal. */
    value: z.string().nullable(),
    reason: z.object({ zh: z.string(), en: z.string() }),
  })
  .meta({ id: 'RecordFault' })

export const postedSchema = z
  .object({
    batchId: z.string(),
    dataset: z.string(),
    mode: z.enum(['all', 'good']),
    /** `refused`: nothing of the request was taken. */
    state: z.enum(['loaded', 'refused']),
    records: z.number().int(),
    refusedRecords: z.number().int(),
    newRecords: z.number().int(),
    changedRecords: z.number().int(),
    equalRecords: z.number().int(),
    /** Invoices that another source has told otherwise: laid aside until somebody decides. */
    conflicts: z.number().int().default(0),
    /** The first thousand. */
    faults: z.array(recordFaultSchema),
    faultCount: z.number().int(),
  })
  .meta({ id: 'PostedRecords' })
export type Posted = z.infer<typeof postedSchema>
