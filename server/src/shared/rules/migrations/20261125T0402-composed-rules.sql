-- Rules composed in the console: conditions on one record, kept as the query builder writes them and compiled to bound
-- SQL when they run. Somebody draws one up and proposes it, it runs on trial, another person puts it in force or refuses
-- it. What has been proposed is never changed; the next thought is the next version.
create table rules.composed_rule (
  code text primary key check (code ~ '^ZD\d{2,3}$'),
  pack text not null,
  dataset text not null,
  created_by uuid not null default app.user_id(),
  created_at timestamptz not null
);

create table rules.composed_version (
  code text not null references rules.composed_rule,
  version integer not null check (version > 0),
  content jsonb not null,
  state text not null default 'draft'
    check (state in ('draft', 'trial', 'live', 'rejected', 'withdrawn', 'superseded', 'ended')),
  reason text check (length(reason) <= 500),
  drafted_by uuid not null default app.user_id(),
  drafted_at timestamptz not null,
  proposed_by uuid,
  proposed_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  decision text check (length(decision) <= 500),
  ended_by uuid,
  ended_at timestamptz,
  end_reason text check (length(end_reason) <= 500),
  primary key (code, version),
  -- Who draws up or proposes never decides.
  check (decided_by is null or state = 'withdrawn' or (decided_by <> proposed_by and decided_by <> drafted_by)),
  check (state = 'draft' or proposed_by is not null)
);
create unique index one_in_force on rules.composed_version (code) where state = 'live';
create unique index one_open on rules.composed_version (code) where state in ('draft', 'trial');

create function rules.keep_what_was_proposed() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (new.content <> old.content or new.proposed_by is distinct from old.proposed_by) then
    raise exception 'what has been proposed is not changed' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger proposed_is_kept before update on rules.composed_version
  for each row execute function rules.keep_what_was_proposed();

alter table rules.composed_rule enable row level security;
alter table rules.composed_rule force row level security;
alter table rules.composed_version enable row level security;
alter table rules.composed_version force row level security;
create policy composed_read on rules.composed_rule for select
  using (rules.may_read_replays() or app.has_role('system'));
create policy composed_version_read on rules.composed_version for select
  using (rules.may_read_replays() or app.has_role('system'));
create policy composed_by_editor on rules.composed_rule for insert
  with check (app.has_role('rule_editor') and created_by = app.user_id());
create policy drafted_by_editor on rules.composed_version for insert
  with check (app.has_role('rule_editor') and drafted_by = app.user_id() and state = 'draft');
create policy composed_changed_by_editor on rules.composed_version for update
  using (app.has_role('rule_editor') and (state = 'draft' or (state = 'trial' and proposed_by = app.user_id())))
  with check (app.has_role('rule_editor') and (
    (state = 'draft' and drafted_by = app.user_id())
    or (state = 'trial' and proposed_by = app.user_id())
    or (state = 'withdrawn' and decided_by = app.user_id())));
create policy composed_decided_by_another on rules.composed_version for update
  using (app.has_role('rule_approver') and state in ('trial', 'live')
    and proposed_by <> app.user_id() and drafted_by <> app.user_id())
  with check (app.has_role('rule_approver') and proposed_by <> app.user_id() and (
    (state in ('live', 'rejected') and decided_by = app.user_id())
    or state = 'superseded'
    or (state = 'ended' and ended_by = app.user_id())));
grant select, insert on rules.composed_rule to qf_app;
grant select, insert, update on rules.composed_version to qf_app;
