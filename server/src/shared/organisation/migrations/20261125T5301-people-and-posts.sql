-- Who holds which post since when, and what administrators change in the tree of units, each with its day of effect.
alter table organisation.post add column seats int not null default 1 check (seats between 1 and 200);

-- A person who holds posts. The key finds the same person again in another unit; the number itself is sealed.
create table organisation.person (
  person_id uuid primary key default uuidv7(),
  person_key text not null unique check (person_key ~ '^[0-9a-f]{64}$'),
  name text not null check (length(name) between 1 and 60),
  number_sealed bytea not null,
  entered_at timestamptz not null
);

create table organisation.post_holding (
  holding_id uuid primary key default uuidv7(),
  post_id uuid not null references organisation.post,
  person_id uuid not null references organisation.person,
  valid_from date not null,
  -- The last day; null while nobody has said when it ends.
  valid_to date,
  document_no text check (length(document_no) between 1 and 60),
  given_by uuid not null,
  given_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  check (valid_to is null or valid_to >= valid_from),
  check ((ended_by is null) = (ended_at is null) and (ended_by is null or valid_to is not null))
);
create index on organisation.post_holding (post_id, valid_from);
create index on organisation.post_holding (person_id, valid_from);

-- The register of units says what is; this says who changed it, why and by which document.
create table organisation.unit_change (
  change_id uuid primary key default uuidv7(),
  unit_code text not null,
  kind text not null check (kind in ('rename', 'recode', 'move', 'merge', 'close')),
  effective_on date not null,
  -- The name, the code, or the code of the other unit, before and after.
  was text,
  became text,
  document_no text check (length(document_no) between 1 and 60),
  reason text not null check (length(reason) > 0),
  made_by uuid not null,
  made_at timestamptz not null
);
create index on organisation.unit_change (unit_code, effective_on);

alter table organisation.person enable row level security;
alter table organisation.person force row level security;
alter table organisation.post_holding enable row level security;
alter table organisation.post_holding force row level security;
alter table organisation.unit_change enable row level security;
alter table organisation.unit_change force row level security;
create policy owner_of_person on organisation.person to current_user using (true);

-- People in posts are looked at by the discipline body within its part of the tree, by the head of the unit, and by the
-- administrator who gives the posts. Posts of organs are public; who holds them is not.
create policy holding_in_part on organisation.post_holding as restrictive to qf_app
  using (app.has_role('system') or exists (select from organisation.post p where p.post_id = post_holding.post_id
    and (p.unit_code is not null or exists (select from organisation.organ o where o.organ_code = p.organ_code
      and o.org_path >= app.scope() and o.org_path < app.scope() || '/'))));
create policy holding_read on organisation.post_holding for select to qf_app
  using (app.has_role('system') or app.has_role('system_admin') or app.has_role('principal') or app.has_role('deputy')
    or app.has_role('conduct_officer') or app.has_role('supervision_officer') or app.has_role('case_manager')
    or app.has_role('inspector_supervisor') or app.has_role('unit_head'));
create policy holding_give on organisation.post_holding for insert to qf_app
  with check (app.has_role('system') or (app.has_role('system_admin') and given_by = app.user_id()));
create policy holding_end on organisation.post_holding for update to qf_app
  using (app.has_role('system') or app.has_role('system_admin'))
  with check (app.has_role('system') or (app.has_role('system_admin') and ended_by = app.user_id()));

-- A person is in sight with one of his posts. The comparison is true of every row, so that an unsaid session is refused.
create policy person_read on organisation.person for select to qf_app
  using (name >= left(app.scope(), 0)
    and exists (select from organisation.post_holding h where h.person_id = person.person_id));
create policy person_enter on organisation.person for insert to qf_app
  with check (app.has_role('system') or app.has_role('system_admin'));

create policy unit_change_read on organisation.unit_change for select to qf_app
  using (reason >= left(app.scope(), 0)
    and exists (select from organisation.unit u where u.unit_code = unit_change.unit_code));
create policy unit_change_made on organisation.unit_change for insert to qf_app
  with check (app.has_role('system') or (app.has_role('system_admin') and made_by = app.user_id()
    and exists (select from organisation.unit u where u.unit_code = unit_change.unit_code)));

grant select, insert on organisation.person, organisation.unit_change to qf_app;
grant select, insert, update on organisation.post_holding to qf_app;

-- Finds a person by the key of his number, also one who holds posts in another part of the tree: his name is not told,
-- only whether it is the one that the administrator gave.
create function organisation.person_of_key(key text, given_name text)
  returns table (person_id uuid, same_name boolean)
  language plpgsql stable security definer set search_path = pg_catalog, organisation as $$
#variable_conflict use_column
begin
  if not (app.has_role('system') or app.has_role('system_admin')) then raise insufficient_privilege; end if;
  return query select p.person_id, p.name = given_name from organisation.person p where p.person_key = key;
end $$;

-- Whether a code was ever a unit's, wherever it lies.
create function organisation.code_in_use(code text) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, organisation as $$
begin
  if not (app.has_role('system') or app.has_role('system_admin')) then raise insufficient_privilege; end if;
  return exists (select from organisation.unit u where u.unit_code = code);
end $$;
revoke all on function organisation.person_of_key, organisation.code_in_use from public;
grant execute on function organisation.person_of_key, organisation.code_in_use to qf_app;
