-- Exceptions: what was judged normal once need not be raised again, within a scope and until a day. Proposed by who judged,
-- approved by another person. Each step leaves a row of history; an approved scope is never changed, only ended.
create sequence alerts.exception_number;
grant usage on sequence alerts.exception_number to qf_app;

create table alerts.exception (
  exception_id uuid primary key default uuidv7(),
  number text not null unique,
  alert_id uuid not null references alerts.alert,
  -- Who approves rules sees the number of the alert, not the alert.
  alert_number text not null,
  pack text not null references alerts.pack,
  rule text not null,
  -- The scope: an empty column does not restrict.
  unit_code text,
  economic_code text,
  counterparty text,
  -- Where it holds in the tree: at the unit, or below the place of who proposed it.
  org_path text not null collate "C",
  valid_from date not null,
  valid_to date not null,
  reason text not null check (length(reason) between 4 and 1000),
  approval_no text check (length(approval_no) between 2 and 60),
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'refused', 'withdrawn', 'ended')),
  person_keys text[] not null default '{}',
  proposed_by uuid not null default app.user_id(),
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  ended_on date,
  -- Ended as if it had never been: what it suppressed is raised by the next run.
  annulled boolean not null default false,
  version integer not null default 1,
  check (valid_to >= valid_from),
  check (unit_code is not null or counterparty is not null),
  check (state not in ('approved', 'ended') or approval_no is not null),
  check ((state = 'ended') = (ended_on is not null)),
  -- Who proposes never decides; only taking back is one's own.
  check (case state when 'withdrawn' then decided_by = proposed_by when 'proposed' then decided_by is null
    else decided_by <> proposed_by end)
);
create index on alerts.exception (org_path, exception_id desc);
create index on alerts.exception (alert_id);
create index on alerts.exception (rule) where state in ('approved', 'ended');

create table alerts.exception_event (
  event_id uuid primary key default uuidv7(),
  exception_id uuid not null references alerts.exception,
  at timestamptz not null,
  actor_id uuid not null default app.user_id(),
  kind text not null check (kind in ('proposed', 'approved', 'refused', 'withdrawn', 'ended', 'annulled')),
  note text
);
create index on alerts.exception_event (exception_id, event_id);

alter table alerts.exception enable row level security;
alter table alerts.exception force row level security;
alter table alerts.exception_event enable row level security;
alter table alerts.exception_event force row level security;

-- Readers of the pack in their part of the tree, and who approves rules; not whom it concerns.
create policy exception_read on alerts.exception for select to qf_app
  using (org_path >= alerts.office_scope() and org_path < alerts.office_scope() || '/'
    and (pack = any ((select alerts.readable_packs())::text[]) or (select app.has_role('rule_approver')))
    and not (person_keys && (select permissions.caller_recusals())));
-- From an alert that is before one's eyes.
create policy exception_propose on alerts.exception for insert to qf_app
  with check (state = 'proposed' and proposed_by = app.user_id()
    and org_path >= alerts.office_scope() and org_path < alerts.office_scope() || '/'
    and pack = any ((select alerts.readable_packs())::text[])
    and exists (select from alerts.alert a where a.alert_id = exception.alert_id));
create policy exception_decide on alerts.exception for update to qf_app
  using (state in ('proposed', 'approved') and (app.has_role('rule_approver') or app.has_role('deputy'))
    and org_path >= alerts.office_scope() and org_path < alerts.office_scope() || '/'
    and not (person_keys && (select permissions.caller_recusals())))
  with check (app.has_role('rule_approver') or app.has_role('deputy'));
create policy exception_take_back on alerts.exception for update to qf_app
  using (proposed_by = app.user_id() and state = 'proposed') with check (state = 'withdrawn');

-- Only forward: what was proposed is decided in the decider's own name, what was approved is only ever ended.
create function alerts.keep_to_the_steps() returns trigger language plpgsql as $$
begin
  if (old.state = 'proposed' and new.state in ('approved', 'refused', 'withdrawn') and new.decided_by = app.user_id())
    or (old.state = 'approved' and new.state = 'ended'
      and (new.decided_by, new.decided_at, new.approval_no) = (old.decided_by, old.decided_at, old.approval_no)) then
    return new;
  end if;
  raise exception 'an exception in state % does not become %', old.state, new.state using errcode = '42501';
end $$;
create trigger keep_to_the_steps before update on alerts.exception
  for each row execute function alerts.keep_to_the_steps();

create policy exception_event_read on alerts.exception_event for select to qf_app
  using (exists (select from alerts.exception e where e.exception_id = exception_event.exception_id));
create policy exception_event_add on alerts.exception_event for insert to qf_app
  with check (actor_id = app.user_id()
    and exists (select from alerts.exception e where e.exception_id = exception_event.exception_id));

grant select, insert on alerts.exception, alerts.exception_event to qf_app;
grant update (state, approval_no, decided_by, decided_at, ended_on, annulled, version) on alerts.exception to qf_app;
