-- Administrators act within their own part of the tree; people who leave or move hand their open work over by a list
-- that both sign.

drop policy account_read on identity.account;
create policy account_read on identity.account for select to qf_app
  using (user_id = app.user_id() or app.has_role('system')
    or (scope >= app.scope() and scope < app.scope() || '/'
      and (app.has_role('system_admin') or app.has_role('security_admin') or app.has_role('audit_admin'))));
drop policy account_create on identity.account;
create policy account_create on identity.account for insert to qf_app
  with check (app.has_role('system')
    or (app.has_role('system_admin') and scope >= app.scope() and scope < app.scope() || '/'));
drop policy account_change on identity.account;
create policy account_change on identity.account for update to qf_app
  using (app.has_role('system')
    or (app.has_role('system_admin') and scope >= app.scope() and scope < app.scope() || '/'))
  with check (app.has_role('system')
    or (app.has_role('system_admin') and scope >= app.scope() and scope < app.scope() || '/'));

-- Whose account one sees, whose roles one sees: the inner query runs under the policy above.
drop policy holding_read on identity.role_holding;
create policy holding_read on identity.role_holding for select to qf_app
  using (app.has_role('system') or exists (select from identity.account a where a.user_id = role_holding.user_id));
drop policy holding_request on identity.role_holding;
create policy holding_request on identity.role_holding for insert to qf_app
  with check (app.has_role('system')
    or (app.has_role('system_admin') and state = 'requested' and requested_by = app.user_id()
      and exists (select from identity.account a where a.user_id = role_holding.user_id)));
drop policy holding_decide on identity.role_holding;
create policy holding_decide on identity.role_holding for update to qf_app
  using (app.has_role('system')
    or ((app.has_role('security_admin') or app.has_role('system_admin'))
      and exists (select from identity.account a where a.user_id = role_holding.user_id)))
  with check (app.has_role('system')
    or (state = 'ended' and ended_by = app.user_id())
    or (state in ('active', 'rejected') and app.has_role('security_admin') and decided_by = app.user_id()));

-- Besides what it checked before: what a holding was asked for does not change afterwards, and the roles of a unit
-- are for its people and no others.
create or replace function identity.check_holding() returns trigger
  language plpgsql security definer set search_path = pg_catalog, identity as $$
declare
  system constant uuid := '00000000-0000-7000-8000-000000000000';
  clash text;
  in_unit boolean;
begin
  if tg_op = 'UPDATE' and (new.user_id, new.role, new.requested_by) is distinct from (old.user_id, old.role, old.requested_by) then
    raise exception 'a holding stays what was asked for' using errcode = '23514', constraint = 'holding_changed';
  end if;
  if tg_op = 'UPDATE' and old.state in ('rejected', 'ended') and new.state <> old.state then
    raise exception 'a holding that ended stays ended' using errcode = '23514', constraint = 'holding_changed';
  end if;
  if new.state not in ('requested', 'active') then return new; end if;
  select unit_code is not null into in_unit from identity.account where user_id = new.user_id for update;
  if new.role = 'feed' or in_unit <> (new.role in ('unit_finance', 'unit_head')) then
    raise exception 'the role % does not fit the place', new.role
      using errcode = '23514', constraint = 'role_of_other_place';
  end if;
  if new.requested_by = new.user_id or new.decided_by = new.user_id then
    raise exception 'nobody gives himself a role' using errcode = '23514', constraint = 'own_role';
  end if;
  if new.decided_by = new.requested_by and new.requested_by <> system then
    raise exception 'who asks for a role does not approve it' using errcode = '23514', constraint = 'same_person_twice';
  end if;
  select h.role into clash from identity.role_holding h
    join permissions.exclusive_roles e on e.role = new.role and e.other = h.role
    where h.user_id = new.user_id and h.holding_id <> new.holding_id and h.state in ('requested', 'active')
      and (h.valid_to is null or h.valid_to > new.valid_from) and (new.valid_to is null or new.valid_to > h.valid_from)
    limit 1;
  if clash is not null then
    raise exception 'the roles % and % exclude each other', new.role, clash
      using errcode = '23514', constraint = 'exclusive_roles', detail = clash;
  end if;
  return new;
end $$;

-- The last one who holds an administrator's power cannot lose it: nobody could give it to another then.
create function identity.keep_last_administrator() returns trigger
  language plpgsql security definer set search_path = pg_catalog, identity as $$
declare needed text;
begin
  -- One at a time, so that two administrators cannot end each other at once.
  perform pg_advisory_xact_lock(hashtext('identity.keep_last_administrator'));
  if not exists (select from identity.account) then return null; end if;
  foreach needed in array array['system_admin', 'security_admin', 'audit_admin'] loop
    if exists (select from identity.role_holding where role = needed)
      and not exists (select from identity.role_holding h join identity.account a using (user_id)
        where h.role = needed and h.state = 'active' and h.valid_to is null and a.state = 'active') then
      raise exception 'nobody would be left as %', needed
        using errcode = '23514', constraint = 'last_administrator', detail = needed;
    end if;
  end loop;
  return null;
end $$;
create trigger keep_last_administrator after update on identity.role_holding
  for each row when (old.state = 'active' and new.state = 'ended' or new.valid_to is not null)
  execute function identity.keep_last_administrator();
create trigger keep_last_administrator after update of state on identity.account
  for each row when (old.state = 'active' and new.state <> 'active')
  execute function identity.keep_last_administrator();

-- Ending sessions is also told to whoever keeps a connection open for them (event streams): channel
-- identity_sessions_ended, payload the account.
create or replace function identity.end_sessions(
  of_user uuid, only_session uuid, but_session uuid, why text, at timestamptz
) returns int language plpgsql security definer set search_path = pg_catalog, identity as $$
declare ended int;
begin
  if not (of_user = app.user_id() or app.has_role('system')
      or (app.has_role('system_admin') and exists (select from identity.account a
        where a.user_id = of_user and a.scope >= app.scope() and a.scope < app.scope() || '/'))) then
    raise insufficient_privilege;
  end if;
  update identity.session set ended_at = at, ended_because = why
    where user_id = of_user and ended_at is null
      and (only_session is null or session_id = only_session)
      and (but_session is null or session_id <> but_session);
  get diagnostics ended = row_count;
  if ended > 0 then perform pg_notify('identity_sessions_ended', of_user::text); end if;
  return ended;
end $$;

-- When accounts were last signed in, for finding those that nobody uses. Administrators only.
create function identity.last_sign_ins(of_users uuid[]) returns table (user_id uuid, at timestamptz)
  language plpgsql stable security definer set search_path = pg_catalog, identity as $$
#variable_conflict use_column
begin
  if not (app.has_role('system_admin') or app.has_role('security_admin') or app.has_role('audit_admin')) then
    raise insufficient_privilege;
  end if;
  return query select s.user_id, max(s.started_at) from identity.session s
    where s.user_id = any (of_users) group by s.user_id;
end $$;
create index on identity.session (user_id, started_at desc);

-- Names to be shown beside what people did. Whoever is signed in may know what a colleague is called, nothing more.
create function identity.names_of(of_users uuid[]) returns table (user_id uuid, display_name text, post text)
  language sql stable security definer set search_path = pg_catalog, identity as $$
  select user_id, display_name, post from identity.account
  where user_id = any (of_users) and app.user_id() is not null
$$;

-- Who holds a role in a place now, for sending work and notices there: `places` are paths, compared exactly.
create function identity.holders_of(of_role text, places text[], at timestamptz)
  returns table (user_id uuid, scope text)
  language sql stable security definer set search_path = pg_catalog, identity as $$
  select a.user_id, coalesce(u.org_path, a.scope) from identity.account a
    join identity.role_holding h using (user_id)
    left join lateral (select org_path from organisation.unit u where u.unit_code = a.unit_code
      order by valid_from desc limit 1) u on true
  where h.role = of_role and h.state = 'active' and h.valid_from <= at and (h.valid_to is null or h.valid_to > at)
    and a.state = 'active' and coalesce(u.org_path, a.scope) = any (places) and app.user_id() is not null
$$;

create table identity.handover (
  handover_id uuid primary key default uuidv7(),
  from_user uuid not null references identity.account,
  to_user uuid not null references identity.account,
  -- Where the giver worked when the list was made: leaders of that place may sign in his stead once he has gone.
  scope text not null collate "C",
  reason text not null check (length(reason) > 0),
  created_by uuid not null,
  created_at timestamptz not null,
  -- What is signed: the hash over the list, its giver and its receiver.
  digest text not null,
  giver_signed_by uuid references identity.account,
  giver_signed_at timestamptz,
  giver_signature bytea,
  receiver_signed_at timestamptz,
  receiver_signature bytea,
  key_id text,
  completed_at timestamptz,
  check (from_user <> to_user),
  check (completed_at is null or (giver_signature is not null and receiver_signature is not null)),
  check (giver_signed_by is distinct from to_user)
);
create unique index one_open_handover on identity.handover (from_user) where completed_at is null;
create index on identity.handover (to_user);

create table identity.handover_item (
  handover_id uuid not null references identity.handover,
  room text not null,
  kind text not null,
  item_id text not null,
  title text not null,
  primary key (handover_id, room, kind, item_id)
);

alter table identity.handover enable row level security;
alter table identity.handover force row level security;
alter table identity.handover_item enable row level security;
alter table identity.handover_item force row level security;
create policy owner_of_handover on identity.handover to current_user using (true);
create policy handover_read on identity.handover for select to qf_app
  using (app.has_role('system') or from_user = app.user_id() or to_user = app.user_id()
    or (scope >= app.scope() and scope < app.scope() || '/' and (app.has_role('system_admin')
      or app.has_role('principal') or app.has_role('deputy') or app.has_role('unit_head'))));
create policy handover_write on identity.handover to qf_app
  using (app.has_role('system')) with check (app.has_role('system'));
-- Titles of business are for those who work on it, not for administrators.
create policy handover_item_read on identity.handover_item for select to qf_app
  using (app.has_role('system') or (not app.has_role('system_admin')
    and exists (select from identity.handover h where h.handover_id = handover_item.handover_id)));
create policy handover_item_write on identity.handover_item to qf_app
  using (app.has_role('system')) with check (app.has_role('system'));
grant select, insert, update on identity.handover to qf_app;
grant select, insert, delete on identity.handover_item to qf_app;

revoke all on function identity.keep_last_administrator, identity.last_sign_ins, identity.names_of,
  identity.holders_of from public;
grant execute on function identity.last_sign_ins, identity.names_of, identity.holders_of to qf_app;

-- How long a list is, for those who may see the handover but not what is on it.
create function identity.handover_size(of_handover uuid) returns int
  language sql stable security definer set search_path = pg_catalog, identity as $$
  select count(*)::int from identity.handover_item where handover_id = of_handover and app.user_id() is not null
$$;
revoke all on function identity.handover_size from public;
grant execute on function identity.handover_size to qf_app;
create policy owner_of_handover_item on identity.handover_item to current_user using (true);

drop policy token_read on identity.api_token;
create policy token_read on identity.api_token for select to qf_app
  using (scope >= app.scope() and scope < app.scope() || '/'
    and (app.has_role('system_admin') or app.has_role('security_admin') or app.has_role('audit_admin')));
drop policy token_request on identity.api_token;
create policy token_request on identity.api_token for insert to qf_app
  with check (app.has_role('system_admin') and state = 'requested' and requested_by = app.user_id()
    and scope >= app.scope() and scope < app.scope() || '/');
