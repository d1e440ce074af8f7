import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { totalCap, totalOf } from '#ground/paging/index.ts'
import type { ReplayDifference, ReplayHit, ReplayHitQuery } from './replay.schema.ts'

/** Units that a difference lists; those in which most changes come first. */
const shownUnits = 200

const counts = sql`count(*) filter (where outcome = 'new')::int as new,
  count(*) filter (where outcome = 'lost')::int as lost, count(*) filter (where outcome = 'kept')::int as kept,
  count(*) filter (where changed)::int as changed`

const nameOfUnit = sql`(select unit_name from organisation.unit n where n.unit_code = found.unit_code
  order by n.valid_from desc limit 1) as "unitName"`

/** Counts the difference over the hits that the caller may see. */
export async function readDifference(trx: Trx, replayId: string): Promise<ReplayDifference> {
  const of = sql`from rules.replay_hit where replay_id = ${replayId}`
  const total = await sql<ReplayDifference['total']>`select ${counts},
    coalesce(sum(amount_b) filter (where outcome = 'new'), 0)::numeric(18, 2)::text as "newAmount",
    coalesce(sum(amount_a) filter (where outcome = 'lost'), 0)::numeric(18, 2)::text as "lostAmount" ${of}`.execute(
    trx,
  )
  const judged = await sql<ReplayDifference['judged']>`select
    count(*) filter (where outcome = 'lost' and verdict in ('violation', 'irregular'))::int as "lostViolation",
    count(*) filter (where outcome = 'lost' and verdict = 'normal')::int as "lostNormal",
    count(*) filter (where outcome = 'kept' and verdict in ('violation', 'irregular'))::int as "keptViolation",
    count(*) filter (where outcome = 'kept' and verdict = 'normal')::int as "keptNormal" ${of}`.execute(trx)
  const units = await sql<
    ReplayDifference['units'][number]
  >`select found.unit_code as "unitCode", ${nameOfUnit},
      new, lost, kept, changed
    from (select unit_code, ${counts} ${of} group by unit_code) found
    order by new + lost + changed desc, kept desc, unit_code limit ${shownUnits}`.execute(trx)
  const levels = await sql<
    ReplayDifference['levels'][number]
  >`select level_a as "levelA", level_b as "levelB",
    count(*)::int as count ${of} group by level_a, level_b`.execute(trx)
  const months = await sql<
    ReplayDifference['months'][number]
  >`select to_char(on_date, 'YYYY-MM') as month, ${counts}
    ${of} group by 1 order by 1`.execute(trx)
  return {
    total: total.rows[0]!,
    judged: judged.rows[0]!,
    units: units.rows,
    levels: levels.rows,
    months: months.rows,
  }
}

/** One page of the hits of a replay that the caller may see, the heaviest first; the first page with the total. */
export async function listReplayHits(
  trx: Trx,
  replayId: string,
  query: ReplayHitQuery,
  after: number,
): Promise<{ items: ReplayHit[]; more: boolean; total?: { count: number; capped: boolean } }> {
  const where = condition(replayId, query)
  const { rows } = await sql<Omit<ReplayHit, 'message'> & { zh: string; en: string }>`
    select found.position, found.outcome, found.changed, found.unit_code as "unitCode", ${nameOfUnit},
      found.on_date as "onDate", found.level_a as "levelA", found.level_b as "levelB", found.amount_a::text as "amountA",
      found.amount_b::text as "amountB", found.condition_a as "conditionA", found.condition_b as "conditionB",
      found.record, found.message_zh as zh, found.message_en as en, found.verdict
    from (select * from rules.replay_hit where ${where} and position > ${after}
      order by position limit ${query.limit + 1}) found order by found.position`.execute(trx)
  const items = rows.slice(0, query.limit).map(({ zh, en, ...hit }) => ({ ...hit, message: { zh, en } }))
  const page = { items, more: rows.length > query.limit }
  if (after > 0) return page
  const counted = await sql<{ count: number }>`select count(*)::int as count
    from (select from rules.replay_hit where ${where} limit ${totalCap + 1}) found`.execute(trx)
  return { ...page, total: totalOf(counted.rows[0]!.count) }
}

function condition(replayId: string, query: ReplayHitQuery): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = [sql`replay_id = ${replayId}`]
  if (query.outcome) parts.push(sql`outcome = ${query.outcome}`)
  if (query.changed !== undefined) parts.push(sql`changed = ${query.changed}`)
  if (query.unit) parts.push(sql`unit_code = ${query.unit}`)
  if (query.level) parts.push(sql`coalesce(level_b, level_a) = ${query.level}`)
  if (query.month) {
    const first = `${query.month}-01`
    parts.push(sql`on_date >= ${first}::date and on_date < (${first}::date + interval '1 month')`)
  }
  if (query.verdict === 'normal') parts.push(sql`verdict = 'normal'`)
  if (query.verdict === 'confirmed') parts.push(sql`verdict in ('violation', 'irregular')`)
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}
