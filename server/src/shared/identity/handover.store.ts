import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { WorkItem } from './work-source.ts'

export interface Handover {
  readonly handoverId: string
  readonly fromUser: string
  readonly toUser: string
  readonly fromName: string
  readonly toName: string
  readonly reason: string
  readonly createdAt: Date
  readonly digest: string
  readonly giverSignedBy: string | null
  readonly giverSignedAt: Date | null
  readonly receiverSignedAt: Date | null
  readonly completedAt: Date | null
  readonly itemCount: number
}

const columns = sql`h.handover_id as "handoverId", h.from_user as "fromUser", h.to_user as "toUser",
  coalesce((select display_name from identity.names_of(array[h.from_user])), '') as "fromName",
  coalesce((select display_name from identity.names_of(array[h.to_user])), '') as "toName",
  h.reason, h.created_at as "createdAt", h.digest, h.giver_signed_by as "giverSignedBy",
  h.giver_signed_at as "giverSignedAt", h.receiver_signed_at as "receiverSignedAt", h.completed_at as "completedAt",
  identity.handover_size(h.handover_id) as "itemCount"`

/** Handovers that the caller may see: open ones first, then the latest. */
export async function listHandovers(trx: Trx, open: boolean | undefined): Promise<readonly Handover[]> {
  const filter =
    open === undefined ? sql`true` : open ? sql`completed_at is null` : sql`completed_at is not null`
  const { rows } = await sql<Handover>`select ${columns} from identity.handover h where ${filter}
    order by completed_at is not null, created_at desc limit 200`.execute(trx)
  return rows
}

export async function handoverById(trx: Trx, handoverId: string): Promise<Handover | undefined> {
  const { rows } = await sql<Handover>`
    select ${columns} from identity.handover h where handover_id = ${handoverId}`.execute(trx)
  return rows[0]
}

/** The giver's open handover, locked for the transaction. */
export async function openHandoverOf(
  trx: Trx,
  fromUser: string,
): Promise<{ handoverId: string; digest: string; toUser: string } | undefined> {
  const { rows } = await sql<{ handoverId: string; digest: string; toUser: string }>`
    select handover_id as "handoverId", digest, to_user as "toUser" from identity.handover
    where from_user = ${fromUser} and completed_at is null for update`.execute(trx)
  return rows[0]
}

export async function handoverItems(trx: Trx, handoverId: string): Promise<readonly WorkItem[]> {
  const { rows } = await sql<WorkItem>`
    select room, kind, item_id as "itemId", title from identity.handover_item
    where handover_id = ${handoverId} order by room, kind, item_id`.execute(trx)
  return rows
}

export async function insertHandover(
  trx: Trx,
  handover: {
    readonly fromUser: string
    readonly toUser: string
    readonly scope: string
    readonly reason: string
    readonly createdBy: string
    readonly now: Date
    readonly digest: string
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into identity.handover (from_user, to_user, scope, reason, created_by, created_at, digest)
    values (${handover.fromUser}, ${handover.toUser}, ${handover.scope}, ${handover.reason}, ${handover.createdBy},
      ${handover.now}, ${handover.digest})
    returning handover_id as id`.execute(trx)
  return rows[0]!.id
}

/** Puts another list in the place of the old one: signatures, which were on the old one, go. */
export async function replaceList(
  trx: Trx,
  handoverId: string,
  toUser: string,
  digest: string,
): Promise<void> {
  await sql`update identity.handover set to_user = ${toUser}, digest = ${digest}, giver_signed_by = null,
    giver_signed_at = null, giver_signature = null, receiver_signed_at = null, receiver_signature = null, key_id = null
    where handover_id = ${handoverId}`.execute(trx)
}

export async function writeItems(trx: Trx, handoverId: string, items: readonly WorkItem[]): Promise<void> {
  await sql`delete from identity.handover_item where handover_id = ${handoverId}`.execute(trx)
  await sql`insert into identity.handover_item (handover_id, room, kind, item_id, title)
    select ${handoverId}, room, kind, "itemId", title
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
      as i(room text, kind text, "itemId" text, title text)`.execute(trx)
}

export async function signAsGiver(
  trx: Trx,
  handoverId: string,
  signature: { readonly by: string; readonly at: Date; readonly bytes: Buffer; readonly keyId: string },
): Promise<void> {
  await sql`update identity.handover set giver_signed_by = ${signature.by}, giver_signed_at = ${signature.at},
    giver_signature = ${signature.bytes}, key_id = ${signature.keyId} where handover_id = ${handoverId}`.execute(
    trx,
  )
}

export async function signAsReceiver(
  trx: Trx,
  handoverId: string,
  signature: { readonly at: Date; readonly bytes: Buffer; readonly keyId: string },
): Promise<void> {
  await sql`update identity.handover set receiver_signed_at = ${signature.at},
    receiver_signature = ${signature.bytes}, key_id = ${signature.keyId} where handover_id = ${handoverId}`.execute(
    trx,
  )
}

export async function completeHandover(trx: Trx, handoverId: string, now: Date): Promise<void> {
  await sql`update identity.handover set completed_at = ${now} where handover_id = ${handoverId}`.execute(trx)
}
