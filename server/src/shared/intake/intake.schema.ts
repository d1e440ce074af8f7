import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })

export const batchSchema = z
  .object({
    batchId: z.string(),
    dataset: z.string(),
    fileName: z.string(),
    form: z.enum(['csv', 'xlsx']),
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
    row: z.number().int().nullable(),
    column: z.string().nullable(),
    /** The cell as it stood in the file; masked where the column is personal. */
    value: z.string().nullable(),
    reason: bilingual,
  })
  .meta({ id: 'IntakeFault' })

export const batchDetailSchema = batchSchema
  .extend({ faults: z.array(faultSchema) })
  .meta({ id: 'IntakeBatchDetail' })
export const batchPage = pageOf(batchSchema)
export const batchQuery = pageQuery.extend({ dataset: z.string().max(40).optional() })

export const datasetSchema = z
  .object({
    name: z.string(),
    title: bilingual,
    about: bilingual,
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
