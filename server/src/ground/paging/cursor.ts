import { z } from 'zod'
import { defineError } from '#ground/errors/index.ts'

/** Where a page ended: the values of the sort columns of its last row, last of them the unique one. */
export type Cursor = readonly (string | number | null)[]

const badCursor = defineError(
  'paging.bad_cursor',
  400,
  '翻页位置无效，请从第一页重新查询。',
  'The page position is not valid; start again from the first page.',
)

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

const shape = z
  .array(z.union([z.string(), z.number(), z.null()]))
  .min(1)
  .max(6)

/** Reads a cursor back. Throws `paging.bad_cursor` for anything that was not written by `encodeCursor`. */
export function decodeCursor(text: string): Cursor {
  try {
    return shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch (cause) {
    throw badCursor({}, { cause })
  }
}

/** Query parameters that every list takes. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** Totals are counted up to here and then shown as "2,000+": a full count of a province is not worth its time. */
export const totalCap = 2_000

/** The wire shape of a counted total: a query with `limit totalCap + 1` gives `counted`. */
export function totalOf(counted: number): { count: number; capped: boolean } {
  return { count: Math.min(counted, totalCap), capped: counted > totalCap }
}

/** The wire shape of a page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable(),
    total: z.object({ count: z.number().int(), capped: z.boolean() }).optional(),
  })
}
