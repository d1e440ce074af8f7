import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { UnitRow } from './unit-row.schema.ts'

/**
 * Takes over versions of units from the register, in one statement: new ones are added, those with the same code and
 * first day are replaced. Needs the system's role.
 */
export async function syncUnits(trx: Trx, rows: readonly UnitRow[]): Promise<number> {
  if (rows.length === 0) return 0
  const { numAffectedRows } = await sql`
    insert into organisation.unit (unit_code, unit_name, credit_code, region_code, parent_code, kind, successor_code,
      valid_from, valid_to)
    select unit_code, unit_name, nullif(credit_code, ''), region_code, nullif(parent_code, ''), nullif(kind, ''),
      nullif(successor_code, ''), valid_from::date, nullif(valid_to, '')::date
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(unit_code text, unit_name text, credit_code text,
      region_code text, parent_code text, kind text, successor_code text, valid_from text, valid_to text)
    on conflict (unit_code, valid_from) do update set unit_name = excluded.unit_name,
      credit_code = excluded.credit_code, region_code = excluded.region_code, parent_code = excluded.parent_code,
      kind = excluded.kind, successor_code = excluded.successor_code, valid_to = excluded.valid_to`.execute(
    trx,
  )
  return Number(numAffectedRows ?? 0)
}

/**
 * Makes the tree what the register is: versions that are no longer in it, because the batch that brought them was undone,
 * go out of the tree too. Needs the system's role.
 */
export async function followRegister(trx: Trx, rows: readonly UnitRow[]): Promise<void> {
  const keys = rows.map(({ unit_code, valid_from }) => ({ unit_code, valid_from }))
  await sql`delete from organisation.unit u where not exists (
    select from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(unit_code text, valid_from date)
    where u.unit_code = k.unit_code and u.valid_from = k.valid_from)`.execute(trx)
  await syncUnits(trx, rows)
}

/** The path of a unit as it is now; the root of the tree for a unit that is not registered. */
export async function unitPath(trx: Trx, unitCode: string): Promise<string> {
  const { rows } = await sql<{ path: string }>`select organisation.unit_path(${unitCode}) as path`.execute(
    trx,
  )
  return rows[0]!.path
}
