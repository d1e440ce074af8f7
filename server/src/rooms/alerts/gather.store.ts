import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'

/** When a batch is taken: the instant, and the day in Shanghai from which terms run. */
export interface Moment {
  readonly at: Date
  readonly today: CalendarDate
}

export interface Gathered {
  readonly raised: number
  readonly dispatched: number
  readonly reopened: number
}

const severity = (level: RawBuilder<unknown>) => sql`array_position(array['red', 'yellow', 'blue'], ${level})`

/** Whether the unit must not learn of a hit: its rule, or its condition, looks into the watch list. */
const hidden = sql`alerts.is_undisclosed(rule, condition, p.undisclosed_rules)`

/** One batch at a time: two of them might raise an alert for the same anchor. */
export async function lockGathering(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(464601)`.execute(trx)
}

/**
 * Decides what each anchor of the batch is to become: a table `incoming_alert` with one row per alert, new or known,
 * with its level by the pack's decision table. Hits that say nothing new are dropped from the batch.
 */
export async function summarise(trx: Trx): Promise<void> {
  await sql`delete from incoming_hit i using alerts.alert_hit h
    where h.hit_id = i.hit_id and h.evidence_hash = i.evidence_hash`.execute(trx)
  await sql`create temporary table incoming_alert on commit drop as
    with every_hit as (
      select pack, anchor, rule, level, condition, unit_code, on_date, amount, counterparty, economic_code, evidence,
        message_zh, message_en, person_keys, true as arrives from incoming_hit
      union all
      select h.pack, a.anchor, h.rule, h.level, h.condition, a.unit_code, h.on_date, h.amount, h.counterparty,
        h.economic_code, h.evidence, h.message_zh, h.message_en, h.person_keys, false
      from alerts.alert a join alerts.alert_hit h using (alert_id)
      where (a.pack, a.anchor) in (select pack, anchor from incoming_hit)
        and h.hit_id not in (select hit_id from incoming_hit)
    ), gathered as (
      select e.pack, e.anchor, max(unit_code) as unit_code, max(on_date) as on_date, max(amount) as amount,
        array_agg(rule order by ${severity(sql`level`)}, amount desc, rule) as rules,
        array_agg(rule || '.' || condition) as conditions, array_agg(level) as hit_levels,
        (array_agg(message_zh order by ${severity(sql`level`)}, amount desc, rule))[1] as message_zh,
        (array_agg(message_en order by ${severity(sql`level`)}, amount desc, rule))[1] as message_en,
        (array_agg(message_zh order by ${hidden}, ${severity(sql`level`)}, amount desc, rule))[1] as unit_message_zh,
        (array_agg(message_en order by ${hidden}, ${severity(sql`level`)}, amount desc, rule))[1] as unit_message_en,
        coalesce(array_agg(rule order by ${severity(sql`level`)}, amount desc, rule)
          filter (where not ${hidden}), '{}') as disclosed_rules,
        coalesce(max(amount) filter (where not ${hidden}), 0) as unit_amount,
        bool_or(arrives and not ${hidden}) as tells_unit,
        max(counterparty) as counterparty, 
        coalesce(max(economic_code), max(nullif(split_part(evidence->>p.category_evidence, '、', 1), ''))) as category
      from every_hit e join alerts.pack p using (pack) group by e.pack, e.anchor
    ), persons as (
      select pack, anchor, array_agg(distinct person) as person_keys
      from every_hit, unnest(person_keys) as person group by pack, anchor
    ), places as (
      select unit_code, organisation.unit_path(unit_code) as org_path from (select distinct unit_code from gathered) u
    )
    select g.*, coalesce(p.person_keys, '{}') as person_keys, coalesce(a.alert_id, uuidv7()) as alert_id,
      a.alert_id is null as is_new, a.state as old_state, a.dispatched_at is not null as was_dispatched,
      coalesce(d.level, g.hit_levels[1]) as level, d.position as graded_by,
      d.title_zh as grade_zh, d.title_en as grade_en,
      w.org_path, coalesce(m.mode, 'manual') as mode
    from gathered g
    join places w on w.unit_code is not distinct from g.unit_code
    left join persons p using (pack, anchor)
    left join alerts.alert a on a.pack = g.pack and a.anchor = g.anchor
    left join lateral (
      select d.level, d.position, d.title_zh, d.title_en from alerts.grading d where d.pack = g.pack
        and (d.hit_level is null or d.hit_level && g.hit_levels)
        and (d.rules is null or d.rules && g.rules)
        and (d.conditions is null or d.conditions && g.conditions)
        and (d.min_rules is null or cardinality(g.rules) >= d.min_rules)
        and (d.min_amount is null or g.amount >= d.min_amount)
      order by d.position limit 1) d on true
    left join alerts.pack_dispatch m on m.pack = g.pack and m.level = coalesce(d.level, g.hit_levels[1])`.execute(
    trx,
  )
}

/** Whether an arriving alert goes to its unit by itself: its level says so, there is a unit, and something may be shown. */
const goesOut = sql`(i.mode = 'automatic' and i.org_path like '%.U%' and cardinality(i.disclosed_rules) > 0)`

/** The term that starts today for a state of the batch's alerts, by pack and level. */
const startingTerm = (today: CalendarDate) => sql`
  lateral (select t.workdays, calendar.add_workdays(${today}::date, t.workdays) as due_on from alerts.pack_term t
    where t.pack = i.pack and t.level = i.level and t.term = case when i.state = 'dispatched' then 'explain' else 'dispatch' end
      and (i.state = 'dispatched' or i.mode <> 'record')) t on true`

/** Fixes the state in which each alert of the batch will be: a known one that is open stays, a closed one opens again. */
export async function decideArrivals(trx: Trx, { at }: Moment): Promise<void> {
  await sql`alter table incoming_alert add column state text, add column reopens boolean, add column goes_out boolean`.execute(
    trx,
  )
  await sql`update incoming_alert i set mode = 'manual' where mode = 'automatic' and person_keys <> '{}'
    and alerts.only_concerned(i.pack, i.org_path, i.person_keys, ${at})`.execute(trx)
  await sql`update incoming_alert i set
    reopens = coalesce(i.old_state = 'closed', false),
    goes_out = (i.is_new and ${goesOut}) or (i.old_state = 'closed' and i.was_dispatched and i.tells_unit),
    state = case
      when i.is_new and ${goesOut} then 'dispatched'
      when i.is_new then 'raised'
      when i.old_state = 'closed' and i.was_dispatched then case when i.tells_unit then 'dispatched' else 'held' end
      when i.old_state = 'closed' then 'raised'
      else i.old_state end`.execute(trx)
}

/** Writes the new alerts and brings the known ones up to date. */
export async function writeAlerts(trx: Trx, { at, today }: Moment): Promise<void> {
  await sql`insert into alerts.alert (alert_id, number, pack, anchor, level, graded_by, state, unit_code, org_path, on_date,
      amount, main_rule, rules, counterparty, category, message_zh, message_en, person_keys, raised_at, dispatched_at,
      state_since, term_from, term_days, due_on, grade_zh, grade_en)
    select i.alert_id, 'YJ' || left(${today}, 4) || lpad(nextval('alerts.alert_number')::text, 8, '0'), i.pack, i.anchor,
      i.level, i.graded_by, i.state, i.unit_code, i.org_path, i.on_date, i.amount, i.rules[1], i.rules, i.counterparty,
      i.category, i.message_zh, i.message_en, i.person_keys, ${at}, case when i.goes_out then ${at}::timestamptz end, ${at},
      case when t.workdays is not null then ${today}::date end, t.workdays, t.due_on,
      i.grade_zh, i.grade_en
    from incoming_alert i left join ${startingTerm(today)}
    where i.is_new`.execute(trx)
  await sql`update alerts.alert a set level = i.level, graded_by = i.graded_by, grade_zh = i.grade_zh,
      grade_en = i.grade_en, on_date = i.on_date, amount = i.amount,
      main_rule = i.rules[1], rules = i.rules, message_zh = i.message_zh, message_en = i.message_en,
      person_keys = i.person_keys, version = a.version + 1, state = i.state,
      reopened = a.reopened + i.reopens::int,
      state_since = case when i.reopens then ${at}::timestamptz else a.state_since end,
      closed_at = case when i.reopens then null else a.closed_at end,
      verdict = case when i.reopens then null else a.verdict end,
      verdict_reason = case when i.reopens then null else a.verdict_reason end,
      held_reason = case when i.state = 'held' and i.reopens then 'undisclosed evidence' else a.held_reason end,
      rung = case when i.reopens then 0 else a.rung end,
      term_from = case when i.reopens then t.from_day else a.term_from end,
      term_days = case when i.reopens then t.workdays else a.term_days end,
      due_on = case when i.reopens then t.due_on else a.due_on end
    from (select i.*, case when t.workdays is not null then ${today}::date end as from_day, t.workdays, t.due_on
      from incoming_alert i left join ${startingTerm(today)}) as i
      cross join lateral (select i.from_day, i.workdays, i.due_on) t
    where not i.is_new and a.alert_id = i.alert_id`.execute(trx)
}

export async function writeHits(trx: Trx, { at }: Moment): Promise<void> {
  await sql`insert into alerts.alert_hit (hit_id, alert_id, org_path, pack, rule, rule_version, level, condition, keys,
      on_date, amount, counterparty, economic_code, message_zh, message_en, evidence, evidence_hash, evidence_version,
      person_keys, raised_at, seen_at)
    select h.hit_id, i.alert_id, i.org_path, h.pack, h.rule, h.rule_version, h.level, h.condition, h.keys, h.on_date,
      h.amount, h.counterparty, h.economic_code, h.message_zh, h.message_en, h.evidence, h.evidence_hash,
      h.evidence_version, i.person_keys, ${at}, ${at}
    from incoming_hit h join incoming_alert i using (pack, anchor)
    on conflict (hit_id) do update set rule_version = excluded.rule_version, level = excluded.level,
      condition = excluded.condition, on_date = excluded.on_date, amount = excluded.amount, evidence = excluded.evidence,
      evidence_hash = excluded.evidence_hash, evidence_version = excluded.evidence_version,
      message_zh = excluded.message_zh, message_en = excluded.message_en, person_keys = excluded.person_keys,
      seen_at = excluded.seen_at`.execute(trx)
  await sql`update alerts.alert_hit h set person_keys = i.person_keys from incoming_alert i
    where h.alert_id = i.alert_id and h.person_keys <> i.person_keys`.execute(trx)
}

/** Gives the units what goes out to them, and what they have already is brought up to date. */
export async function writeUnitItems(trx: Trx, { at }: Moment): Promise<void> {
  await sql`insert into alerts.unit_item (alert_id, number, pack, level, state, unit_code, org_path, on_date, amount, rules,
      message_zh, message_en, person_keys, dispatched_at, state_since, term_from, term_days, due_on)
    select a.alert_id, a.number, a.pack, a.level, 'dispatched', a.unit_code, a.org_path, a.on_date, i.unit_amount,
      i.disclosed_rules, i.unit_message_zh, i.unit_message_en, a.person_keys, ${at}, ${at}, a.term_from, a.term_days, a.due_on
    from incoming_alert i join alerts.alert a using (alert_id) where i.goes_out
    on conflict (alert_id) do update set state = 'dispatched', level = excluded.level, amount = excluded.amount,
      rules = excluded.rules, message_zh = excluded.message_zh, message_en = excluded.message_en,
      person_keys = excluded.person_keys, state_since = excluded.state_since, term_from = excluded.term_from,
      term_days = excluded.term_days, due_on = excluded.due_on, verdict = null, verdict_reason = null,
      version = unit_item.version + 1`.execute(trx)
  await sql`update alerts.unit_item u set level = i.level, amount = i.unit_amount, rules = i.disclosed_rules,
      message_zh = i.unit_message_zh, message_en = i.unit_message_en, person_keys = i.person_keys, version = u.version + 1
    from incoming_alert i where u.alert_id = i.alert_id and not i.is_new and not i.goes_out and i.tells_unit`.execute(
    trx,
  )
}

/** Puts on record what the batch did, and counts it. */
export async function writeArrivalEvents(trx: Trx, { at }: Moment): Promise<Gathered> {
  await sql`insert into alerts.event (alert_id, at, actor, kind, to_unit, detail)
    select alert_id, ${at}, 'system', kind, to_unit, jsonb_build_object('level', level, 'rules', rules)
    from incoming_alert i cross join lateral (values
      ('raised', false, i.is_new), ('dispatched', true, i.is_new and i.goes_out),
      ('evidence_added', i.was_dispatched and i.tells_unit, not i.is_new), ('reopened', i.goes_out, i.reopens)
    ) as happened(kind, to_unit, did) where did`.execute(trx)
  const { rows } = await sql<Gathered>`select count(*) filter (where is_new)::int as raised,
    count(*) filter (where is_new and goes_out)::int as dispatched, count(*) filter (where reopens)::int as reopened
    from incoming_alert`.execute(trx)
  return rows[0]!
}

/** Tells the streams that something changed, once for each place and audience. */
export async function announceArrivals(trx: Trx): Promise<void> {
  await sql`select pg_notify('qingfeng', json_build_object('topic', 'alerts', 'path', org_path, 'audience', audience,
      'ids', case when count(*) <= 20 then json_agg(alert_id) else '[]'::json end)::text)
    from incoming_alert i cross join lateral (values ('office', true), ('unit', i.goes_out or (i.was_dispatched and i.tells_unit)))
      as told(audience, hears) where hears group by org_path, audience`.execute(trx)
}
