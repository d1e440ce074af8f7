import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { Role } from '#shared/permissions/index.ts'

export interface Holding {
  readonly holdingId: string
  readonly userId: string
  readonly username: string
  readonly displayName: string
  readonly role: Role
  readonly state: 'requested' | 'active' | 'rejected' | 'ended'
  readonly validFrom: Date
  readonly validTo: Date | null
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly reason: string
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
}

const columns = sql`h.holding_id as "holdingId", h.user_id as "userId", a.username, a.display_name as "displayName",
  h.role, h.state, h.valid_from as "validFrom", h.valid_to as "validTo", h.requested_by as "requestedBy",
  h.requested_at as "requestedAt", h.reason, h.decided_by as "decidedBy", h.decided_at as "decidedAt"`

export interface NewHolding {
  readonly userId: string
  readonly role: Role
  readonly validFrom: Date
  readonly validTo: Date | null
  readonly reason: string
}

/** Adds a holding that waits for approval; with `approved` (the product's own, at first run) one that is in force. */
export async function insertHolding(
  trx: Trx,
  holding: NewHolding,
  requestedBy: string,
  now: Date,
  approved = false,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into identity.role_holding (user_id, role, state, valid_from, valid_to, requested_by, requested_at, reason,
      decided_by, decided_at)
    values (${holding.userId}, ${holding.role}, ${approved ? 'active' : 'requested'}, ${holding.validFrom},
      ${holding.validTo}, ${requestedBy}, ${now}, ${holding.reason}, ${approved ? requestedBy : null},
      ${approved ? now : null})
    returning holding_id as id`.execute(trx)
  return rows[0]!.id
}

export async function holdingById(trx: Trx, holdingId: string): Promise<Holding | undefined> {
  const { rows } = await sql<Holding>`
    select ${columns} from identity.role_holding h join identity.account a using (user_id)
    where h.holding_id = ${holdingId} for update of h`.execute(trx)
  return rows[0]
}

/** Holdings, those asked for last first: of one account, or of all that are in a state. */
export async function listHoldings(
  trx: Trx,
  filter: { readonly userId?: string | undefined; readonly state?: string | undefined },
): Promise<readonly Holding[]> {
  const { rows } = await sql<Holding>`
    select ${columns} from identity.role_holding h join identity.account a using (user_id)
    where (${filter.userId ?? null}::uuid is null or h.user_id = ${filter.userId ?? null}::uuid)
      and (${filter.state ?? null}::text is null or h.state = ${filter.state ?? null})
    order by h.requested_at desc, h.holding_id desc limit 500`.execute(trx)
  return rows
}

export async function decideHolding(
  trx: Trx,
  holdingId: string,
  state: 'active' | 'rejected',
  decidedBy: string,
  now: Date,
): Promise<void> {
  await sql`update identity.role_holding set state = ${state}, decided_by = ${decidedBy}, decided_at = ${now}
    where holding_id = ${holdingId}`.execute(trx)
}

/** Ends one holding of an account, or all. Returns the roles that ended. */
export async function endHoldings(
  trx: Trx,
  which: { readonly holdingId: string } | { readonly userId: string },
  endedBy: string,
  now: Date,
): Promise<readonly Role[]> {
  const { rows } = await sql<{ role: Role }>`
    update identity.role_holding set state = 'ended', ended_by = ${endedBy}, ended_at = ${now}
    where state in ('requested', 'active')
      and ${'holdingId' in which ? sql`holding_id = ${which.holdingId}` : sql`user_id = ${which.userId}`}
    returning role`.execute(trx)
  return rows.map((row) => row.role)
}
