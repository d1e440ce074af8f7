import { sql } from 'kysely'
import { asProductEverywhere, type Caller, type Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { lockAccount } from './accounts.service.ts'
import {
  completeHandover,
  type Handover,
  handoverById,
  handoverItems,
  insertHandover,
  listHandovers,
  openHandoverOf,
  replaceList,
  signAsGiver,
  signAsReceiver,
  writeItems,
} from './handover.store.ts'
import { type IdentityDeps, productFor } from './identity-deps.ts'
import type { WorkItem } from './work-source.ts'

const noSuchHandover = defineError(
  'identity.no_such_handover',
  404,
  '没有这份工作交接单，或已办结。',
  'There is no such handover, or it is completed.',
)
const successorNeeded = defineError(
  'identity.successor_needed',
  409,
  '该人员尚有 {count} 项在办工作，请指定接手人。',
  'The person has {count} pieces of open work; name who takes over.',
)
const badSuccessor = defineError(
  'identity.bad_successor',
  409,
  '接手人须为另一在用账号，且管辖范围涵盖移交人的范围。',
  'The successor must be another active account whose part of the tree covers the giver’s.',
)
const listChanged = defineError(
  'identity.list_changed',
  409,
  '交接清单已更新，请重新核对后签字。',
  'The list has changed; read it again before you sign.',
)
const notYours = defineError(
  'identity.not_to_sign',
  403,
  '此交接单不由您签字，或您已签字。',
  'This handover is not yours to sign, or you have signed it.',
)

/** The open work of a person, as all rooms tell it. The caller's transaction runs as the product. */
export async function openWork(deps: IdentityDeps, trx: Trx, userId: string): Promise<readonly WorkItem[]> {
  const lists: WorkItem[][] = []
  for (const source of deps.work ?? []) {
    const items = await source.openWorkOf(trx, userId)
    lists.push(items.map((item) => ({ ...item, room: source.room })))
  }
  return lists.flat()
}

/**
 * Writes the list of a person's open work for the successor to take over, or brings the open one up to date: where the
 * list or the successor changed, what was signed before counts no more. Runs as the product.
 * @returns the handover, or undefined where there is nothing to hand over
 */
export async function prepareHandover(
  deps: IdentityDeps,
  trx: Trx,
  giver: { readonly userId: string; readonly scope: string },
  successorId: string | undefined,
  reason: string,
  createdBy: string,
): Promise<string | undefined> {
  const items = await openWork(deps, trx, giver.userId)
  if (items.length === 0) return undefined
  const open = await openHandoverOf(trx, giver.userId)
  const toUser = successorId ?? open?.toUser
  if (!toUser) throw successorNeeded({ count: items.length })
  await checkSuccessor(trx, giver, toUser)
  const digest = digestOf(deps, giver.userId, toUser, items)
  if (open) {
    if (open.digest === digest) return open.handoverId
    await replaceList(trx, open.handoverId, toUser, digest)
    await writeItems(trx, open.handoverId, items)
    return open.handoverId
  }
  const handoverId = await insertHandover(trx, {
    fromUser: giver.userId,
    toUser,
    scope: giver.scope,
    reason,
    createdBy,
    now: deps.clock.now(),
    digest,
  })
  await writeItems(trx, handoverId, items)
  await recordAudit(trx, {
    action: 'identity.prepare_handover',
    object: { kind: 'handover', id: handoverId },
    purpose: reason,
    detail: { items: items.length, from: giver.userId, to: toUser },
  })
  return handoverId
}

async function checkSuccessor(
  trx: Trx,
  giver: { readonly userId: string; readonly scope: string },
  toUser: string,
): Promise<void> {
  const { rows } = await sql`select from identity.account
    where user_id = ${toUser} and user_id <> ${giver.userId} and state = 'active'
      and ${giver.scope} >= scope and ${giver.scope} < scope || '/'`.execute(trx)
  if (rows.length === 0) throw badSuccessor()
}

function digestOf(deps: IdentityDeps, from: string, to: string, items: readonly WorkItem[]): string {
  const lines = items
    .map(({ room, kind, itemId, title }) => JSON.stringify([room, kind, itemId, title]))
    .sort()
  return deps.keyRing.hash(Buffer.from([from, to, ...lines].join('\n'), 'utf8')).toString('hex')
}

/** A person's own list, made before he goes, so that he can still sign it himself. */
export async function prepareOwnHandover(
  deps: IdentityDeps,
  caller: Caller,
  successorId: string,
  reason: string,
): Promise<{ handoverId: string | null }> {
  return deps.database.asCaller(productFor(caller), async (trx) => {
    const giver = await lockAccount(trx, caller.userId)
    const made = await prepareHandover(deps, trx, giver, successorId, reason, caller.userId)
    return { handoverId: made ?? null }
  })
}

/**
 * Signs a handover: as its receiver, as its giver, or, once the giver's access has ended, in his stead as a leader of
 * his place. With both signatures the work is the receiver's.
 * @param digest of the list that the signer read; another one is refused
 */
export async function signHandover(
  deps: IdentityDeps,
  caller: Caller,
  handoverId: string,
  digest: string,
): Promise<SeenHandover> {
  // Whether the caller may see it at all is for the database to say, in his own name.
  const visible = await deps.database.asCaller(caller, (trx) => handoverById(trx, handoverId))
  if (!visible || visible.completedAt) throw noSuchHandover()
  return deps.database.asCaller(productFor(caller), async (trx) => {
    await openHandoverOf(trx, visible.fromUser)
    const handover = await handoverById(trx, handoverId)
    if (!handover || handover.completedAt) throw noSuchHandover()
    if (handover.digest !== digest) throw listChanged()
    await addSignature(deps, trx, caller, handover)
    const signed = (await handoverById(trx, handoverId))!
    if (signed.giverSignedAt && signed.receiverSignedAt) await carryOut(deps, trx, signed)
    return { ...(await handoverById(trx, handoverId))!, awaitsMe: false }
  })
}

async function addSignature(deps: IdentityDeps, trx: Trx, caller: Caller, handover: Handover): Promise<void> {
  const at = deps.clock.now()
  const as = capacityOf(caller, handover, (await lockAccount(trx, handover.fromUser)).state !== 'active')
  if (!as) throw notYours()
  const said = [handover.handoverId, handover.digest, as, caller.userId, at.toISOString()].join('\n')
  const bytes = deps.keyRing.sign(Buffer.from(said, 'utf8'))
  const signature = { by: caller.userId, at, bytes, keyId: deps.keyRing.signingKeyId }
  if (as === 'receiver') await signAsReceiver(trx, handover.handoverId, signature)
  else await signAsGiver(trx, handover.handoverId, signature)
  await recordAudit(trx, {
    action: 'identity.sign_handover',
    object: { kind: 'handover', id: handover.handoverId },
    detail: { as, digest: handover.digest },
  })
}

/**
 * In which capacity the caller may sign now; undefined where in none.
 * @param giverGone whether the giver's access has ended, so that a leader signs in his stead
 */
function capacityOf(
  caller: Caller,
  handover: Handover,
  giverGone: boolean,
): 'receiver' | 'giver' | 'in_stead' | undefined {
  if (handover.completedAt) return undefined
  if (caller.userId === handover.toUser) return handover.receiverSignedAt ? undefined : 'receiver'
  if (handover.giverSignedAt) return undefined
  if (caller.userId === handover.fromUser) return 'giver'
  const leads = caller.roles.some((role) => ['principal', 'deputy', 'unit_head'].includes(role))
  return leads && giverGone ? 'in_stead' : undefined
}

async function carryOut(deps: IdentityDeps, trx: Trx, handover: Handover): Promise<void> {
  const items = await handoverItems(trx, handover.handoverId)
  for (const source of deps.work ?? []) {
    const own = items.filter((item) => item.room === source.room)
    if (own.length > 0) await source.handOver(trx, own, handover.fromUser, handover.toUser)
  }
  await completeHandover(trx, handover.handoverId, deps.clock.now())
  await recordAudit(trx, {
    action: 'identity.complete_handover',
    object: { kind: 'handover', id: handover.handoverId },
    detail: { items: items.length },
  })
}

/** A handover as one sees it who may have to sign it. */
export interface SeenHandover extends Handover {
  readonly awaitsMe: boolean
}

/** Says of each whether it waits for the caller's signature. Whether its giver has gone only the product may look up. */
async function seenBy(
  trx: Trx,
  caller: Caller,
  found: readonly Handover[],
): Promise<readonly SeenHandover[]> {
  const givers = found.map(({ fromUser }) => fromUser)
  const { rows } = await asProductEverywhere(trx, caller, () =>
    sql<{ userId: string }>`select user_id as "userId" from identity.account
      where user_id = any(${givers}::uuid[]) and state <> 'active'`.execute(trx),
  )
  const gone = new Set(rows.map(({ userId }) => userId))
  return found.map((one) => ({
    ...one,
    awaitsMe: capacityOf(caller, one, gone.has(one.fromUser)) !== undefined,
  }))
}

export function handovers(deps: IdentityDeps, caller: Caller, open: boolean | undefined) {
  return deps.database.asCaller(caller, async (trx) => seenBy(trx, caller, await listHandovers(trx, open)))
}

/** One handover with its list; the list is empty for an administrator, who sees only how long it is. */
export async function handover(
  deps: IdentityDeps,
  caller: Caller,
  handoverId: string,
): Promise<SeenHandover & { readonly items: readonly WorkItem[] }> {
  return deps.database.asCaller(caller, async (trx) => {
    const found = await handoverById(trx, handoverId)
    if (!found) throw noSuchHandover()
    const [seen] = await seenBy(trx, caller, [found])
    return { ...seen!, items: await handoverItems(trx, handoverId) }
  })
}
