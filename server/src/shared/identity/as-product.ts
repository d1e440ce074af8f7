import { sql } from 'kysely'
import type { Caller, Trx } from '#ground/database/index.ts'

/**
 * Runs one step of a caller's transaction as the product itself, for what no person may touch (hashes, sealed secrets),
 * and is the caller again afterwards. After an error there is nothing to go back to: the transaction is over.
 */
export async function asProduct<T>(trx: Trx, caller: Caller, work: () => Promise<T>): Promise<T> {
  await act(trx, [...caller.roles, 'system'])
  const result = await work()
  await act(trx, caller.roles)
  return result
}

async function act(trx: Trx, roles: readonly string[]): Promise<void> {
  await sql`select set_config('app.roles', ${roles.join(',')}, true)`.execute(trx)
}
