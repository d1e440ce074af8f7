import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { type AttemptKey, accountLock, addressWait, forgetAfter } from './lockout.ts'
import type { IdentityPolicy } from './policy.ts'

/**
 * Counts an attempt as failed before it is made, so that a hundred at once are a hundred. Returns until when it must not
 * be made at all, or undefined when it may; then `forgetAttempt` takes the count back if it succeeds.
 */
export async function beginAttempt(
  trx: Trx,
  keys: readonly AttemptKey[],
  policy: IdentityPolicy,
  now: Date,
): Promise<Date | undefined> {
  const blocked: Date[] = []
  const counted: { key: AttemptKey; failures: number }[] = []
  for (const key of keys) {
    const row = await lockedRow(trx, key, now)
    if (row.blocked_until && row.blocked_until > now) blocked.push(row.blocked_until)
    const stale = now.getTime() - row.last_at.getTime() >= forgetAfter
    counted.push({ key, failures: (stale ? 0 : row.failures) + 1 })
  }
  if (blocked.length > 0) return new Date(Math.max(...blocked.map(Number)))
  for (const { key, failures } of counted) {
    const wait = key.kind === 'account' ? accountLock(failures, policy) : addressWait(failures, policy)
    const until = wait > 0 ? new Date(now.getTime() + wait) : null
    await sql`update identity.attempt set failures = ${failures}, last_at = ${now}, blocked_until = ${until}
      where kind = ${key.kind} and key_hash = ${key.hash}`.execute(trx)
  }
  return undefined
}

async function lockedRow(trx: Trx, key: AttemptKey, now: Date) {
  await sql`insert into identity.attempt (kind, key_hash, failures, last_at)
    values (${key.kind}, ${key.hash}, 0, ${now}) on conflict do nothing`.execute(trx)
  const { rows } = await sql<{ failures: number; last_at: Date; blocked_until: Date | null }>`
    select failures, last_at, blocked_until from identity.attempt
    where kind = ${key.kind} and key_hash = ${key.hash} for update`.execute(trx)
  return rows[0]!
}

/** Takes back the count of an attempt that succeeded; `all` forgets the account's earlier failures too. */
export async function forgetAttempt(trx: Trx, keys: readonly AttemptKey[], all: boolean): Promise<void> {
  for (const key of keys) {
    const left = all && key.kind === 'account' ? sql`0` : sql`greatest(failures - 1, 0)`
    await sql`update identity.attempt set failures = ${left}, blocked_until = null
      where kind = ${key.kind} and key_hash = ${key.hash}`.execute(trx)
  }
}

/** Lifts the lock of an account before its time. */
export async function clearAttempts(trx: Trx, key: AttemptKey): Promise<void> {
  await sql`delete from identity.attempt where kind = ${key.kind} and key_hash = ${key.hash}`.execute(trx)
}
