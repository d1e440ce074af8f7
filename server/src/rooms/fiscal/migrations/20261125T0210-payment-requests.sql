-- Payment requests, judged before anything is paid. A held one is released by finance and supervision together, never
-- by one person, never by somebody whom it names or of the unit itself.
create schema fiscal;
grant usage on schema fiscal to qf_app;

create table fiscal.payment_request (
  request_key uuid primary key default uuidv7(),
  -- The treasury's own number; payments carry it as `request_id`.
  request_no text not null unique check (length(request_no) between 1 and 40),
  sender uuid not null,
  idempotency_key text not null,
  body_hash text not null,
  unit_code text not null,
  org_path text not null collate "C",
  requested_at timestamptz not null,
  pay_on date not null,
  amount numeric(18, 2) not null,
  payee_name text,
  payee_account text,
  payee_kind text,
  purpose text,
  -- The request as it was checked, a column of the dataset `payment` each.
  content jsonb not null,
  -- By all hits, and by those of which the unit may learn.
  level text check (level in ('red', 'yellow', 'blue')),
  unit_level text check (unit_level in ('red', 'yellow', 'blue')),
  decision text not null check (decision in ('pass', 'explain', 'hold')),
  state text not null check (state in ('passed', 'explanation_owed', 'explained', 'held', 'released', 'refused')),
  explain_by date,
  person_keys text[] not null,
  judged_as_of date not null,
  milliseconds integer not null,
  answer jsonb not null,
  -- The payment that was made of it, and what is wrong with that.
  payment_id text unique,
  paid_on date,
  paid_amount numeric(18, 2),
  tied_by text check (tied_by in ('number', 'likeness')),
  payment_fault text check (payment_fault in ('while_held', 'though_refused', 'differs')),
  version integer not null default 1,
  unique (sender, idempotency_key)
);
create index on fiscal.payment_request (org_path, request_key desc);
create index on fiscal.payment_request (state, request_key desc);
create index requests_not_paid on fiscal.payment_request (unit_code, payee_account, amount) where payment_id is null;

create table fiscal.request_hit (
  request_key uuid not null references fiscal.payment_request,
  place integer not null,
  rule text not null,
  rule_version text not null,
  configuration integer not null,
  parameters jsonb not null,
  level text not null,
  condition text not null,
  amount numeric(18, 2) not null,
  keys jsonb not null,
  message_zh text not null,
  message_en text not null,
  evidence jsonb not null,
  -- It looks into the watch list: the unit must not learn of it.
  undisclosed boolean not null,
  primary key (request_key, place)
);

create table fiscal.request_event (
  event_id bigint generated always as identity primary key,
  request_key uuid not null references fiscal.payment_request,
  at timestamptz not null,
  actor_id uuid not null,
  side text not null check (side in ('system', 'finance', 'supervision', 'unit')),
  kind text not null check (kind in ('judged', 'explained', 'approved_release', 'released', 'refused', 'paid')),
  reason text,
  to_unit boolean not null,
  detail jsonb not null default '{}'
);
create index on fiscal.request_event (request_key, event_id);

-- One of each side, and never the same person twice.
create table fiscal.request_release (
  request_key uuid not null references fiscal.payment_request,
  side text not null check (side in ('finance', 'supervision')),
  released_by uuid not null,
  at timestamptz not null,
  reason text not null check (length(reason) between 1 and 1000),
  primary key (request_key, side),
  unique (request_key, released_by)
);

do $$ declare name text; begin
  foreach name in array array['payment_request', 'request_hit', 'request_event', 'request_release'] loop
    execute format('alter table fiscal.%I enable row level security', name);
    execute format('alter table fiscal.%I force row level security', name);
    execute format('create policy of_system on fiscal.%I using ((select app.has_role(''system''))) with check ((select app.has_role(''system'')))', name);
    execute format('grant select, insert on fiscal.%I to qf_app', name);
  end loop;
end $$;
grant update on fiscal.payment_request to qf_app;

-- The office: its part of the tree, nothing that names the asker or his kin.
create policy request_office on fiscal.payment_request for select to qf_app
  using (org_path >= app.scope() and org_path < app.scope() || '/'
    and (select app.has_role('finance_supervisor') or app.has_role('supervision_officer') or app.has_role('deputy')
      or app.has_role('principal'))
    and not (person_keys && (select permissions.caller_recusals())));
-- Who decides stands above the unit.
create policy request_deciders on fiscal.payment_request for update to qf_app
  using (org_path >= app.scope() and org_path < app.scope() || '/' and app.scope() !~ '\.U'
    and (select app.has_role('finance_supervisor') or app.has_role('supervision_officer'))
    and not (person_keys && (select permissions.caller_recusals())))
  with check (state in ('held', 'released', 'refused'));
create policy request_unit on fiscal.payment_request for select to qf_app
  using (org_path >= app.scope() and org_path < app.scope() || '/'
    and (select app.has_role('unit_finance') or app.has_role('unit_head'))
    and not (person_keys && (select permissions.caller_recusals())));
create policy request_explained on fiscal.payment_request for update to qf_app
  using (org_path >= app.scope() and org_path < app.scope() || '/'
    and (select app.has_role('unit_finance') or app.has_role('unit_head'))
    and not (person_keys && (select permissions.caller_recusals())))
  with check (state in ('explained', 'held'));
-- A machine: what it sent, for units of its part of the tree.
create policy request_sender on fiscal.payment_request for select to qf_app
  using ((select app.has_role('feed')) and sender = app.user_id());
create policy request_sent on fiscal.payment_request for insert to qf_app
  with check ((select app.has_role('feed')) and sender = app.user_id()
    and org_path >= app.scope() and org_path < app.scope() || '/');

create function fiscal.is_office() returns boolean language sql stable as $$
  select app.has_role('finance_supervisor') or app.has_role('supervision_officer') or app.has_role('deputy')
    or app.has_role('principal')
$$;
revoke all on function fiscal.is_office from public;
grant execute on function fiscal.is_office to qf_app;

create policy hit_seen on fiscal.request_hit for select to qf_app
  using ((not undisclosed or (select fiscal.is_office()))
    and exists (select from fiscal.payment_request r where r.request_key = request_hit.request_key));
create policy hit_sent on fiscal.request_hit for insert to qf_app
  with check ((select app.has_role('feed'))
    and exists (select from fiscal.payment_request r where r.request_key = request_hit.request_key));
create policy event_seen on fiscal.request_event for select to qf_app
  using ((to_unit or (select fiscal.is_office()))
    and exists (select from fiscal.payment_request r where r.request_key = request_event.request_key));
create policy event_added on fiscal.request_event for insert to qf_app
  with check (actor_id = app.user_id()
    and exists (select from fiscal.payment_request r where r.request_key = request_event.request_key));
create policy release_seen on fiscal.request_release for select to qf_app
  using ((select fiscal.is_office())
    and exists (select from fiscal.payment_request r where r.request_key = request_release.request_key));
create policy release_given on fiscal.request_release for insert to qf_app
  with check (released_by = app.user_id()
    and ((side = 'finance' and (select app.has_role('finance_supervisor')))
      or (side = 'supervision' and (select app.has_role('supervision_officer'))))
    and exists (select from fiscal.payment_request r where r.request_key = request_release.request_key and r.state = 'held'));
