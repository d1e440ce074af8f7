-- The register of prints and exports: who took what out of the system, when, by which conditions, how many rows, why, and
-- under which mark. The mark stands on what was taken. Nothing of its contents is kept here, and nothing is ever deleted.
create schema exports;
grant usage on schema exports to qf_app;

create sequence exports.mark_number;
grant usage on sequence exports.mark_number to qf_app;

create table exports.register (
  entry_id uuid primary key default uuidv7(),
  mark text not null unique,
  form text not null check (form in ('xlsx', 'csv', 'paper')),
  -- Which list or sheet: `alerts.list`, `alerts.explanation_request` …
  subject text not null check (length(subject) between 3 and 60),
  object_id text,
  -- Names and values of the conditions; values that are contents (texts searched for, numbers of persons) are left out.
  conditions jsonb not null default '{}',
  purpose text not null check (length(purpose) between 2 and 300),
  row_count integer check (row_count >= 0),
  state text not null default 'started' check (state in ('started', 'finished', 'broken')),
  user_id uuid not null default app.user_id(),
  org_path text not null collate "C" default app.scope(),
  at timestamptz not null
);
create index on exports.register (org_path, entry_id desc);
create index on exports.register (user_id, entry_id desc);

alter table exports.register enable row level security;
alter table exports.register force row level security;
-- Everyone writes what he takes, and sees it; the audit administrator sees all of his part of the tree.
create policy register_own on exports.register for select to qf_app using (user_id = app.user_id());
create policy register_audit on exports.register for select to qf_app
  using ((select app.has_role('audit_admin')) and org_path >= app.scope() and org_path < app.scope() || '/');
create policy register_write on exports.register for insert to qf_app
  with check (user_id = app.user_id() and org_path = app.scope());
create policy register_finish on exports.register for update to qf_app
  using (user_id = app.user_id() and state = 'started') with check (user_id = app.user_id());
grant select, insert on exports.register to qf_app;
grant update (row_count, state) on exports.register to qf_app;
