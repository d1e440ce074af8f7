import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { IdentityDeps } from './identity-deps.ts'

export interface PersonName {
  readonly userId: string
  readonly displayName: string
  readonly post: string | null
}

/** What the people are called, by user id; somebody unknown (the product itself) is missing. */
export async function namesOf(
  trx: Trx,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, PersonName>> {
  const { rows } = await sql<PersonName>`
    select user_id as "userId", display_name as "displayName", post
    from identity.names_of(${[...new Set(userIds)]}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.userId, row]))
}

/** Whose name for signing in it is; undefined where nobody bears it or the caller may not see accounts. */
export async function idOfUsername(trx: Trx, username: string): Promise<string | undefined> {
  const { rows } = await sql<{ userId: string }>`
    select user_id as "userId" from identity.account where username = lower(${username})`.execute(trx)
  return rows[0]?.userId
}

/** The mobile numbers of people, for short messages, by user id. Needs the system's role; never to be logged. */
export async function mobilesOf(
  deps: Pick<IdentityDeps, 'keyRing'>,
  trx: Trx,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ user_id: string; mobile_sealed: Buffer }>`
    select user_id, mobile_sealed from identity.account
    where user_id = any (${[...userIds]}::uuid[]) and state = 'active' and mobile_sealed is not null
      and app.has_role('system')`.execute(trx)
  return new Map(
    rows.map(({ user_id, mobile_sealed }) => [
      user_id,
      deps.keyRing.open(mobile_sealed, `identity.mobile:${user_id}`).toString('utf8'),
    ]),
  )
}
