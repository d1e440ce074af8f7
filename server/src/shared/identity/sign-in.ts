import type { Trx } from '#ground/database/index.ts'
import { shanghaiTime } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { administratorRoles } from '#shared/permissions/index.ts'
import { beginAttempt, forgetAttempt } from './attempts.store.ts'
import {
  type Credentials,
  credentialsByName,
  credentialsOf,
  rolesAt,
  spendRecoveryCode,
  spendTotpStep,
} from './credentials.store.ts'
import { locked, refused, wrongCode } from './identity.errors.ts'
import { type IdentityDeps, productAt } from './identity-deps.ts'
import { type AttemptKey, attemptKeys } from './lockout.ts'
import { isPassword } from './password-hash.ts'
import { currentPolicy, type IdentityPolicy } from './policy.ts'
import { endSessions, newToken, openSession, type SessionStage } from './sessions.store.ts'
import { recoveryHash, totpStep } from './totp.ts'

/** From where somebody knocks. */
export interface Door {
  readonly address: string
  readonly agent: string
}

export type SignInResult =
  | { readonly state: 'second_factor_needed' }
  | {
      readonly state: 'ok' | 'must_change_password' | 'must_enrol_second_factor'
      readonly token: string
    }

/** The stage of a session as the sign-in page is told it. */
export const stateOf: Readonly<Record<SessionStage, Exclude<SignInResult['state'], 'second_factor_needed'>>> =
  {
    full: 'ok',
    change_password: 'must_change_password',
    enrol_second_factor: 'must_enrol_second_factor',
  }

/**
 * Signs in with name, password and, where the account has one, a code of the second factor (or a recovery code). The
 * answer and the time it takes are the same for a wrong password, an account that was closed and a name that nobody has.
 * Throws `identity.refused`, `identity.wrong_code` or `identity.locked`.
 */
export async function signIn(
  deps: IdentityDeps,
  proof: { readonly username: string; readonly password: string; readonly code?: string | undefined },
  door: Door,
): Promise<SignInResult> {
  const keys = attemptKeys(proof.username, door.address)
  const { policy, account } = await knock(deps, proof.username, keys, door)
  const good = await isPassword(account?.passwordHash, proof.password)
  if (!good || account?.state !== 'active') {
    await recordFailure(deps, account, door, 'password')
    throw refused()
  }
  if (!account.totpConfirmed) return enter(deps, account, policy, door, keys, 'password')
  if (!proof.code) {
    await deps.database.asCaller(productAt(door.address), (trx) => forgetAttempt(trx, keys, false))
    return { state: 'second_factor_needed' }
  }
  const { code } = proof
  if (
    !(await deps.database.asCaller(productAt(door.address), (trx) => spendCode(deps, trx, account, code)))
  ) {
    await recordFailure(deps, account, door, 'code')
    throw wrongCode()
  }
  return enter(deps, account, policy, door, keys, 'password_and_code')
}

async function knock(deps: IdentityDeps, username: string, keys: readonly AttemptKey[], door: Door) {
  return deps.database
    .asCaller(productAt(door.address), async (trx) => {
      const policy = await currentPolicy(trx)
      const until = await beginAttempt(trx, keys, policy, deps.clock.now())
      const account = await credentialsByName(trx, username)
      if (until) await recordRefusal(trx, account, 'locked')
      return { until, policy, account }
    })
    .then((found) => {
      if (found.until) throw locked({ until: shanghaiTime(new Date(found.until.getTime() + 59_999)) })
      return found
    })
}

/** Whether the code is the account's present one, or one of its recovery codes; in either case it is used up. */
export async function spendCode(
  deps: IdentityDeps,
  trx: Trx,
  account: Pick<Credentials, 'userId' | 'totpSealed'>,
  code: string,
): Promise<boolean> {
  if (!account.totpSealed) return false
  if (code.includes('-')) return spendRecoveryCode(trx, account.userId, recoveryHash(code))
  const secret = deps.keyRing.open(account.totpSealed, `identity.totp:${account.userId}`).toString('utf8')
  const step = await totpStep(secret, code, deps.clock.now())
  return step !== undefined && spendTotpStep(trx, account.userId, step)
}

/** What a session of the account may do now. */
export function stageOf(
  account: Pick<
    Credentials,
    'demo' | 'mustChangePassword' | 'passwordSetAt' | 'passwordHash' | 'totpConfirmed'
  >,
  roles: readonly string[],
  policy: IdentityPolicy,
  now: Date,
): SessionStage {
  if (account.demo) return 'full'
  const age = now.getTime() - (account.passwordSetAt?.getTime() ?? 0)
  const expired = policy.maxAgeDays > 0 && age > policy.maxAgeDays * 86_400_000
  if (account.passwordHash && (account.mustChangePassword || expired)) return 'change_password'
  if (!account.totpConfirmed && needsSecondFactor(roles, policy)) return 'enrol_second_factor'
  return 'full'
}

export function needsSecondFactor(roles: readonly string[], policy: IdentityPolicy): boolean {
  if (policy.secondFactor === 'everyone') return true
  const administrators: readonly string[] = administratorRoles
  return policy.secondFactor === 'administrators' && roles.some((role) => administrators.includes(role))
}

/** Opens the session of somebody whose proof was good. */
export async function enter(
  deps: IdentityDeps,
  proved: Credentials,
  policy: IdentityPolicy,
  door: Door,
  keys: readonly AttemptKey[],
  method: 'password' | 'password_and_code' | 'oidc',
): Promise<SignInResult> {
  const now = deps.clock.now()
  const { session } = deps.settings
  const { token, hash } = newToken()
  const product = { ...productAt(door.address), userId: proved.userId, scope: proved.scope }
  return deps.database.asCaller(product, async (trx) => {
    // Read again under lock: the account may have been closed while the password was hashed.
    const account = await credentialsOf(trx, proved.userId)
    if (account?.state !== 'active') throw refused()
    const roles = await rolesAt(trx, account.userId, now)
    // A second factor that only the password path asks for here was asked for by the identity provider there.
    const stage = method === 'oidc' ? 'full' : stageOf(account, roles, policy, now)
    await forgetAttempt(trx, keys, true)
    if (session.onePerAccount) await endSessions(trx, account.userId, {}, 'another_sign_in', now)
    const sessionId = await openSession(trx, {
      tokenHash: hash,
      userId: account.userId,
      stage,
      now,
      absoluteEnd: new Date(now.getTime() + session.absoluteHours * 3_600_000),
      address: door.address,
      agent: door.agent,
    })
    await recordAudit(trx, {
      action: 'identity.sign_in',
      object: { kind: 'account', id: account.userId },
      detail: { method, stage, sessionId },
    })
    return { state: stateOf[stage], token }
  })
}

async function recordFailure(
  deps: IdentityDeps,
  account: Credentials | undefined,
  door: Door,
  because: string,
): Promise<void> {
  await deps.database.asCaller(productAt(door.address), (trx) => recordRefusal(trx, account, because))
}

/** The name that was typed is not kept: it may be a password in the wrong field. */
async function recordRefusal(trx: Trx, account: Credentials | undefined, because: string): Promise<void> {
  await recordAudit(trx, {
    action: 'identity.sign_in',
    ...(account ? { object: { kind: 'account', id: account.userId } } : {}),
    outcome: 'failed',
    detail: { because, known: account !== undefined },
  })
}
