import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Trx } from '#ground/database/index.ts'

/** `full`: everything. Otherwise only what is missing until then: see `SignedIn`. */
export type SessionStage = 'full' | 'change_password' | 'enrol_second_factor'

/** Who is behind a session, as of this request. */
export interface SignedIn {
  readonly sessionId: string
  readonly userId: string
  readonly stage: SessionStage
  readonly scope: string
  readonly roles: readonly string[]
  readonly startedAt: Date
  readonly absoluteEnd: Date
  readonly username: string
  readonly displayName: string
  readonly unitCode: string | null
  readonly organCode: string | null
  readonly demo: boolean
}

export type EndReason =
  | 'signed_out'
  | 'ended_by_owner'
  | 'another_sign_in'
  | 'password_changed'
  | 'access_ended'

/** 256 random bits; the store keeps only their hash, so that who reads the store cannot sign in. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: tokenHash(token) }
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/**
 * Who is behind a token, or undefined. One statement outside any caller's transaction: nobody is asking yet, and the
 * function it calls is all that the application's role may do with sessions.
 */
export async function sessionOf(
  database: Database,
  token: string,
  now: Date,
  idleMinutes: number,
): Promise<SignedIn | undefined> {
  const { rows } = await database.pool.query<SignedIn>({
    name: 'identity.session_of',
    text: `select session_id as "sessionId", user_id as "userId", stage, scope, roles, started_at as "startedAt",
        absolute_end as "absoluteEnd", username, display_name as "displayName", unit_code as "unitCode",
        organ_code as "organCode", demo
      from identity.session_of($1, $2, make_interval(mins => $3))`,
    values: [tokenHash(token), now, idleMinutes],
  })
  return rows[0]
}

export async function openSession(
  trx: Trx,
  session: {
    readonly tokenHash: Buffer
    readonly userId: string
    readonly stage: SessionStage
    readonly now: Date
    readonly absoluteEnd: Date
    readonly address: string
    readonly agent: string
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select identity.open_session(${session.tokenHash}, ${session.userId}, ${session.stage}, ${session.now},
      ${session.absoluteEnd}, ${session.address}, ${session.agent}) as id`.execute(trx)
  return rows[0]!.id
}

/** Gives a session a new token and stage: what was overheard before the step is worth nothing after it. */
export async function promoteSession(
  trx: Trx,
  sessionId: string,
  tokenHash: Buffer,
  stage: SessionStage,
): Promise<void> {
  await sql`select identity.promote_session(${sessionId}, ${tokenHash}, ${stage})`.execute(trx)
}

/** Ends sessions of an account: all, only one, or all but one. Returns how many. */
export async function endSessions(
  trx: Trx,
  userId: string,
  which: { readonly only?: string; readonly except?: string },
  reason: EndReason,
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ ended: number }>`
    select identity.end_sessions(${userId}, ${which.only ?? null}, ${which.except ?? null}, ${reason}, ${now})
      as ended`.execute(trx)
  return rows[0]!.ended
}

export interface OpenSession {
  readonly sessionId: string
  readonly startedAt: Date
  readonly lastSeenAt: Date
  readonly absoluteEnd: Date
  readonly address: string | null
  readonly agent: string | null
}

/** The caller's own open sessions, the last used first. */
export async function ownSessions(trx: Trx, now: Date, idleMinutes: number): Promise<readonly OpenSession[]> {
  const { rows } = await sql<OpenSession>`
    select session_id as "sessionId", started_at as "startedAt", last_seen_at as "lastSeenAt",
      absolute_end as "absoluteEnd", address, agent
    from identity.own_sessions(${now}, make_interval(mins => ${idleMinutes}))`.execute(trx)
  return rows
}
