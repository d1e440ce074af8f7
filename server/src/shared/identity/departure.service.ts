import { sql } from 'kysely'
import type { z } from 'zod'
import { asProduct, type Caller, type Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import type { departureSchema } from './account.schema.ts'
import { type LockedAccount, lockAccount, refuseOwn } from './accounts.service.ts'
import { scopeOf } from './accounts.store.ts'
import { explained } from './constraint-faults.ts'
import { prepareHandover } from './handover.service.ts'
import { endHoldings } from './holdings.store.ts'
import type { IdentityDeps } from './identity-deps.ts'
import { endSessions } from './sessions.store.ts'

type Departure = z.infer<typeof departureSchema>

const alreadyGone = defineError(
  'identity.already_gone',
  409,
  '该账号已停用或其持有人已离任。',
  'The account is disabled already, or its holder has left.',
)
const placeNeeded = defineError(
  'identity.place_needed',
  400,
  '调动须指明调往的机关或单位。',
  'A move needs the organ or unit to which it leads.',
)

/**
 * Somebody leaves, moves or is suspended. In one transaction: his sessions end, so that his next request is refused;
 * his roles end (a suspended person keeps them for his return); and his open work goes on a list for his successor.
 * @returns the handover that now waits for its signatures, if there is open work
 */
export async function depart(
  deps: IdentityDeps,
  caller: Caller,
  userId: string,
  departure: Departure,
): Promise<{ handoverId: string | null; endedSessions: number }> {
  refuseOwn(caller, userId)
  const work = deps.database.asCaller(caller, async (trx) => {
    const account = await lockAccount(trx, userId)
    const goes = departure.kind === 'disable' ? account.state === 'active' : account.state !== 'left'
    if (!goes) throw alreadyGone()
    const now = deps.clock.now()
    const handoverId = await asProduct(trx, caller, () =>
      prepareHandover(deps, trx, account, departure.successorId, departure.reason, caller.userId),
    )
    const roles = departure.kind === 'disable' ? [] : await endHoldings(trx, { userId }, caller.userId, now)
    await writeState(trx, account, departure, now)
    const endedSessions = await endSessions(trx, userId, {}, 'access_ended', now)
    await recordAudit(trx, {
      action: `identity.${departure.kind}`,
      object: { kind: 'account', id: userId },
      purpose: departure.reason,
      detail: { roles: [...roles], endedSessions, handoverId: handoverId ?? null },
    })
    return { handoverId: handoverId ?? null, endedSessions }
  })
  return explained(work)
}

async function writeState(trx: Trx, account: LockedAccount, departure: Departure, now: Date): Promise<void> {
  if (departure.kind !== 'move') {
    const state = departure.kind === 'leave' ? 'left' : 'disabled'
    await sql`update identity.account set state = ${state}, state_changed_at = ${now}
      where user_id = ${account.userId}`.execute(trx)
    return
  }
  const { organCode, unitCode } = departure
  if ((organCode === undefined) === (unitCode === undefined)) throw placeNeeded()
  const scope = await scopeOf(trx, unitCode === undefined ? { organCode: organCode! } : { unitCode })
  await sql`update identity.account set organ_code = ${organCode ?? null}, unit_code = ${unitCode ?? null},
    scope = ${scope}, post = null, state_changed_at = ${now} where user_id = ${account.userId}`.execute(trx)
}
