import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { WarehouseSession } from '#ground/warehouse/index.ts'
import { replaceKinship } from '#shared/permissions/index.ts'

/** The registers that the watch list is projected from; units, because they place its persons in the tree. */
export const watchRegisters: readonly string[] = ['watch_person', 'watch_relative', 'unit']

type Register = Readonly<Record<string, unknown>>

/**
 * Makes the watch list that people search, and who is kin of whom, from the registers as they are now. All of it anew: a
 * register is a few thousand rows, and what was undone must go.
 */
export async function projectWatchList(
  trx: Trx,
  session: WarehouseSession,
  personKey: (number: string) => string,
): Promise<void> {
  const persons = await session.rows(`select person_id, person_name, unit_code, post, rank,
    cast(valid_from as varchar) as valid_from, cast(valid_to as varchar) as valid_to from watch_person`)
  const relatives = await session.rows(`select person_id, relative_id, relative_name, relation,
    cast(valid_from as varchar) as valid_from, cast(valid_to as varchar) as valid_to from watch_relative`)
  const keyed = (row: Register, column: string) => personKey(String(row[column]))
  await sql`delete from subjects.watch_relative`.execute(trx)
  await sql`delete from subjects.watch_post`.execute(trx)
  const posts = persons.map((row) => ({ ...row, person_key: keyed(row, 'person_id') }))
  await sql`insert into subjects.watch_post (person_key, person_id, person_name, unit_code, post, rank, valid_from,
      valid_to, org_path)
    select person_key, person_id, person_name, unit_code, post, rank, valid_from, valid_to,
      organisation.unit_path(unit_code)
    from jsonb_to_recordset(${JSON.stringify(posts)}::jsonb) as r(person_key text, person_id text, person_name text,
      unit_code text, post text, rank text, valid_from date, valid_to date)`.execute(trx)
  const kin = relatives.map((row) => ({
    ...row,
    person_key: keyed(row, 'person_id'),
    relative_key: keyed(row, 'relative_id'),
  }))
  await sql`insert into subjects.watch_relative (person_key, relative_key, relative_id, relative_name, relation,
      valid_from, valid_to)
    select person_key, relative_key, relative_id, relative_name, relation, valid_from, valid_to
    from jsonb_to_recordset(${JSON.stringify(kin)}::jsonb) as r(person_key text, relative_key text, relative_id text,
      relative_name text, relation text, valid_from date, valid_to date)`.execute(trx)
  const facts = kin.map((row: Register) => ({
    personKey: String(row.person_key),
    kinKey: String(row.relative_key),
    relation: String(row.relation),
  }))
  await replaceKinship(trx, 'subjects', facts)
}
