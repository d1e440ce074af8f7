import { sql } from 'kysely'
import { type Caller, systemCaller, type Trx } from './database.ts'

/**
 * Runs one step of a caller's transaction as the product itself, for what no person may touch (hashes, sealed secrets),
 * and is the caller again afterwards. After an error there is nothing to go back to: the transaction is over.
 */
export async function asProduct<T>(trx: Trx, caller: Caller, work: () => Promise<T>): Promise<T> {
  await act(trx, { ...caller, roles: [...caller.roles, 'system'] })
  const result = await work()
  await act(trx, caller)
  return result
}

/** The same without the fence of the caller's place: for what a person's step brings about elsewhere in the tree. */
export async function asProductEverywhere<T>(trx: Trx, caller: Caller, work: () => Promise<T>): Promise<T> {
  await act(trx, { ...systemCaller, roles: ['system'] })
  const result = await work()
  await act(trx, caller)
  return result
}

async function act(trx: Trx, { roles, scope }: Pick<Caller, 'roles' | 'scope'>): Promise<void> {
  await sql`select set_config('app.roles', ${roles.join(',')}, true), set_config('app.scope', ${scope}, true)`.execute(
    trx,
  )
}
