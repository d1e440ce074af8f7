import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'

/** What sign-in needs to know of an account. Read with the system's role only. */
export interface Credentials {
  readonly userId: string
  readonly username: string
  readonly state: 'active' | 'disabled' | 'left'
  readonly scope: string
  readonly demo: boolean
  readonly passwordHash: string | null
  readonly passwordSetAt: Date | null
  readonly mustChangePassword: boolean
  readonly totpSealed: Buffer | null
  readonly totpConfirmed: boolean
}

const columns = sql`a.user_id as "userId", a.username, a.state, a.scope, a.demo, c.password_hash as "passwordHash",
  c.password_set_at as "passwordSetAt", c.must_change_password as "mustChangePassword",
  c.totp_sealed as "totpSealed", c.totp_confirmed as "totpConfirmed"`

export async function credentialsByName(trx: Trx, username: string): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select ${columns} from identity.account a join identity.credential c using (user_id)
    where a.username_key = lower(normalize(${username}, NFKC))`.execute(trx)
  return rows[0]
}

export async function credentialsOf(trx: Trx, userId: string): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select ${columns} from identity.account a join identity.credential c using (user_id)
    where a.user_id = ${userId} for update of c`.execute(trx)
  return rows[0]
}

export async function credentialsBySubject(trx: Trx, subject: string): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select ${columns} from identity.account a join identity.credential c using (user_id)
    where a.oidc_subject = ${subject}`.execute(trx)
  return rows[0]
}

export async function rolesAt(trx: Trx, userId: string, now: Date): Promise<readonly string[]> {
  const { rows } = await sql<{
    roles: string[]
  }>`select identity.roles_at(${userId}, ${now}) as roles`.execute(trx)
  return rows[0]!.roles
}

/** The hashes that must not be used again: the present one and those before it, newest first. */
export async function formerPasswords(trx: Trx, userId: string, count: number): Promise<readonly string[]> {
  const { rows } = await sql<{ password_hash: string }>`
    select password_hash from (
      select password_hash, password_set_at as set_at from identity.credential where user_id = ${userId}
      union all select password_hash, set_at from identity.former_password where user_id = ${userId}) as all_hashes
    where password_hash is not null order by set_at desc nulls last limit ${count}`.execute(trx)
  return rows.map((row) => row.password_hash)
}

/** Sets a password and keeps the one before among the former ones. */
export async function setPassword(
  trx: Trx,
  userId: string,
  hash: string,
  now: Date,
  mustChange: boolean,
): Promise<void> {
  await sql`insert into identity.former_password (user_id, set_at, password_hash)
    select user_id, coalesce(password_set_at, ${now}), password_hash from identity.credential
    where user_id = ${userId} and password_hash is not null on conflict do nothing`.execute(trx)
  await sql`insert into identity.credential (user_id, password_hash, password_set_at, must_change_password)
    values (${userId}, ${hash}, ${now}, ${mustChange})
    on conflict (user_id) do update set password_hash = excluded.password_hash,
      password_set_at = excluded.password_set_at, must_change_password = excluded.must_change_password`.execute(
    trx,
  )
}

/** Takes a time step as used. False when its code, or a later one, was used before. */
export async function spendTotpStep(trx: Trx, userId: string, step: number): Promise<boolean> {
  const { numAffectedRows } = await sql`update identity.credential set totp_last_step = ${step}
    where user_id = ${userId} and (totp_last_step is null or totp_last_step < ${step})`.execute(trx)
  return numAffectedRows === 1n
}

/** Takes a recovery code as used. False when there is none such. */
export async function spendRecoveryCode(trx: Trx, userId: string, hash: Buffer): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from identity.recovery_code where user_id = ${userId} and code_hash = ${hash}`.execute(trx)
  return numAffectedRows === 1n
}

export async function setTotp(
  trx: Trx,
  userId: string,
  sealed: Buffer | null,
  confirmed: boolean,
): Promise<void> {
  await sql`update identity.credential set totp_sealed = ${sealed}, totp_confirmed = ${confirmed},
    totp_last_step = case when ${confirmed} then totp_last_step end where user_id = ${userId}`.execute(trx)
}

export async function replaceRecoveryCodes(
  trx: Trx,
  userId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  await sql`delete from identity.recovery_code where user_id = ${userId}`.execute(trx)
  if (hashes.length === 0) return
  await sql`insert into identity.recovery_code (user_id, code_hash)
    select ${userId}, unnest(${[...hashes]}::bytea[])`.execute(trx)
}
