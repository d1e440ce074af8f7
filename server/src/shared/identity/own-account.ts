import type { Caller, Trx } from '#ground/database/index.ts'
import { shanghaiTime } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { beginAttempt, forgetAttempt } from './attempts.store.ts'
import {
  type Credentials,
  credentialsOf,
  formerPasswords,
  replaceRecoveryCodes,
  setPassword,
  setTotp,
} from './credentials.store.ts'
import {
  badPassword,
  factorExists,
  factorRequired,
  locked,
  noPendingFactor,
  refused,
  usedPassword,
  wrongCode,
} from './identity.errors.ts'
import { type IdentityDeps, productFor } from './identity-deps.ts'
import { attemptKeys } from './lockout.ts'
import { hashPassword, isPassword } from './password-hash.ts'
import { passwordFaults } from './password-rules.ts'
import { currentPolicy, type IdentityPolicy } from './policy.ts'
import { endSessions, newToken, promoteSession, type SessionStage, type SignedIn } from './sessions.store.ts'
import { needsSecondFactor, spendCode, stageOf } from './sign-in.ts'
import { newRecoveryCodes, newTotpSecret, qrSvg, recoveryHash, totpUri } from './totp.ts'

/** A session's new token and what it may do now. */
export interface Promoted {
  readonly token: string
  readonly stage: SessionStage
}

/**
 * Changes one's own password: the present one must be right (wrong ones count like failed sign-ins), the new one must
 * meet the rules and be none of the last. Ends all other sessions of the account.
 */
export async function changePassword(
  deps: IdentityDeps,
  caller: Caller,
  session: SignedIn,
  change: { readonly current: string; readonly password: string },
): Promise<Promoted> {
  await provePassword(deps, caller, session, change.current)
  return deps.database.asCaller(productFor(caller), async (trx) => {
    const policy = await currentPolicy(trx)
    await checkNewPassword(trx, session.userId, session.username, change.password, policy)
    const now = deps.clock.now()
    await setPassword(trx, session.userId, await hashPassword(change.password), now, false)
    await endSessions(trx, session.userId, { except: session.sessionId }, 'password_changed', now)
    await recordAudit(trx, { action: 'identity.change_password', object: account(session) })
    return promote(deps, trx, session, policy)
  })
}

/** Throws unless the password may become the account's. */
export async function checkNewPassword(
  trx: Trx,
  userId: string,
  username: string,
  password: string,
  policy: IdentityPolicy,
): Promise<void> {
  const faults = passwordFaults(password, username, policy)
  if (faults.length > 0) throw badPassword({}, { fields: faults })
  for (const former of await formerPasswords(trx, userId, policy.history)) {
    if (await isPassword(former, password)) throw usedPassword({ count: policy.history })
  }
}

/** Asks for the present password before something that a walked-up-to screen must not do. */
async function provePassword(
  deps: IdentityDeps,
  caller: Caller,
  session: SignedIn,
  password: string,
): Promise<void> {
  const keys = attemptKeys(session.username, caller.address ?? '')
  const { until, found } = await deps.database.asCaller(productFor(caller), async (trx) => ({
    until: await beginAttempt(trx, keys, await currentPolicy(trx), deps.clock.now()),
    found: await credentialsOf(trx, session.userId),
  }))
  if (until) throw locked({ until: shanghaiTime(new Date(until.getTime() + 59_999)) })
  if (!(await isPassword(found?.passwordHash, password))) throw refused()
  await deps.database.asCaller(productFor(caller), (trx) => forgetAttempt(trx, keys, false))
}

export interface Enrolment {
  /** For typing into an app that cannot read the picture. */
  readonly secret: string
  readonly uri: string
  readonly qrSvg: string
}

/** Begins setting up a second factor: makes its secret; it counts only after a code of it was shown. */
export async function enrolSecondFactor(
  deps: IdentityDeps,
  caller: Caller,
  session: SignedIn,
): Promise<Enrolment> {
  const secret = newTotpSecret()
  await deps.database.asCaller(productFor(caller), async (trx) => {
    const found = await present(trx, session)
    if (found.totpConfirmed) throw factorExists()
    await setTotp(trx, session.userId, deps.keyRing.seal(secret, `identity.totp:${session.userId}`), false)
  })
  const uri = totpUri(secret, session.username, deps.settings.organName)
  return { secret, uri, qrSvg: qrSvg(uri) }
}

/** Confirms a second factor with a code of it. Returns the recovery codes, which are never shown again. */
export async function confirmSecondFactor(
  deps: IdentityDeps,
  caller: Caller,
  session: SignedIn,
  code: string,
): Promise<Promoted & { readonly recoveryCodes: readonly string[] }> {
  return deps.database.asCaller(productFor(caller), async (trx) => {
    const found = await present(trx, session)
    if (!found.totpSealed || found.totpConfirmed) throw noPendingFactor()
    if (code.includes('-') || !(await spendCode(deps, trx, found, code))) throw wrongCode()
    const recoveryCodes = newRecoveryCodes()
    await setTotp(trx, session.userId, found.totpSealed, true)
    await replaceRecoveryCodes(trx, session.userId, recoveryCodes.map(recoveryHash))
    await recordAudit(trx, { action: 'identity.enrol_second_factor', object: account(session) })
    return { ...(await promote(deps, trx, session, await currentPolicy(trx))), recoveryCodes }
  })
}

/** Switches one's second factor off, where the rules let one; asks for the password. */
export async function disableSecondFactor(
  deps: IdentityDeps,
  caller: Caller,
  session: SignedIn,
  password: string,
): Promise<void> {
  await provePassword(deps, caller, session, password)
  await deps.database.asCaller(productFor(caller), async (trx) => {
    if (!session.demo && needsSecondFactor(session.roles, await currentPolicy(trx))) throw factorRequired()
    await setTotp(trx, session.userId, null, false)
    await replaceRecoveryCodes(trx, session.userId, [])
    await recordAudit(trx, { action: 'identity.disable_second_factor', object: account(session) })
  })
}

async function promote(
  deps: IdentityDeps,
  trx: Trx,
  session: SignedIn,
  policy: IdentityPolicy,
): Promise<Promoted> {
  const stage = stageOf(await present(trx, session), session.roles, policy, deps.clock.now())
  const { token, hash } = newToken()
  await promoteSession(trx, session.sessionId, hash, stage)
  return { token, stage }
}

async function present(trx: Trx, session: SignedIn): Promise<Credentials> {
  const found = await credentialsOf(trx, session.userId)
  if (!found) throw new Error('an account without credentials')
  return found
}

const account = (session: SignedIn) => ({ kind: 'account', id: session.userId })
