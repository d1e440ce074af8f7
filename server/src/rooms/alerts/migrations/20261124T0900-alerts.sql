-- Alerts: what the rules found, gathered per pack and anchor and handled in one loop. Two tables for two views of one
-- matter: alerts.alert is the office's, alerts.unit_item is all that the unit concerned ever sees. They change together
-- only where the unit may notice.
create schema alerts;
grant usage on schema alerts to qf_app;

-- What rules/<pack>/pack.yaml says, as far as the database decides by it; kept up to date at every start.
create table alerts.pack (
  pack text primary key,
  title_zh text not null,
  title_en text not null,
  -- Rules that look into a register the unit must not learn of; they are not shown to it.
  undisclosed_rules text[] not null default '{}'
);
create table alerts.pack_reader (
  pack text not null references alerts.pack,
  role text not null,
  primary key (pack, role)
);
-- Working days by pack, level and term (dispatch, explain, judge, rectify, confirm); no row: no term.
create table alerts.pack_term (
  pack text not null references alerts.pack,
  level text not null check (level in ('red', 'yellow', 'blue')),
  term text not null check (term in ('dispatch', 'explain', 'judge', 'rectify', 'confirm')),
  workdays integer not null check (workdays between 1 and 250),
  primary key (pack, level, term)
);
-- How a level's alerts reach their first receiver: by themselves, by hand, or not at all (record).
create table alerts.pack_dispatch (
  pack text not null references alerts.pack,
  level text not null,
  mode text not null check (mode in ('automatic', 'manual', 'record')),
  primary key (pack, level)
);
-- The decision table that makes hits a level: the first row whose conditions all hold.
create table alerts.grading (
  pack text not null references alerts.pack,
  position integer not null,
  level text not null check (level in ('red', 'yellow', 'blue')),
  title_zh text not null,
  title_en text not null,
  hit_level text[],
  rules text[],
  conditions text[],
  min_rules integer,
  min_amount numeric(18,2),
  primary key (pack, position)
);

create sequence alerts.alert_number;
grant usage on sequence alerts.alert_number to qf_app;

create table alerts.alert (
  alert_id uuid primary key default uuidv7(),
  number text not null unique,
  pack text not null references alerts.pack,
  anchor text not null,
  level text not null check (level in ('red', 'yellow', 'blue')),
  graded_by integer,
  state text not null default 'raised'
    check (state in ('raised', 'held', 'dispatched', 'explained', 'doubtful', 'rectifying', 'rectified', 'closed')),
  held_reason text,
  verdict text check (verdict in ('normal', 'irregular', 'violation', 'doubtful')),
  verdict_reason text,
  irregularity text,
  unit_code text,
  org_path text not null collate "C",
  on_date date not null,
  amount numeric(18,2) not null,
  -- Fen as an integer: its comparison may use an index under row-level security, that of numeric may not.
  amount_fen bigint not null generated always as ((amount * 100)::bigint) stored,
  main_rule text not null,
  rules text[] not null,
  counterparty text,
  category text,
  message_zh text not null,
  message_en text not null,
  person_keys text[] not null default '{}',
  violation_amount numeric(18,2),
  recovered_amount numeric(18,2) not null default 0,
  raised_at timestamptz not null,
  dispatched_at timestamptz,
  explained_at timestamptz,
  judged_at timestamptz,
  rectified_at timestamptz,
  closed_at timestamptz,
  state_since timestamptz not null,
  term_from date,
  term_days integer,
  due_on date,
  -- Whether the last term that ended was kept.
  on_time boolean,
  rung integer not null default 0,
  handed_on_at timestamptz,
  reopened integer not null default 0,
  judged_by uuid,
  version integer not null default 1,
  unique (pack, anchor)
);
create index on alerts.alert (org_path, raised_at desc, alert_id desc);
create index on alerts.alert (raised_at desc, alert_id desc);
create index on alerts.alert (level, raised_at desc, alert_id desc);
create index on alerts.alert (state, raised_at desc, alert_id desc);
create index on alerts.alert (pack, raised_at desc, alert_id desc);
create index on alerts.alert (unit_code, raised_at desc, alert_id desc);
create index on alerts.alert (amount_fen desc, alert_id desc);
create index on alerts.alert (due_on, alert_id) where state <> 'closed' and due_on is not null;
create index on alerts.alert (handed_on_at desc) where handed_on_at is not null;
create index on alerts.alert (counterparty, raised_at desc) where counterparty is not null;
create index on alerts.alert using gin (person_keys) where person_keys <> '{}';

create table alerts.alert_hit (
  hit_id text primary key,
  alert_id uuid not null references alerts.alert,
  org_path text not null collate "C",
  pack text not null,
  rule text not null,
  rule_version text not null,
  level text not null,
  condition text not null,
  keys jsonb not null,
  on_date date not null,
  amount numeric(18,2) not null,
  counterparty text,
  economic_code text,
  message_zh text not null,
  message_en text not null,
  evidence jsonb not null,
  evidence_hash text not null,
  evidence_version integer not null,
  person_keys text[] not null default '{}',
  raised_at timestamptz not null,
  seen_at timestamptz not null
);
create unique index on alerts.alert_hit (alert_id, rule);
create index on alerts.alert_hit (rule, raised_at desc, alert_id desc);

-- All that the unit sees. It has no sight of alerts.alert.
create table alerts.unit_item (
  alert_id uuid primary key references alerts.alert,
  number text not null,
  pack text not null,
  level text not null,
  state text not null check (state in ('dispatched', 'explained', 'rectifying', 'rectified', 'closed')),
  unit_code text,
  org_path text not null collate "C",
  on_date date not null,
  amount numeric(18,2) not null,
  rules text[] not null,
  message_zh text not null,
  message_en text not null,
  person_keys text[] not null default '{}',
  -- What the office asked for last: a better explanation, the rectification wanted.
  request text,
  verdict text check (verdict in ('normal', 'irregular', 'violation')),
  verdict_reason text,
  irregularity text,
  violation_amount numeric(18,2),
  recovered_amount numeric(18,2) not null default 0,
  dispatched_at timestamptz not null,
  state_since timestamptz not null,
  term_from date,
  term_days integer,
  due_on date,
  version integer not null default 1
);
create index on alerts.unit_item (org_path, dispatched_at desc, alert_id desc);
create index on alerts.unit_item (due_on) where state in ('dispatched', 'rectifying');

-- What happened, appended and never changed. to_unit: the unit sees it too.
create table alerts.event (
  event_id uuid primary key default uuidv7(),
  alert_id uuid not null references alerts.alert,
  at timestamptz not null,
  actor_id uuid not null default app.user_id(),
  actor text not null check (actor in ('unit', 'office', 'system')),
  kind text not null,
  to_unit boolean not null,
  note text,
  detail jsonb not null default '{}',
  files uuid[] not null default '{}'
);
create index on alerts.event (alert_id, event_id);

-- Handed on as a clue: beside the alert, so that nothing of it changes for anyone who must not know.
create table alerts.clue (
  alert_id uuid primary key references alerts.alert,
  number text not null unique,
  reason text not null,
  handed_on_by uuid not null default app.user_id(),
  handed_on_at timestamptz not null,
  taken_back_at timestamptz,
  taken_back_reason text
);
create sequence alerts.clue_number;
grant usage on sequence alerts.clue_number to qf_app;

-- The packs whose alerts the caller's roles may read. The product itself reads all.
create function alerts.readable_packs() returns text[] language sql stable as $$
  select coalesce(array_agg(p.pack), '{}') from alerts.pack p
  where app.has_role('system')
    or exists (select from alerts.pack_reader r where r.pack = p.pack and app.has_role(r.role))
$$;

alter table alerts.alert enable row level security;
alter table alerts.alert force row level security;
alter table alerts.alert_hit enable row level security;
alter table alerts.alert_hit force row level security;
alter table alerts.unit_item enable row level security;
alter table alerts.unit_item force row level security;
alter table alerts.event enable row level security;
alter table alerts.event force row level security;
alter table alerts.clue enable row level security;
alter table alerts.clue force row level security;

-- The office's place in the tree. A person who stands within a unit is no office, whatever roles he holds: '~' lies
-- behind every path, so nothing is in his sight.
create function alerts.office_scope() returns text language plpgsql stable as $$
declare place text := app.scope();
begin
  return case when strpos(place, '.U') > 0 then '~' else place end;
end $$;

create policy owner_of_alert on alerts.alert to current_user using (true) with check (true);
create policy owner_of_hit on alerts.alert_hit to current_user using (true) with check (true);
create policy owner_of_unit_item on alerts.unit_item to current_user using (true) with check (true);
create policy owner_of_event on alerts.event to current_user using (true) with check (true);
create policy owner_of_clue on alerts.clue to current_user using (true) with check (true);

-- The office: its part of the tree, its packs, nothing that names the asker or his kin. Case managers: only what has
-- been handed on to them.
create policy alert_office on alerts.alert to qf_app
  using (org_path >= alerts.office_scope() and org_path < alerts.office_scope() || '/'
    and (pack = any ((select alerts.readable_packs())::text[])
      or (handed_on_at is not null and (select app.has_role('case_manager'))))
    and not (person_keys && (select permissions.caller_recusals())));
create policy hit_office on alerts.alert_hit to qf_app
  using (org_path >= alerts.office_scope() and org_path < alerts.office_scope() || '/'
    and (pack = any ((select alerts.readable_packs())::text[])
      or ((select app.has_role('case_manager')) and exists (select from alerts.alert a
        where a.alert_id = alert_hit.alert_id and a.handed_on_at is not null)))
    and not (person_keys && (select permissions.caller_recusals())));

-- The unit: its own items. The office reaches the item of an alert that it sees.
create policy item_unit on alerts.unit_item for select to qf_app
  using (org_path >= app.scope() and org_path < app.scope() || '/'
    and (select app.has_role('unit_finance') or app.has_role('unit_head'))
    and not (person_keys && (select permissions.caller_recusals())));
create policy item_office on alerts.unit_item to qf_app
  using (exists (select from alerts.alert a where a.alert_id = unit_item.alert_id));

create policy event_office on alerts.event to qf_app
  using (exists (select from alerts.alert a where a.alert_id = event.alert_id));
create policy event_unit on alerts.event for select to qf_app
  using (to_unit and exists (select from alerts.unit_item u where u.alert_id = event.alert_id));
create policy event_unit_adds on alerts.event for insert to qf_app
  with check (to_unit and actor = 'unit' and actor_id = app.user_id()
    and exists (select from alerts.unit_item u where u.alert_id = event.alert_id));

create policy clue_office on alerts.clue to qf_app
  using (exists (select from alerts.alert a where a.alert_id = clue.alert_id));

grant select on alerts.pack, alerts.pack_reader, alerts.pack_term, alerts.pack_dispatch, alerts.grading to qf_app;
grant select, insert, update on alerts.alert, alerts.alert_hit, alerts.unit_item, alerts.clue to qf_app;
grant select, insert on alerts.event to qf_app;

-- Takes what a pack's description says. Only the product itself, at its start or when a change has been approved.
create function alerts.describe_pack(pack_code text, zh text, en text, undisclosed text[], readers text[],
  terms jsonb, modes jsonb, table_of_grades jsonb)
returns void language plpgsql security definer set search_path = pg_catalog, alerts as $$
begin
  if not app.has_role('system') then
    raise exception 'only the system describes a pack' using errcode = '42501';
  end if;
  insert into alerts.pack values (pack_code, zh, en, undisclosed)
    on conflict (pack) do update set title_zh = zh, title_en = en, undisclosed_rules = undisclosed;
  delete from alerts.pack_reader where pack = pack_code;
  insert into alerts.pack_reader select pack_code, role from unnest(readers) as role;
  delete from alerts.pack_term where pack = pack_code;
  insert into alerts.pack_term select pack_code, t.level, t.term, t.workdays
    from jsonb_to_recordset(terms) as t(level text, term text, workdays integer);
  delete from alerts.pack_dispatch where pack = pack_code;
  insert into alerts.pack_dispatch select pack_code, m.level, m.mode
    from jsonb_to_recordset(modes) as m(level text, mode text);
  delete from alerts.grading where pack = pack_code;
  insert into alerts.grading
    select pack_code, g.position, g.level, g.title_zh, g.title_en, g.hit_level, g.rules, g.conditions, g.min_rules, g.min_amount
    from jsonb_to_recordset(table_of_grades) as g(position integer, level text, title_zh text, title_en text,
      hit_level text[], rules text[], conditions text[], min_rules integer, min_amount numeric);
end $$;
revoke all on function alerts.describe_pack from public;
grant execute on function alerts.describe_pack to qf_app;

-- The unit's own steps on an alert that it may see in its list only: to explain, and to report the rectification. The
-- rules of the room have decided before; here is checked once more what they rest on.
create function alerts.unit_step(item uuid, to_state text, at timestamptz, recovered numeric)
returns boolean language plpgsql security definer set search_path = pg_catalog, alerts as $$
declare
  seen alerts.unit_item;
  day date := (at at time zone 'Asia/Shanghai')::date;
  next_term text := case to_state when 'explained' then 'judge' else 'confirm' end;
begin
  select * into seen from alerts.unit_item u where u.alert_id = item
    and u.org_path >= app.scope() and u.org_path < app.scope() || '/'
    and not (u.person_keys && permissions.caller_recusals()) for update;
  if seen is null or not (app.has_role('unit_finance') or app.has_role('unit_head')) then
    return false;
  end if;
  if (seen.state, to_state) not in (('dispatched', 'explained'), ('rectifying', 'rectified')) then
    return false;
  end if;
  update alerts.unit_item set state = to_state, state_since = at, term_from = null, term_days = null, due_on = null,
    recovered_amount = coalesce(recovered, recovered_amount), version = version + 1 where alert_id = item;
  update alerts.alert a set state = to_state, state_since = at, version = a.version + 1, rung = 0,
    explained_at = case to_state when 'explained' then at else a.explained_at end,
    rectified_at = case to_state when 'rectified' then at else a.rectified_at end,
    recovered_amount = coalesce(recovered, a.recovered_amount),
    on_time = a.due_on is null or day <= a.due_on,
    term_from = day,
    term_days = (select workdays from alerts.pack_term t where t.pack = a.pack and t.level = a.level and t.term = next_term),
    due_on = (select calendar.add_workdays(day, workdays) from alerts.pack_term t
      where t.pack = a.pack and t.level = a.level and t.term = next_term)
  where alert_id = item;
  return true;
end $$;
revoke all on function alerts.unit_step from public;
grant execute on function alerts.unit_step to qf_app;

-- Finding by text: numbers, sentences and units' names. The comparison with an index of word parts may not be used
-- under row-level security, so this looks past it, within the caller's part of the tree, and gives back only identifiers;
-- what the caller may see of them the table's policy decides.
create extension if not exists pg_trgm;
create index alert_text on alerts.alert using gin ((number || ' ' || message_zh || ' ' || message_en) gin_trgm_ops);

create function alerts.matching(wanted text) returns setof uuid language sql stable security definer
set search_path = pg_catalog, public, alerts as $$
  select alert_id from alerts.alert
  where (number || ' ' || message_zh || ' ' || message_en)
      ilike '%' || replace(replace(replace(wanted, '\', '\\'), '%', '\%'), '_', '\_') || '%'
    and org_path >= app.scope() and org_path < app.scope() || '/'
  limit 5000
$$;
revoke all on function alerts.matching from public;
grant execute on function alerts.matching to qf_app;

-- The hits of an item as its unit may see them: without the rules that are not disclosed.
create function alerts.disclosed_hits(item uuid) returns table ("hitId" text, rule text, "ruleVersion" text, level text,
  condition text, keys jsonb, "onDate" date, amount numeric, "messageZh" text, "messageEn" text, evidence jsonb,
  "evidenceVersion" integer, "seenAt" text)
language sql stable security definer set search_path = pg_catalog, alerts as $$
  select h.hit_id, h.rule, h.rule_version, h.level, h.condition, h.keys, h.on_date, h.amount, h.message_zh, h.message_en,
    h.evidence, h.evidence_version, h.seen_at::text
  from alerts.unit_item u join alerts.pack p using (pack) join alerts.alert_hit h using (alert_id)
  where u.alert_id = item and h.rule <> all (p.undisclosed_rules)
    and u.org_path >= app.scope() and u.org_path < app.scope() || '/'
    and (app.has_role('unit_finance') or app.has_role('unit_head'))
    and not (u.person_keys && permissions.caller_recusals())
  order by array_position(array['red', 'yellow', 'blue'], h.level), h.amount desc, h.rule
$$;
revoke all on function alerts.disclosed_hits from public;
grant execute on function alerts.disclosed_hits to qf_app;
