-- Receivers within the unit, and the question whether all of them are concerned: then nothing is dispatched to them.
alter table alerts.pack add column receivers text[] not null default '{unit_finance,unit_head}';

create function alerts.set_receivers(pack_code text, roles text[]) returns void language plpgsql security definer
set search_path = pg_catalog, alerts as $$
begin
  if not app.has_role('system') then
    raise exception 'only the system describes a pack' using errcode = '42501';
  end if;
  update alerts.pack set receivers = roles where pack = pack_code;
end $$;
revoke all on function alerts.set_receivers from public;
grant execute on function alerts.set_receivers to qf_app;

-- True where somebody would receive the alert, but everyone who would is named in it or kin of who is.
create function alerts.only_concerned(pack_code text, place text, persons text[], at timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog, alerts as $$
  select cardinality(persons) > 0
    and exists (select from notices.holders_of((select receivers from alerts.pack where pack = pack_code), place, '{}', at))
    and not exists (select from notices.holders_of((select receivers from alerts.pack where pack = pack_code), place, persons, at))
$$;
revoke all on function alerts.only_concerned from public;
grant execute on function alerts.only_concerned to qf_app;

-- A rule that looks into the watch list may do so under one of its conditions only: `ZF18` hides the rule, `ZF18.watched`
-- one condition of it.
create function alerts.is_undisclosed(rule text, condition text, undisclosed text[]) returns boolean
language sql immutable parallel safe as $$
  select rule = any (undisclosed) or rule || '.' || condition = any (undisclosed)
$$;

create or replace function alerts.disclosed_hits(item uuid) returns table ("hitId" text, rule text, "ruleVersion" text, level text,
  condition text, keys jsonb, "onDate" date, amount numeric, "messageZh" text, "messageEn" text, evidence jsonb,
  "evidenceVersion" integer, "seenAt" text)
language sql stable security definer set search_path = pg_catalog, alerts as $$
  select h.hit_id, h.rule, h.rule_version, h.level, h.condition, h.keys, h.on_date, h.amount, h.message_zh, h.message_en,
    h.evidence, h.evidence_version, h.seen_at::text
  from alerts.unit_item u join alerts.pack p using (pack) join alerts.alert_hit h using (alert_id)
  where u.alert_id = item and not alerts.is_undisclosed(h.rule, h.condition, p.undisclosed_rules)
    and u.org_path >= app.scope() and u.org_path < app.scope() || '/'
    and (app.has_role('unit_finance') or app.has_role('unit_head'))
    and not (u.person_keys && permissions.caller_recusals())
  order by array_position(array['red', 'yellow', 'blue'], h.level), h.amount desc, h.rule
$$;

-- A clue given back by the case managers: from then on they no longer see the alert, so it is done past their sight.
create function alerts.take_back(item uuid, because text, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, alerts as $$
declare place text;
begin
  select a.org_path into place from alerts.alert a where a.alert_id = item and a.handed_on_at is not null
    and a.org_path >= alerts.office_scope() and a.org_path < alerts.office_scope() || '/'
    and not (a.person_keys && permissions.caller_recusals()) for update;
  if place is null or not app.has_role('case_manager') then
    return false;
  end if;
  update alerts.clue set taken_back_at = at, taken_back_reason = because where alert_id = item;
  update alerts.alert set handed_on_at = null, version = version + 1 where alert_id = item;
  insert into alerts.event (alert_id, at, actor, kind, to_unit, note) values (item, at, 'office', 'taken_back', false, because);
  return true;
end $$;
revoke all on function alerts.take_back from public;
grant execute on function alerts.take_back to qf_app;

-- Open terms follow the calendar when a day has been corrected. Returns how many moved.
create function alerts.realign_terms() returns integer language plpgsql security definer
set search_path = pg_catalog, alerts as $$
declare moved integer;
begin
  if not app.has_role('system') then
    raise exception 'only the system realigns terms' using errcode = '42501';
  end if;
  with term as (
    select term_from, term_days, calendar.add_workdays(term_from, term_days) as due_on
    from (select distinct term_from, term_days from alerts.alert where state <> 'closed' and term_from is not null) t
  ), realigned as (
    update alerts.alert a set due_on = t.due_on from term t
    where a.state <> 'closed' and a.term_from = t.term_from and a.term_days = t.term_days and a.due_on <> t.due_on
    returning a.alert_id, t.due_on
  ), shown as (
    update alerts.unit_item u set due_on = r.due_on from realigned r
    where u.alert_id = r.alert_id and u.due_on is not null returning 1
  )
  select count(*) into moved from realigned;
  return moved;
end $$;
revoke all on function alerts.realign_terms from public;
grant execute on function alerts.realign_terms to qf_app;
create index on alerts.alert (term_from, term_days) where state <> 'closed' and term_from is not null;
