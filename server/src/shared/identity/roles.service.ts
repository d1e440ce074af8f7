import type { z } from 'zod'
import type { Caller } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import type { holdingSchema, roleRequestSchema } from './account.schema.ts'
import { lockAccount } from './accounts.service.ts'
import { explained } from './constraint-faults.ts'
import {
  decideHolding,
  endHoldings,
  type Holding,
  holdingById,
  insertHolding,
  listHoldings,
} from './holdings.store.ts'
import type { IdentityDeps } from './identity-deps.ts'

const noSuchHolding = defineError(
  'identity.no_such_holding',
  404,
  '没有这条角色申请，或已处理。',
  'There is no such role, or it has been decided.',
)
const badPeriod = defineError(
  'identity.bad_period',
  400,
  '终止时间须晚于生效时间。',
  'The role must end after it begins.',
)

/** Asks for a role for somebody; it is not in force until a security administrator approves it. */
export async function requestRole(
  deps: IdentityDeps,
  caller: Caller,
  userId: string,
  wanted: z.infer<typeof roleRequestSchema>,
): Promise<{ holdingId: string }> {
  const now = deps.clock.now()
  const validFrom = wanted.validFrom ? new Date(wanted.validFrom) : now
  const validTo = wanted.validTo ? new Date(wanted.validTo) : null
  if (validTo && validTo <= validFrom) throw badPeriod()
  const { role, reason } = wanted
  const work = deps.database.asCaller(caller, async (trx) => {
    await lockAccount(trx, userId)
    const holding = { userId, role, validFrom, validTo, reason }
    const holdingId = await insertHolding(trx, holding, caller.userId, now)
    await recordAudit(trx, {
      action: 'identity.request_role',
      object: { kind: 'account', id: userId },
      purpose: reason,
      detail: { role, holdingId },
    })
    return { holdingId }
  })
  return explained(work)
}

/** Approves a role or refuses it. Whoever asked for it, and whoever would get it, cannot. */
export async function decideRole(
  deps: IdentityDeps,
  caller: Caller,
  holdingId: string,
  decision: { readonly approve: boolean; readonly reason: string },
): Promise<void> {
  const work = deps.database.asCaller(caller, async (trx) => {
    const holding = await holdingById(trx, holdingId)
    if (holding?.state !== 'requested') throw noSuchHolding()
    const state = decision.approve ? 'active' : 'rejected'
    await decideHolding(trx, holdingId, state, caller.userId, deps.clock.now())
    await recordAudit(trx, {
      action: 'identity.decide_role',
      object: { kind: 'account', id: holding.userId },
      purpose: decision.reason,
      detail: { role: holding.role, holdingId, state },
    })
  })
  await explained(work)
}

/** Ends a role at once. Taking away needs no second person. */
export async function endRole(
  deps: IdentityDeps,
  caller: Caller,
  holdingId: string,
  reason: string,
): Promise<void> {
  const work = deps.database.asCaller(caller, async (trx) => {
    const holding = await holdingById(trx, holdingId)
    const open = holding?.state === 'requested' || holding?.state === 'active'
    if (!holding || !open) throw noSuchHolding()
    await endHoldings(trx, { holdingId }, caller.userId, deps.clock.now())
    await recordAudit(trx, {
      action: 'identity.end_role',
      object: { kind: 'account', id: holding.userId },
      purpose: reason,
      detail: { role: holding.role, holdingId },
    })
  })
  await explained(work)
}

export async function holdings(
  deps: IdentityDeps,
  caller: Caller,
  filter: { readonly userId?: string | undefined; readonly state?: string | undefined },
): Promise<z.infer<typeof holdingSchema>[]> {
  const found = await deps.database.asCaller(caller, (trx) => listHoldings(trx, filter))
  return found.map(onTheWire)
}

function onTheWire(holding: Holding): z.infer<typeof holdingSchema> {
  return {
    ...holding,
    validFrom: holding.validFrom.toISOString(),
    validTo: holding.validTo?.toISOString() ?? null,
    requestedAt: holding.requestedAt.toISOString(),
    decidedAt: holding.decidedAt?.toISOString() ?? null,
  }
}
