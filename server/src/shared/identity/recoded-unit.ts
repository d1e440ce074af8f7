import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'

/** The people of a unit that goes on under another code work in it under that code. */
export async function moveAccountsOfUnit(trx: Trx, from: string, to: string): Promise<void> {
  await sql`update identity.account set unit_code = ${to}, scope = organisation.unit_path(${to})
    where unit_code = ${from}`.execute(trx)
}
