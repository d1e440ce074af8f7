import { sql } from 'kysely'
import type { z } from 'zod'
import { asProduct, type Caller, type Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { personIdFault, upgradedPersonId } from '#ground/ids/index.ts'
import { askedFor, recordAudit } from '#shared/audit/index.ts'
import { linkPerson } from '#shared/permissions/index.ts'
import type { accountChangeSchema, accountQuerySchema, newAccountSchema } from './account.schema.ts'
import { accountById, listAccounts } from './account-list.store.ts'
import { insertAccount, scopeOf } from './accounts.store.ts'
import { clearAttempts } from './attempts.store.ts'
import { explained } from './constraint-faults.ts'
import { replaceRecoveryCodes, setPassword, setTotp } from './credentials.store.ts'
import { type IdentityDeps, productFor } from './identity-deps.ts'
import { attemptKeys } from './lockout.ts'
import { hashPassword, randomPassword } from './password-hash.ts'
import { endSessions } from './sessions.store.ts'

export const noSuchAccount = defineError(
  'identity.no_such_account',
  404,
  '没有这个账号。',
  'There is no such account.',
)
const badPersonId = defineError(
  'identity.bad_person_id',
  400,
  '公民身份号码有误，请核对。',
  'The citizen number is not valid; check it.',
)
const notActive = defineError(
  'identity.not_active',
  409,
  '账号已停用或已离任。',
  'The account is disabled or its holder has left.',
)
const ownAccount = defineError(
  'identity.own_account',
  403,
  '不得对自己的账号进行此项操作。',
  'You cannot do this to your own account.',
)

/** Accounts in the caller's part of the tree, a page at a time. */
export function accounts(deps: IdentityDeps, caller: Caller, query: z.infer<typeof accountQuerySchema>) {
  return deps.database.asCaller(productFor(caller), async (trx) => {
    const found = await listAccounts(trx, query, caller.scope, deps.clock.now())
    await recordAudit(trx, {
      action: 'identity.search_accounts',
      detail: { ...askedFor(query), shown: found.items.length },
    })
    return found
  })
}

export async function account(deps: IdentityDeps, caller: Caller, userId: string) {
  return deps.database.asCaller(productFor(caller), async (trx) => {
    const found = await accountById(trx, userId, caller.scope, deps.clock.now())
    if (!found) throw noSuchAccount()
    await recordAudit(trx, { action: 'identity.read_account', object: { kind: 'account', id: userId } })
    return found
  })
}

/** Creates an account with a one-time password, which is returned once and must be changed at the first sign-in. */
export async function createAccount(
  deps: IdentityDeps,
  caller: Caller,
  wanted: z.infer<typeof newAccountSchema>,
): Promise<{ userId: string; password: string }> {
  const password = randomPassword()
  const hash = await hashPassword(password)
  const now = deps.clock.now()
  const work = deps.database.asCaller(caller, async (trx) => {
    const place =
      wanted.unitCode === undefined ? { organCode: wanted.organCode! } : { unitCode: wanted.unitCode }
    const scope = await scopeOf(trx, place)
    const userId = await insertAccount(trx, { ...wanted, place }, scope, caller.userId, now)
    await asProduct(trx, caller, () => setPassword(trx, userId, hash, now, true))
    await writePrivate(deps, trx, caller, userId, wanted)
    await recordAudit(trx, {
      action: 'identity.create_account',
      object: { kind: 'account', id: userId },
      unitCode: wanted.unitCode,
      detail: { username: wanted.username, scope },
    })
    return { userId, password }
  })
  return explained(work)
}

/** Changes what is recorded of a person. */
export async function changeAccount(
  deps: IdentityDeps,
  caller: Caller,
  userId: string,
  change: z.infer<typeof accountChangeSchema>,
): Promise<void> {
  const work = deps.database.asCaller(caller, async (trx) => {
    await lockAccount(trx, userId)
    await sql`update identity.account set
      display_name = coalesce(${change.displayName ?? null}, display_name),
      staff_no = ${change.staffNo === undefined ? sql`staff_no` : change.staffNo},
      post = ${change.post === undefined ? sql`post` : change.post}
      where user_id = ${userId}`.execute(trx)
    await writePrivate(deps, trx, caller, userId, change)
    await recordAudit(trx, {
      action: 'identity.change_account',
      object: { kind: 'account', id: userId },
      detail: { fields: Object.keys(change) },
    })
  })
  await explained(work)
}

async function writePrivate(
  deps: IdentityDeps,
  trx: Trx,
  caller: Caller,
  userId: string,
  fields: Pick<z.infer<typeof accountChangeSchema>, 'mobile' | 'personId' | 'oidcSubject'>,
): Promise<void> {
  const { mobile, personId, oidcSubject } = fields
  if (oidcSubject !== undefined) {
    await sql`update identity.account set oidc_subject = ${oidcSubject} where user_id = ${userId}`.execute(
      trx,
    )
  }
  if (mobile !== undefined) {
    const sealed = mobile === null ? null : deps.keyRing.seal(mobile, `identity.mobile:${userId}`)
    await sql`update identity.account set mobile_sealed = ${sealed} where user_id = ${userId}`.execute(trx)
  }
  if (personId !== undefined) {
    const key = personId === null ? null : personKeyOf(deps, personId)
    await asProduct(trx, caller, () => linkPerson(trx, userId, key))
  }
}

function personKeyOf(deps: IdentityDeps, personId: string): string {
  const id = upgradedPersonId(personId.trim().toUpperCase())
  if (personIdFault(id, deps.settings.demo)) throw badPersonId()
  return deps.keyRing.personKey(id)
}

/** Gives the account a new one-time password and ends its sessions; with `factor` its second factor goes too. */
export async function resetAccess(
  deps: IdentityDeps,
  caller: Caller,
  userId: string,
  options: { readonly factor: boolean; readonly reason: string },
): Promise<{ userId: string; password: string }> {
  refuseOwn(caller, userId)
  const password = randomPassword()
  const hash = await hashPassword(password)
  return deps.database.asCaller(caller, async (trx) => {
    const found = await lockAccount(trx, userId)
    if (found.state !== 'active') throw notActive()
    const now = deps.clock.now()
    await asProduct(trx, caller, async () => {
      await setPassword(trx, userId, hash, now, true)
      if (options.factor) {
        await setTotp(trx, userId, null, false)
        await replaceRecoveryCodes(trx, userId, [])
      }
      await clearAttempts(trx, attemptKeys(found.username, '')[0]!)
    })
    await endSessions(trx, userId, {}, 'password_changed', now)
    await recordAudit(trx, {
      action: 'identity.reset_access',
      object: { kind: 'account', id: userId },
      purpose: options.reason,
      detail: { factor: options.factor },
    })
    return { userId, password }
  })
}

/** Lifts the lock that failed attempts have put on the account. */
export async function unlockAccount(deps: IdentityDeps, caller: Caller, userId: string): Promise<void> {
  await deps.database.asCaller(caller, async (trx) => {
    const found = await lockAccount(trx, userId)
    await asProduct(trx, caller, () => clearAttempts(trx, attemptKeys(found.username, '')[0]!))
    await recordAudit(trx, { action: 'identity.unlock_account', object: { kind: 'account', id: userId } })
  })
}

/** Lets a disabled account sign in again. One whose holder left stays closed. */
export async function enableAccount(
  deps: IdentityDeps,
  caller: Caller,
  userId: string,
  reason: string,
): Promise<void> {
  refuseOwn(caller, userId)
  await deps.database.asCaller(caller, async (trx) => {
    const found = await lockAccount(trx, userId)
    if (found.state !== 'disabled') throw notActive()
    await sql`update identity.account set state = 'active', state_changed_at = ${deps.clock.now()}
      where user_id = ${userId}`.execute(trx)
    await recordAudit(trx, {
      action: 'identity.enable_account',
      object: { kind: 'account', id: userId },
      purpose: reason,
    })
  })
}

export interface LockedAccount {
  readonly userId: string
  readonly username: string
  readonly state: 'active' | 'disabled' | 'left'
  readonly scope: string
}

/** Locks the account's row for the transaction; throws `identity.no_such_account` where the caller may not see it. */
export async function lockAccount(trx: Trx, userId: string): Promise<LockedAccount> {
  const { rows } = await sql<LockedAccount>`
    select user_id as "userId", username, state, scope from identity.account
    where user_id = ${userId} for update`.execute(trx)
  if (!rows[0]) throw noSuchAccount()
  return rows[0]
}

/** Throws where somebody would do to himself what another must do. */
export function refuseOwn(caller: Caller, userId: string): void {
  if (userId === caller.userId) throw ownAccount()
}
