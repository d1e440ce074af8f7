import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

export const batchSchema = z
  .object({
    batchId: z.string(),
    dataset: z.string(),
    fileName: z.string(),
    form: z.enum(['csv', 'xlsx', 'xml', 'ofd', 'zip']),
    /** Posted through the interface: `fileName` is the sender's key, rows are records. */
    posted: z.boolean(),
    state: z.enum(['checked', 'refused', 'loading', 'loaded', 'undone']),
    mode: z.enum(['all', 'good']).nullable(),
    totalRows: z.number().int(),
    refusedRows: z.number().int(),
    newRows: z.number().int(),
    changedRows: z.number().int(),
    equalRows: z.number().int(),
    uploadedAt: z.string(),
    decidedAt: z.string().nullable(),
  })
  .meta({ id: 'IntakeBatch' })
export type Batch = z.infer<typeof batchSchema>

export const faultSchema = z
  .object({
    /** The file within the upload, where it held several. */
    file: z.string().nullable(),
    row: z.number().int().nullable(),
    column: z.string().nullable(),
    /** The cell as it stood in the file; masked where the column is personal. */
    value: z.string().nullable(),
    reason: bilingual,
  })
  .meta({ id: 'IntakeFault' })

/** Refused rows as they stood in the file. */
export const refusedSheetSchema = z
  .object({
    columns: z.array(z.object({ name: z.string(), title: bilingual })),
    rows: z.array(
      z.object({
        row: z.number().int(),
        cells: z.array(z.string()),
        faults: z.array(z.object({ column: z.string(), reason: bilingual })),
      }),
    ),
  })
  .meta({ id: 'IntakeRefusedSheet' })
export type RefusedSheet = z.infer<typeof refusedSheetSchema>

export const batchDetailSchema = batchSchema
  .extend({ faults: z.array(faultSchema), openConflicts: z.number().int() })
  .meta({ id: 'IntakeBatchDetail' })
export const batchPage = pageOf(batchSchema)
export const batchQuery = pageQuery.extend({ dataset: z.string().max(40).optional() })

export const datasetSchema = z
  .object({
    name: z.string(),
    title: bilingual,
    about: bilingual,
    /** Forms of files that are taken; without csv among them there is no template. */
    forms: z.array(z.enum(['csv', 'xlsx', 'xml', 'ofd', 'zip'])),
    /** Whether rows are gathered into invoices, which are then what is counted. */
    countsInvoices: z.boolean(),
    columns: z.array(
      z.object({
        name: z.string(),
        title: bilingual,
        type: z.string(),
        required: z.boolean(),
        choices: z.array(bilingual),
      }),
    ),
  })
  .meta({ id: 'Dataset' })
