import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'

/** What is asked of whoever takes something out: why. It stands in the register for good. */
export const purpose = z.string().trim().min(2).max(300)
export const listForms = ['xlsx', 'csv'] as const
export type ListForm = (typeof listForms)[number]

export const registerEntry = z
  .object({
    entryId: z.string(),
    mark: z.string(),
    form: z.enum([...listForms, 'paper']),
    subject: z.string(),
    conditions: z.record(z.string(), z.string()),
    purpose: z.string(),
    rowCount: z.number().int().nullable(),
    state: z.enum(['started', 'finished', 'broken']),
    userId: z.string(),
    userName: z.string(),
    at: z.string(),
  })
  .meta({ id: 'ExportEntry' })
export type RegisterEntry = z.infer<typeof registerEntry>

export const registerQuery = pageQuery.extend({
  form: z.enum([...listForms, 'paper']).optional(),
  subject: z.string().max(60).optional(),
  mark: z.string().trim().max(20).optional(),
})
export type RegisterQuery = z.infer<typeof registerQuery>
export const registerPage = pageOf(registerEntry)
