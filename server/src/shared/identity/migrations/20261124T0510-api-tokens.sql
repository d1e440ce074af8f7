-- Tokens for machines that deliver data: made by a system administrator, good only after a security administrator has
-- approved, for one part of the tree, for some datasets and until a day.
create table identity.api_token (
  token_id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 60),
  token_hash bytea not null unique,
  scope text not null collate "C",
  datasets text[] not null check (cardinality(datasets) > 0),
  expires_at timestamptz not null,
  state text not null default 'requested' check (state in ('requested', 'active', 'rejected', 'revoked')),
  requested_by uuid not null,
  requested_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  revoked_by uuid,
  revoked_at timestamptz,
  last_used_at timestamptz,
  check (decided_by is null or decided_by <> requested_by),
  check (state in ('requested', 'revoked') or decided_by is not null)
);

alter table identity.api_token enable row level security;
alter table identity.api_token force row level security;
create policy owner_of_token on identity.api_token to current_user using (true);
create policy token_read on identity.api_token for select to qf_app
  using (app.has_role('system_admin') or app.has_role('security_admin') or app.has_role('audit_admin'));
create policy token_request on identity.api_token for insert to qf_app
  with check (app.has_role('system_admin') and state = 'requested' and requested_by = app.user_id());
create policy token_decide on identity.api_token for update to qf_app
  using (app.has_role('system_admin') or app.has_role('security_admin'))
  with check (state in ('rejected', 'revoked')
    or (state = 'active' and app.has_role('security_admin') and decided_by = app.user_id()));
grant select (token_id, name, scope, datasets, expires_at, state, requested_by, requested_at, decided_by, decided_at,
  revoked_by, revoked_at, last_used_at), insert on identity.api_token to qf_app;
grant update (state, decided_by, decided_at, revoked_by, revoked_at) on identity.api_token to qf_app;

-- What lies behind a token; nothing for one that is unknown, not approved, revoked or out of date.
create function identity.token_caller(token bytea, at timestamptz)
  returns table (token_id uuid, scope text, datasets text[])
  language plpgsql security definer set search_path = pg_catalog, identity as $$
#variable_conflict use_column
declare t identity.api_token;
begin
  select * into t from identity.api_token where token_hash = token and state = 'active' and expires_at > at;
  if not found then return; end if;
  if t.last_used_at is null or t.last_used_at < at - interval '1 minute' then
    update identity.api_token set last_used_at = at where api_token.token_id = t.token_id;
  end if;
  return query select t.token_id, t.scope, t.datasets;
end $$;
revoke all on function identity.token_caller from public;
grant execute on function identity.token_caller to qf_app;
