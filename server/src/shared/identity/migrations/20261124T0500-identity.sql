-- Who may sign in, how that is proved, what roles they hold and which sessions are open.
create schema identity;
grant usage on schema identity to qf_app;

-- Rules for passwords, lockout and second factors. A change is a new version; the newest is in force.
create table identity.policy (
  version int generated always as identity primary key,
  settings jsonb not null,
  changed_by uuid not null,
  changed_at timestamptz not null,
  reason text not null check (length(reason) > 0)
);

create table identity.account (
  user_id uuid primary key default uuidv7(),
  username text not null check (length(username) between 2 and 40),
  -- What is compared: the same name in another case or width is the same name.
  username_key text not null generated always as (lower(normalize(username, NFKC))) stored unique,
  display_name text not null check (length(display_name) between 1 and 40),
  staff_no text check (length(staff_no) between 1 and 30),
  -- Where the person works: in an organ or office of the discipline body, or in a unit.
  organ_code text references organisation.organ,
  unit_code text,
  post text check (length(post) between 1 and 60),
  -- The path that fences what the person sees, as it was when he came; a unit's present path goes before it.
  scope text not null collate "C",
  state text not null default 'active' check (state in ('active', 'disabled', 'left')),
  oidc_subject text unique,
  mobile_sealed bytea,
  demo boolean not null default false,
  created_at timestamptz not null,
  created_by uuid not null,
  state_changed_at timestamptz not null,
  check ((organ_code is null) <> (unit_code is null))
);
create index on identity.account (unit_code);
create index on identity.account (scope);

create table identity.credential (
  user_id uuid primary key references identity.account,
  password_hash text,
  password_set_at timestamptz,
  must_change_password boolean not null default true,
  totp_sealed bytea,
  totp_confirmed boolean not null default false,
  -- The last time step whose code was used: no code counts twice.
  totp_last_step bigint
);

create table identity.former_password (
  user_id uuid not null references identity.account,
  set_at timestamptz not null,
  password_hash text not null,
  primary key (user_id, set_at)
);

create table identity.recovery_code (
  user_id uuid not null references identity.account,
  code_hash bytea not null,
  primary key (user_id, code_hash)
);

-- Failed attempts by account name and by address. Names are kept as hashes: people type passwords into the wrong field.
create table identity.attempt (
  kind text not null check (kind in ('account', 'address')),
  key_hash bytea not null,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz,
  primary key (kind, key_hash)
);

create table identity.session (
  session_id uuid primary key default uuidv7(),
  token_hash bytea not null unique,
  user_id uuid not null references identity.account,
  -- What may be done: everything, or only what is still missing for that.
  stage text not null check (stage in ('full', 'change_password', 'enrol_second_factor')),
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  absolute_end timestamptz not null,
  address text,
  agent text,
  ended_at timestamptz,
  ended_because text check (ended_because in
    ('signed_out', 'idle', 'absolute', 'ended_by_owner', 'another_sign_in', 'password_changed', 'access_ended'))
);
create index on identity.session (user_id, started_at desc) where ended_at is null;

-- A role waits until a second person approves it; it can end on a day or be ended.
create table identity.role_holding (
  holding_id uuid primary key default uuidv7(),
  user_id uuid not null references identity.account,
  role text not null,
  state text not null check (state in ('requested', 'active', 'rejected', 'ended')),
  valid_from timestamptz not null,
  valid_to timestamptz,
  requested_by uuid not null,
  requested_at timestamptz not null,
  reason text not null check (length(reason) > 0),
  decided_by uuid,
  decided_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  check (state = 'requested' or decided_by is not null or state = 'ended'),
  check (valid_to is null or valid_to > valid_from)
);
create index on identity.role_holding (user_id) where state in ('requested', 'active');
create unique index one_holding_of_a_role on identity.role_holding (user_id, role)
  where state in ('requested', 'active');

alter table identity.policy enable row level security;
alter table identity.policy force row level security;
alter table identity.account enable row level security;
alter table identity.account force row level security;
alter table identity.credential enable row level security;
alter table identity.credential force row level security;
alter table identity.former_password enable row level security;
alter table identity.former_password force row level security;
alter table identity.recovery_code enable row level security;
alter table identity.recovery_code force row level security;
alter table identity.attempt enable row level security;
alter table identity.attempt force row level security;
alter table identity.session enable row level security;
alter table identity.session force row level security;
alter table identity.role_holding enable row level security;
alter table identity.role_holding force row level security;

create policy owner_of_account on identity.account to current_user using (true);
create policy owner_of_session on identity.session to current_user using (true);
create policy owner_of_role_holding on identity.role_holding to current_user using (true);

-- The product itself (at sign-in) and the administrators; everybody sees himself.
create policy policy_read on identity.policy for select to qf_app using (settings is not null and app.user_id() is not null);
create policy policy_write on identity.policy for insert to qf_app
  with check ((app.has_role('security_admin') and changed_by = app.user_id()) or app.has_role('system'));
create policy account_read on identity.account for select to qf_app
  using (user_id = app.user_id() or app.has_role('system_admin') or app.has_role('security_admin')
    or app.has_role('audit_admin') or app.has_role('system'));
create policy account_create on identity.account for insert to qf_app
  with check (app.has_role('system_admin') or app.has_role('system'));
create policy account_change on identity.account for update to qf_app
  using (app.has_role('system_admin') or app.has_role('system'))
  with check (app.has_role('system_admin') or app.has_role('system'));
-- Proofs of identity are read and written by the product at sign-in and never on behalf of a person.
create policy credential_of_system on identity.credential to qf_app
  using (app.has_role('system')) with check (app.has_role('system'));
create policy former_password_of_system on identity.former_password to qf_app
  using (app.has_role('system')) with check (app.has_role('system'));
create policy recovery_code_of_system on identity.recovery_code to qf_app
  using (app.has_role('system')) with check (app.has_role('system'));
create policy attempt_of_system on identity.attempt to qf_app
  using (app.has_role('system')) with check (app.has_role('system'));
create policy holding_read on identity.role_holding for select to qf_app
  using (user_id = app.user_id() or app.has_role('system_admin') or app.has_role('security_admin')
    or app.has_role('audit_admin') or app.has_role('system'));
create policy holding_request on identity.role_holding for insert to qf_app
  with check (app.has_role('system')
    or (app.has_role('system_admin') and state = 'requested' and requested_by = app.user_id()));
create policy holding_decide on identity.role_holding for update to qf_app
  using (app.has_role('security_admin') or app.has_role('system_admin') or app.has_role('system'))
  with check (app.has_role('system') or state in ('rejected', 'ended')
    or (state = 'active' and app.has_role('security_admin') and decided_by = app.user_id()));

grant select, insert on identity.policy to qf_app;
grant select, insert, update on identity.account, identity.credential, identity.role_holding to qf_app;
grant select, insert, delete on identity.former_password, identity.recovery_code to qf_app;
grant select, insert, update, delete on identity.attempt to qf_app;
-- Nothing on identity.session: it is reached by the functions below only.

-- Holds by direct SQL too: nobody grants to himself, nobody approves his own request, and no two roles that exclude each
-- other. The account's row is locked, so that two grants at once cannot pass each other.
create function identity.check_holding() returns trigger
  language plpgsql security definer set search_path = pg_catalog, identity as $$
declare
  system constant uuid := '00000000-0000-7000-8000-000000000000';
  clash text;
begin
  if new.state not in ('requested', 'active') then return new; end if;
  perform from identity.account where user_id = new.user_id for update;
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
create trigger check_holding before insert or update on identity.role_holding
  for each row execute function identity.check_holding();

-- The roles that an account acts in at an instant.
create function identity.roles_at(of_user uuid, at timestamptz) returns text[]
  language sql stable security definer set search_path = pg_catalog, identity as $$
  select coalesce(array_agg(role order by role), '{}') from identity.role_holding
  where user_id = of_user and state = 'active' and valid_from <= at and (valid_to is null or valid_to > at)
$$;

-- Opens a session for somebody who has just proved who he is.
create function identity.open_session(
  token bytea, of_user uuid, new_stage text, at timestamptz, ends timestamptz, from_address text, user_agent text
) returns uuid language plpgsql security definer set search_path = pg_catalog, identity as $$
declare opened uuid;
begin
  if not app.has_role('system') then raise insufficient_privilege; end if;
  insert into identity.session (token_hash, user_id, stage, started_at, last_seen_at, absolute_end, address, agent)
  select token, user_id, new_stage, at, at, ends, from_address, left(user_agent, 200)
  from identity.account where user_id = of_user and state = 'active'
  returning session_id into opened;
  if opened is null then raise insufficient_privilege; end if;
  return opened;
end $$;

-- What lies behind a token, in one statement: ends a session whose time is over, notes that it was used (at most twice
-- a minute), and tells who it is and what he may do now. Nothing for an unknown or ended session.
create function identity.session_of(token bytea, at timestamptz, idle interval)
  returns table (session_id uuid, user_id uuid, stage text, scope text, roles text[], started_at timestamptz,
    absolute_end timestamptz, username text, display_name text, unit_code text, organ_code text, demo boolean)
  language plpgsql security definer set search_path = pg_catalog, identity as $$
#variable_conflict use_column
declare s identity.session; a identity.account; why text;
begin
  select * into s from identity.session where token_hash = token and ended_at is null;
  if not found then return; end if;
  select * into a from identity.account where account.user_id = s.user_id;
  why := case when a.state <> 'active' then 'access_ended' when s.absolute_end <= at then 'absolute'
    when s.last_seen_at + idle <= at then 'idle' end;
  if why is not null then
    update identity.session set ended_at = at, ended_because = why
      where session.session_id = s.session_id and ended_at is null;
    return;
  end if;
  if s.last_seen_at < at - interval '30 seconds' then
    update identity.session set last_seen_at = at where session.session_id = s.session_id;
  end if;
  return query select s.session_id, s.user_id, s.stage,
    coalesce((select u.org_path from organisation.unit u where u.unit_code = a.unit_code
      order by u.valid_from desc limit 1), a.scope),
    identity.roles_at(s.user_id, at), s.started_at, s.absolute_end, a.username, a.display_name, a.unit_code,
    a.organ_code, a.demo;
end $$;

-- Gives a session a new token and stage, after a step that raises what it may do.
create function identity.promote_session(of_session uuid, token bytea, new_stage text) returns void
  language plpgsql security definer set search_path = pg_catalog, identity as $$
begin
  if not app.has_role('system') then raise insufficient_privilege; end if;
  update identity.session set token_hash = token, stage = new_stage
    where session_id = of_session and ended_at is null;
end $$;

-- Ends one's own session, or (administrators and the product) anybody's. Returns how many were ended.
create function identity.end_sessions(of_user uuid, only_session uuid, but_session uuid, why text, at timestamptz)
  returns int language plpgsql security definer set search_path = pg_catalog, identity as $$
declare ended int;
begin
  if not (of_user = app.user_id() or app.has_role('system') or app.has_role('system_admin')
      or app.has_role('security_admin')) then
    raise insufficient_privilege;
  end if;
  update identity.session set ended_at = at, ended_because = why
    where user_id = of_user and ended_at is null
      and (only_session is null or session_id = only_session)
      and (but_session is null or session_id <> but_session);
  get diagnostics ended = row_count;
  return ended;
end $$;

-- One's own open sessions; no tokens.
create function identity.own_sessions(at timestamptz, idle interval)
  returns table (session_id uuid, started_at timestamptz, last_seen_at timestamptz, absolute_end timestamptz,
    address text, agent text)
  language sql stable security definer set search_path = pg_catalog, identity as $$
  select session_id, started_at, last_seen_at, absolute_end, address, agent from identity.session
  where user_id = app.user_id() and ended_at is null and absolute_end > at and last_seen_at + idle > at
  order by last_seen_at desc
$$;

-- Whether the installation has nobody yet.
create function identity.is_empty() returns boolean
  language sql stable security definer set search_path = pg_catalog, identity as $$
  select not exists (select from identity.account)
$$;

revoke all on all functions in schema identity from public;
grant execute on function identity.roles_at, identity.open_session, identity.session_of, identity.promote_session,
  identity.end_sessions, identity.own_sessions, identity.is_empty to qf_app;

insert into identity.policy (settings, changed_by, changed_at, reason) values (
  '{"minLength":10,"minClasses":3,"history":5,"maxAgeDays":90,"accountFailures":5,"accountLockMinutes":30,
    "addressFailures":20,"secondFactor":"administrators"}',
  '00000000-0000-7000-8000-000000000000', now(), '初始设置 initial settings');
