import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { NewSampleSize, SampleDraw, SampleItem, SampleSize } from './sampling.schema.ts'

/** A record drawn, as it is kept. */
export interface DrawnRecord {
  readonly keys: Readonly<Record<string, string>>
  readonly onDate: string
  readonly amount: string
  readonly unitCode: string | null
  readonly personKeys: readonly string[]
  readonly record: SampleItem['record']
}

export interface NewDraw {
  readonly pack: string
  readonly month: string
  readonly seed: string
  readonly size: number
  readonly records: number
  readonly passedOver: number
  readonly cause: SampleDraw['cause']
}

export async function isDrawn(trx: Trx, pack: string, month: string): Promise<boolean> {
  const { rows } =
    await sql`select from alerts.sample_draw where pack = ${pack} and month = ${month}`.execute(trx)
  return rows.length > 0
}

/** Keeps a draw with its records; undefined, and nothing kept, where the month has one already. */
export async function insertDraw(
  trx: Trx,
  draw: NewDraw,
  drawn: readonly DrawnRecord[],
  at: Date,
): Promise<string | undefined> {
  const { rows } = await sql<{ drawId: string }>`
    insert into alerts.sample_draw (pack, month, seed, size, records, passed_over, cause, drawn_at, org_path)
    values (${draw.pack}, ${draw.month}, ${draw.seed}, ${draw.size}, ${draw.records}, ${draw.passedOver}, ${draw.cause},
      ${at}, organisation.unit_path(null))
    on conflict (pack, month) do nothing returning draw_id as "drawId"`.execute(trx)
  const drawId = rows[0]?.drawId
  if (!drawId) return undefined
  await sql`insert into alerts.sample_item (draw_id, position, pack, month, keys, on_date, amount, unit_code, org_path,
      person_keys, record)
    select ${drawId}::uuid, i.position, ${draw.pack}, ${draw.month}, i.item -> 'keys', (i.item ->> 'onDate')::date,
      (i.item ->> 'amount')::numeric, i.item ->> 'unitCode', organisation.unit_path(i.item ->> 'unitCode'),
      array(select jsonb_array_elements_text(i.item -> 'personKeys')), i.item -> 'record'
    from jsonb_array_elements(${JSON.stringify(drawn)}::jsonb) with ordinality as i(item, position)`.execute(
    trx,
  )
  return drawId
}

const drawColumns = sql`d.draw_id as "drawId", d.pack, d.month, d.seed, d.size, d.records, d.passed_over as "passedOver",
  d.cause, d.drawn_at::text as "drawnAt",
  (select count(*)::int from alerts.sample_item i where i.draw_id = d.draw_id) as drawn`

/** Draws in sight, newest month first. */
export async function readDraws(trx: Trx): Promise<SampleDraw[]> {
  const { rows } = await sql<SampleDraw>`select ${drawColumns} from alerts.sample_draw d
    order by d.month desc, d.pack`.execute(trx)
  return rows
}

export async function readDraw(trx: Trx, drawId: string): Promise<SampleDraw | undefined> {
  const { rows } = await sql<SampleDraw>`select ${drawColumns} from alerts.sample_draw d
    where d.draw_id = ${drawId}`.execute(trx)
  return rows[0]
}

/** The keys of a draw's records in the order in which they were drawn. As the system: it compares, and shows nothing. */
export async function readDrawnKeys(trx: Trx, drawId: string): Promise<Record<string, string>[]> {
  const { rows } = await sql<{ keys: Record<string, string> }>`select keys from alerts.sample_item
    where draw_id = ${drawId} order by position`.execute(trx)
  return rows.map(({ keys }) => keys)
}

/** The size decided for a month, the latest decision first; undefined where the pack's own holds. */
export async function sizeInForce(trx: Trx, pack: string, month: string): Promise<number | undefined> {
  const { rows } = await sql<{ size: number }>`select size from alerts.sample_size
    where pack = ${pack} and from_month <= ${month} order by from_month desc, size_id desc limit 1`.execute(
    trx,
  )
  return rows[0]?.size
}

/** All decisions in sight, newest first. */
export async function readSizes(trx: Trx): Promise<SampleSize[]> {
  const { rows } = await sql<SampleSize>`select pack, from_month as "fromMonth", size, reason,
    (select display_name from identity.names_of(array[set_by])) as "setBy",
    set_at::text as "setAt" from alerts.sample_size order by size_id desc`.execute(trx)
  return rows
}

export async function insertSize(trx: Trx, size: NewSampleSize, at: Date): Promise<SampleSize> {
  const { rows } =
    await sql<SampleSize>`insert into alerts.sample_size (pack, from_month, size, reason, set_at)
    values (${size.pack}, ${size.fromMonth}, ${size.size}, ${size.reason}, ${at})
    returning pack, from_month as "fromMonth", size, reason,
      (select display_name from identity.names_of(array[set_by])) as "setBy", set_at::text as "setAt"`.execute(
      trx,
    )
  return rows[0]!
}

/** The last month of a pack that has been drawn. */
export async function lastDrawnMonth(trx: Trx, pack: string): Promise<string | undefined> {
  const { rows } = await sql<{ month: string | null }>`select max(month) as month from alerts.sample_draw
    where pack = ${pack}`.execute(trx)
  return rows[0]?.month ?? undefined
}

/** Whether the caller stands at the root of the tree: the sample is one for all of it. */
export async function seesWhole(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{
    whole: boolean
  }>`select app.scope() = organisation.unit_path(null) as whole`.execute(trx)
  return rows[0]!.whole
}
