-- The trail: one row per act or look. Appended inside the transaction whose act it records, never changed, never deleted:
-- the application may only insert, through audit.append, which takes who is asking from the session and not from the caller.
create schema audit;
grant usage on schema audit to qf_app;

create table audit.entry (
  entry_id uuid primary key default uuidv7(),
  at timestamptz not null default clock_timestamp(),
  actor_id uuid not null,
  actor_roles text not null,
  actor_scope text not null collate "C",
  session_id text,
  address text,
  action text not null,
  object_kind text,
  object_id text,
  unit_code text,
  purpose text,
  outcome text not null default 'done' check (outcome in ('done', 'refused', 'failed')),
  detail jsonb not null default '{}'
);
create index on audit.entry (at desc, entry_id desc);
create index on audit.entry (actor_id, at desc);
create index on audit.entry (object_kind, object_id, at desc);

create function audit.append(
  action text, object_kind text, object_id text, unit_code text, purpose text, outcome text, detail jsonb
) returns uuid language sql security definer set search_path = pg_catalog, audit as $$
  insert into audit.entry (actor_id, actor_roles, actor_scope, session_id, address,
    action, object_kind, object_id, unit_code, purpose, outcome, detail)
  values (app.user_id(), current_setting('app.roles'), app.scope(), nullif(current_setting('app.session', true), ''),
    nullif(current_setting('app.address', true), ''), action, object_kind, object_id, unit_code, purpose, outcome, detail)
  returning entry_id
$$;
revoke all on function audit.append from public;
grant execute on function audit.append to qf_app;
