import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { Attachment } from '#shared/files/index.ts'
import type { AlertRow } from './alerts.schema.ts'
import { rowColumns } from './list.store.ts'

/** One hit of an alert with the evidence on which it rests. Money as yuan texts. */
export interface HitRow {
  readonly hitId: string
  readonly rule: string
  readonly ruleVersion: string
  readonly level: string
  readonly condition: string
  readonly keys: Readonly<Record<string, string | number>>
  readonly onDate: CalendarDate
  readonly amount: string
  readonly messageZh: string
  readonly messageEn: string
  readonly evidence: Readonly<Record<string, unknown>>
  readonly evidenceVersion: number
  readonly seenAt: string
}

export interface EventRow {
  readonly eventId: string
  readonly at: string
  readonly actor: 'unit' | 'office' | 'system'
  readonly actorId: string
  readonly kind: string
  readonly note: string | null
  readonly files: readonly string[]
  /** Whom to ask back, as the unit named them. */
  readonly contact: string | null
  /** The sum that this step says came back, in yuan. */
  readonly recovered: string | null
  readonly detail?: Readonly<Record<string, unknown>>
}

/** An event as it is told: with what is attached, and with the actor's name where the reader may know it. */
export interface ToldEvent extends Omit<EventRow, 'files'> {
  readonly files: readonly Attachment[]
  readonly actorName: string | null
}

/** What of an event's detail is told beside its words. */
export const toldDetail = sql`detail ->> 'contact' as contact,
  coalesce(detail ->> 'recovered', detail ->> 'recoveredAmount') as recovered`

export interface AlertHead extends AlertRow {
  readonly category: string | null
  readonly counterparty: string | null
  readonly verdictReason: string | null
  readonly irregularity: string | null
  readonly violationAmount: string | null
  readonly heldReason: string | null
  readonly rung: number
  readonly termFrom: string | null
  readonly termDays: number | null
  readonly dispatchedAt: string | null
  readonly closedAt: string | null
  readonly grade: { readonly level: string; readonly titleZh: string; readonly titleEn: string } | null
}

export async function readHead(
  trx: Trx,
  alertId: string,
  today: CalendarDate,
): Promise<AlertHead | undefined> {
  const { rows } = await sql<AlertHead>`select ${rowColumns(today)}, a.category, a.counterparty,
      a.verdict_reason as "verdictReason", a.irregularity, a.violation_amount as "violationAmount",
      a.held_reason as "heldReason", a.rung, a.term_from as "termFrom", a.term_days as "termDays",
      a.dispatched_at::text as "dispatchedAt", a.closed_at::text as "closedAt",
      (select unit_name from organisation.unit n where n.unit_code = a.unit_code order by n.valid_from desc limit 1) as "unitName",
      case when a.grade_zh is not null then
        json_build_object('level', a.level, 'titleZh', a.grade_zh, 'titleEn', a.grade_en) end as grade
    from alerts.alert a
    where a.alert_id = ${alertId}`.execute(trx)
  return rows[0]
}

export async function readHits(trx: Trx, alertId: string): Promise<readonly HitRow[]> {
  const { rows } =
    await sql<HitRow>`select hit_id as "hitId", rule, rule_version as "ruleVersion", level, condition, keys,
      on_date as "onDate", amount, message_zh as "messageZh", message_en as "messageEn", evidence,
      evidence_version as "evidenceVersion", seen_at::text as "seenAt"
    from alerts.alert_hit where alert_id = ${alertId}
    order by array_position(array['red', 'yellow', 'blue'], level), amount desc, rule`.execute(trx)
  return rows
}

export async function readEvents(trx: Trx, alertId: string): Promise<readonly EventRow[]> {
  const { rows } =
    await sql<EventRow>`select event_id as "eventId", at::text, actor, actor_id::text as "actorId", kind,
      note, files::text[] as files, ${toldDetail}, detail
    from alerts.event where alert_id = ${alertId} order by event_id`.execute(trx)
  return rows
}

export interface EarlierAlert {
  readonly alertId: string
  readonly number: string
  readonly level: string
  readonly state: string
  readonly verdict: string | null
  readonly onDate: string
  readonly amount: string
  readonly messageZh: string
  readonly messageEn: string
}

/** What else there is of the same unit with the same rules, and of the same payee or seller: at most ten of each. */
export async function readBeside(
  trx: Trx,
  alertId: string,
): Promise<{ unit: readonly EarlierAlert[]; counterparty: readonly EarlierAlert[] }> {
  const columns = sql`b.alert_id as "alertId", b.number, b.level, b.state, b.verdict, b.on_date as "onDate", b.amount,
    b.message_zh as "messageZh", b.message_en as "messageEn"`
  const { rows: unit } = await sql<EarlierAlert>`select ${columns} from alerts.alert a join alerts.alert b
      on b.unit_code = a.unit_code and b.main_rule = a.main_rule and b.alert_id <> a.alert_id
    where a.alert_id = ${alertId} order by b.raised_at desc, b.alert_id desc limit 10`.execute(trx)
  const { rows: counterparty } =
    await sql<EarlierAlert>`select ${columns} from alerts.alert a join alerts.alert b
      on b.counterparty = a.counterparty and b.alert_id <> a.alert_id
    where a.alert_id = ${alertId} order by b.raised_at desc, b.alert_id desc limit 10`.execute(trx)
  return { unit, counterparty }
}
