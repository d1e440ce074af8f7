import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import type { RegisterEntry, RegisterQuery } from './exports.schema.ts'

export interface NewEntry {
  readonly form: RegisterEntry['form']
  readonly subject: string
  readonly objectId?: string | undefined
  readonly conditions: Readonly<Record<string, string>>
  readonly purpose: string
  /** For what is complete at once; a list is counted while it is written. */
  readonly rowCount?: number | undefined
}

/** Enters it and gives the mark that stands on what is taken. */
export async function insertEntry(
  trx: Trx,
  entry: NewEntry,
  year: string,
  at: Date,
): Promise<{ entryId: string; mark: string }> {
  const state = entry.rowCount === undefined ? 'started' : 'finished'
  const { rows } = await sql<{ entryId: string; mark: string }>`
    insert into exports.register (mark, form, subject, object_id, conditions, purpose, row_count, state, at)
    values ('DC' || ${year}::text || lpad(nextval('exports.mark_number')::text, 7, '0'), ${entry.form}, ${entry.subject},
      ${entry.objectId ?? null}, ${JSON.stringify(entry.conditions)}::jsonb, ${entry.purpose}, ${entry.rowCount ?? null},
      ${state}, ${at})
    returning entry_id as "entryId", mark`.execute(trx)
  return rows[0]!
}

export async function finishEntry(
  trx: Trx,
  entryId: string,
  state: 'finished' | 'broken',
  rowCount: number,
): Promise<void> {
  await sql`update exports.register set state = ${state}, row_count = ${rowCount} where entry_id = ${entryId}`.execute(
    trx,
  )
}

export async function listEntries(
  trx: Trx,
  query: RegisterQuery,
): Promise<{ items: Omit<RegisterEntry, 'userName'>[]; next: string | null }> {
  const after = query.cursor ? decodeCursor(query.cursor)[0] : null
  const { rows } = await sql<Omit<RegisterEntry, 'userName'>>`
    select entry_id as "entryId", mark, form, subject, conditions, purpose, row_count as "rowCount", state,
      user_id::text as "userId", at::text
    from exports.register
    where (${query.form ?? null}::text is null or form = ${query.form ?? null})
      and (${query.subject ?? null}::text is null or subject = ${query.subject ?? null})
      and (${query.mark ?? null}::text is null or mark = ${query.mark ?? null})
      and (${after}::uuid is null or entry_id < ${after}::uuid)
    order by entry_id desc limit ${query.limit + 1}`.execute(trx)
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  return { items, next: rows.length > query.limit && last ? encodeCursor([last.entryId]) : null }
}
