import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'

const states = ['taken', 'loaded', 'refused'] as const

export const droppedFileSchema = z
  .object({
    droppedId: z.string(),
    fileName: z.string(),
    target: z.string().nullable(),
    byteCount: z.number().int(),
    state: z.enum(states),
    takenAt: z.string(),
    settledAt: z.string().nullable(),
    batchId: z.string().nullable(),
    note: z.object({ zh: z.string(), en: z.string() }).nullable(),
  })
  .meta({ id: 'DroppedFile' })
export type DroppedFile = z.infer<typeof droppedFileSchema>

export const dropPage = pageOf(droppedFileSchema)
export const dropQuery = pageQuery.extend({ state: z.enum(states).optional() })
export type DropQuery = z.infer<typeof dropQuery>

export const dropFolderSchema = z
  .object({
    folder: z.string(),
    mode: z.enum(['all', 'good']),
    settleSeconds: z.number().int(),
    /** Files that lie there and are not taken yet. */
    waiting: z.array(z.object({ fileName: z.string(), byteCount: z.number().int(), seenAt: z.string() })),
  })
  .meta({ id: 'DropFolder' })
export type DropFolderState = z.infer<typeof dropFolderSchema>
