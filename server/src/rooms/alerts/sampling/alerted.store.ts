import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'

/** Of these anchors of a pack, those at which an alert had been raised by then. */
export async function alertedAnchors(
  trx: Trx,
  pack: string,
  anchors: readonly string[],
  until: Date,
): Promise<readonly string[]> {
  const { rows } = await sql<{ anchor: string }>`select anchor from alerts.alert
    where pack = ${pack} and anchor = any (${anchors as string[]}::text[]) and raised_at <= ${until}::timestamptz`.execute(
    trx,
  )
  return rows.map(({ anchor }) => anchor)
}

export interface GroupHit {
  readonly hitId: string
  readonly rule: string
}

/** A unit's hits at groups of records, not at one, in alerts that had been raised by then. */
export async function groupHitsOf(
  trx: Trx,
  of: {
    readonly pack: string
    readonly unitCode: string
    readonly rules: readonly string[]
    readonly key: readonly string[]
    readonly until: Date
  },
): Promise<readonly GroupHit[]> {
  const { rows } = await sql<GroupHit>`select h.hit_id as "hitId", h.rule
    from alerts.alert a join alerts.alert_hit h using (alert_id)
    where a.pack = ${of.pack} and a.unit_code = ${of.unitCode} and h.rule = any (${of.rules as string[]}::text[])
      and not exists (select from unnest(${of.key as string[]}::text[]) as named where coalesce(h.keys ->> named, '') <> '')
      and a.raised_at <= ${of.until}::timestamptz`.execute(trx)
  return rows
}
