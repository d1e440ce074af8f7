import type { Caller, Database } from '#ground/database/index.ts'
import { tokenHash } from './sessions.store.ts'

/** A machine that delivers data: sees its part of the tree and may bring the datasets that are named. */
export interface FeedCaller extends Caller {
  readonly datasets: readonly string[]
}

/** The machine behind a bearer token, or undefined. */
export async function tokenCaller(
  database: Database,
  token: string,
  now: Date,
): Promise<FeedCaller | undefined> {
  const { rows } = await database.pool.query<{ token_id: string; scope: string; datasets: string[] }>({
    name: 'identity.token_caller',
    text: 'select token_id, scope, datasets from identity.token_caller($1, $2)',
    values: [tokenHash(token), now],
  })
  const found = rows[0]
  return found && { userId: found.token_id, scope: found.scope, roles: ['feed'], datasets: found.datasets }
}
