import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { type Cursor, decodeCursor, encodeCursor, totalCap, totalOf } from '#ground/paging/index.ts'
import type { SampleFilter, SampleItem, SampleJudgement, SampleQuery, SampleRow } from './sampling.schema.ts'

const columns = sql`i.item_id as "itemId", i.pack, i.month, i.position, i.keys, i.on_date as "onDate", i.amount,
  i.unit_code as "unitCode", (select unit_name from organisation.unit n where n.unit_code = i.unit_code
    order by n.valid_from desc limit 1) as "unitName",
  coalesce(jsonb_path_query_first(i.record, '$[*] ? (@.dataset == "payment").rows[0].purpose') #>> '{}',
    jsonb_path_query_first(i.record, '$[*] ? (@.dataset == "invoice_line").rows[0].item_name') #>> '{}') as about,
  i.outcome, i.missed_rule as "missedRule", i.note,
  (select display_name from identity.names_of(array[i.judged_by])) as "judgedBy", i.judged_at::text as "judgedAt", i.version`

function condition(filter: SampleFilter): RawBuilder<boolean> {
  const { pack, month, outcome, rule } = filter
  return sql<boolean>`${pack ? sql`i.pack = ${pack}` : sql`true`} and ${month ? sql`i.month = ${month}` : sql`true`}
    and ${rule ? sql`i.missed_rule = ${rule}` : sql`true`} and ${outcome ? standing[outcome] : sql`true`}`
}

const standing: Readonly<Record<NonNullable<SampleFilter['outcome']>, RawBuilder<unknown>>> = {
  no_finding: sql`i.outcome = 'no_finding'`,
  missed: sql`i.outcome = 'missed'`,
  open: sql`i.outcome is null`,
  judged: sql`i.outcome is not null`,
}

/** Drawn records in sight: newest month first, in the order in which they were drawn. */
export async function listItems(
  trx: Trx,
  query: SampleQuery,
): Promise<{ items: SampleRow[]; next: string | null; total?: { count: number; capped: boolean } }> {
  const after = query.cursor ? decodeCursor(query.cursor) : undefined
  const { rows } = await sql<SampleRow>`select ${columns} from alerts.sample_item i where ${condition(query)}
      and ${after ? sql`(i.month, -i.position, i.item_id) < (${after[0]}, ${after[1]}::int, ${after[2]}::uuid)` : sql`true`}
    order by i.month desc, -i.position desc, i.item_id desc limit ${query.limit + 1}`.execute(trx)
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const cursor = last && ([last.month, -last.position, last.itemId] as Cursor)
  const next = rows.length > query.limit && cursor ? encodeCursor(cursor) : null
  if (query.cursor) return { items, next }
  const { rows: counted } = await sql<{ count: number }>`select count(*)::int as count from (
    select from alerts.sample_item i where ${condition(query)} limit ${totalCap + 1}) found`.execute(trx)
  return { items, next, total: totalOf(counted[0]!.count) }
}

export async function readItem(trx: Trx, itemId: string): Promise<SampleItem | undefined> {
  const { rows } = await sql<SampleItem>`select ${columns}, i.record from alerts.sample_item i
    where i.item_id = ${itemId}`.execute(trx)
  return rows[0]
}

/** Writes a judgement on the version that was looked at. Returns whether it took hold. */
export async function judgeItem(
  trx: Trx,
  itemId: string,
  judgement: SampleJudgement,
  at: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update alerts.sample_item set outcome = ${judgement.outcome},
      missed_rule = ${judgement.missedRule ?? null}, note = ${judgement.note ?? null}, judged_by = app.user_id(),
      judged_at = ${at}, version = version + 1
    where item_id = ${itemId} and version = ${judgement.version}`.execute(trx)
  return numAffectedRows === 1n
}

export interface Counted {
  readonly pack: string
  readonly month: string
  readonly drawn: number
  readonly judged: number
  readonly missed: number
}

/** What was found in the samples, over the records that the caller sees. */
export async function countOutcomes(trx: Trx): Promise<readonly Counted[]> {
  const { rows } = await sql<Counted>`select pack, month, count(*)::int as drawn,
      count(outcome)::int as judged, count(*) filter (where outcome = 'missed')::int as missed
    from alerts.sample_item group by pack, month order by month desc, pack`.execute(trx)
  return rows
}

export interface CountedRule {
  readonly pack: string
  readonly month: string
  readonly rule: string
  readonly missed: number
}

/** The missed findings by the rule that should have found them. */
export async function countMissedByRule(trx: Trx): Promise<readonly CountedRule[]> {
  const { rows } = await sql<CountedRule>`select pack, month, missed_rule as rule, count(*)::int as missed
    from alerts.sample_item where outcome = 'missed' group by pack, month, missed_rule order by month desc, rule`.execute(
    trx,
  )
  return rows
}
