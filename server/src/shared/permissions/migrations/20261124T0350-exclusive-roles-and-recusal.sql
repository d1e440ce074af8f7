-- Which roles exclude each other, and who may not see what concerns himself or his kin. Persons are named by a keyed
-- hash of their citizen number, whose key lies outside the database.
create schema permissions;
grant usage on schema permissions to qf_app;

-- The same pairs as exclusiveRoles in roles.ts (a test compares), each in both directions.
create table permissions.exclusive_roles (role text not null, other text not null, primary key (role, other));
insert into permissions.exclusive_roles
select a, b from (values
  ('{system_admin}'::text[], '{security_admin,audit_admin}'::text[]),
  ('{security_admin}', '{audit_admin}'),
  ('{system_admin,security_admin,audit_admin}', '{principal,deputy,conduct_officer,supervision_officer,case_manager,
    inspector_supervisor,information_officer,rule_editor,rule_approver,finance_supervisor,unit_finance,unit_head,feed}'),
  ('{rule_editor}', '{rule_approver}'),
  ('{unit_finance,unit_head}', '{principal,deputy,conduct_officer,supervision_officer,case_manager,
    inspector_supervisor,finance_supervisor,rule_editor,rule_approver,information_officer}')
) as pairs(left_roles, right_roles), unnest(left_roles) as a, unnest(right_roles) as b;
insert into permissions.exclusive_roles select other, role from permissions.exclusive_roles on conflict do nothing;

-- The person behind an account.
create table permissions.person_of_user (
  user_id uuid primary key,
  person_key text not null check (person_key ~ '^[0-9a-f]{64}$')
);

-- Kin of a person, as declared or registered. One row for each direction that was stated; both directions count.
create table permissions.kinship (
  person_key text not null check (person_key ~ '^[0-9a-f]{64}$'),
  kin_key text not null check (kin_key ~ '^[0-9a-f]{64}$'),
  relation text not null,
  -- The register the fact comes from, such as `subjects`: each register replaces its own facts only.
  source text not null,
  primary key (source, person_key, kin_key)
);
create index on permissions.kinship (person_key);
create index on permissions.kinship (kin_key);

alter table permissions.exclusive_roles enable row level security;
alter table permissions.exclusive_roles force row level security;
alter table permissions.person_of_user enable row level security;
alter table permissions.person_of_user force row level security;
alter table permissions.kinship enable row level security;
alter table permissions.kinship force row level security;
create policy owner_of_exclusive_roles on permissions.exclusive_roles to current_user using (true);
create policy owner_of_person on permissions.person_of_user to current_user using (true);
create policy owner_of_kinship on permissions.kinship to current_user using (true);
-- Only the product itself writes the facts; nobody reads who is whose kin, one asks the functions below.
create policy person_write on permissions.person_of_user to qf_app
  using (app.has_role('system')) with check (app.has_role('system'));
create policy kinship_write on permissions.kinship to qf_app
  using (app.has_role('system')) with check (app.has_role('system'));
grant select, insert, update, delete on permissions.person_of_user, permissions.kinship to qf_app;

-- The person of the account and all kin: everyone whose matters the account must not see or touch.
create function permissions.recusals_of(account uuid) returns text[]
  language sql stable security definer set search_path = pg_catalog, permissions as $$
  with me as (select person_key from permissions.person_of_user where user_id = account)
  select coalesce(array_agg(distinct concerned), '{}') from (
    select person_key as concerned from me
    union all select kin_key from permissions.kinship join me using (person_key)
    union all select k.person_key from permissions.kinship k join me on k.kin_key = me.person_key) as all_concerned
$$;

-- The same for whoever asks. In a policy write `not (person_keys && (select permissions.caller_recusals()))`: so it is
-- found once for the statement and not once for each row.
create function permissions.caller_recusals() returns text[] language sql stable as $$
  select permissions.recusals_of(app.user_id())
$$;

-- Whether one of the persons is the caller or his kin.
create function permissions.concerns_caller(person_keys text[]) returns boolean language sql stable as $$
  select coalesce(person_keys && permissions.caller_recusals(), false)
$$;

create function permissions.is_recused(account uuid, person text) returns boolean language sql stable as $$
  select person = any (permissions.recusals_of(account))
$$;

revoke all on function permissions.recusals_of, permissions.caller_recusals, permissions.concerns_caller,
  permissions.is_recused from public;
grant execute on function permissions.recusals_of, permissions.caller_recusals, permissions.concerns_caller,
  permissions.is_recused to qf_app;
