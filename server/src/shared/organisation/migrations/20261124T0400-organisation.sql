-- Regions, units with their history, and the organs of the discipline body. Each has a path in one tree, `46.01.05` or
-- `46.01.U001002`, compared by bytes: what lies below a path p is >= p and < p || '/'.
create schema organisation;
grant usage on schema organisation to qf_app;

-- The path of a division from its code (2, 4, 6, 9 or 12 digits, zeros at the end meaning "the whole of"):
-- 460000 is 46, 460105 is 46.01.05, 460105001 is 46.01.05.001. Also for codes that are not in the register.
create function organisation.region_path(code text) returns text language sql immutable strict parallel safe as $$
  select regexp_replace(
    concat_ws('.', substr(code, 1, 2), nullif(substr(code, 3, 2), ''), nullif(substr(code, 5, 2), ''),
      nullif(substr(code, 7, 3), ''), nullif(substr(code, 10, 3), '')),
    '(\.0+)+$', '')
$$;

-- A code as one segment of a path. Characters up to '/' would break the order of the tree ("U1-2" would lie below
-- "U1"), so their full-width forms stand for them.
create function organisation.path_segment(code text) returns text language sql immutable strict parallel safe as $$
  select translate(code, ' !"#$%&''()*+,-./', '　！＂＃＄％＆＇（）＊＋，－．／')
$$;

create table organisation.region (
  region_code text primary key check (region_code ~ '^\d{6}(\d{3}){0,2}$'),
  name text not null check (length(name) between 1 and 60),
  parent_code text references organisation.region deferrable initially deferred,
  org_path text not null collate "C" unique generated always as (organisation.region_path(region_code)) stored
);

create table organisation.unit (
  unit_code text not null check (length(unit_code) between 1 and 32),
  valid_from date not null,
  valid_to date,
  unit_name text not null,
  credit_code text,
  region_code text not null,
  parent_code text,
  kind text,
  successor_code text,
  org_path text not null collate "C" generated always as (
    organisation.region_path(region_code) || '.U' || organisation.path_segment(unit_code)) stored,
  primary key (unit_code, valid_from),
  check (valid_to is null or valid_to >= valid_from)
);
create index on organisation.unit (org_path, unit_code);
create index on organisation.unit (credit_code);
create index on organisation.unit (successor_code);
create index on organisation.unit (parent_code);

create table organisation.organ (
  organ_code text primary key check (organ_code ~ '^[A-Za-z0-9_]{1,32}$'),
  name text not null check (length(name) between 1 and 100),
  -- An organ stands in a region; an office stands in its organ and sees what the organ sees.
  parent_code text references organisation.organ,
  region_code text not null references organisation.region,
  closed_on date,
  org_path text not null collate "C" generated always as (
    organisation.region_path(region_code) ||
    case when parent_code is null then '' else '.O' || organ_code end) stored
);
create unique index one_organ_for_a_region on organisation.organ (region_code)
  where parent_code is null and closed_on is null;

-- Posts that people hold, e.g. 主任 of an office or 财务科长 of a unit.
create table organisation.post (
  post_id uuid primary key default uuidv7(),
  organ_code text references organisation.organ,
  unit_code text,
  title text not null check (length(title) between 1 and 60),
  closed_on date,
  check ((organ_code is null) <> (unit_code is null))
);
create index on organisation.post (organ_code);
create index on organisation.post (unit_code);

-- The path of a unit as it is now (its latest version). A unit that is not registered lies at the province, the root
-- of the tree: what cannot be placed is seen there and nowhere below.
create function organisation.unit_path(code text) returns text
  language sql stable security definer set search_path = pg_catalog, organisation as $$
  select coalesce(
    (select org_path from organisation.unit where unit_code = code order by valid_from desc limit 1),
    (select org_path from organisation.region where parent_code is null order by org_path limit 1),
    '46')
$$;
revoke all on function organisation.unit_path from public;
grant execute on function organisation.unit_path to qf_app;

alter table organisation.region enable row level security;
alter table organisation.region force row level security;
alter table organisation.unit enable row level security;
alter table organisation.unit force row level security;
alter table organisation.organ enable row level security;
alter table organisation.organ force row level security;
alter table organisation.post enable row level security;
alter table organisation.post force row level security;

-- The owner's functions look past the fence also where the owner is no superuser.
create policy owner_of_region on organisation.region to current_user using (true);
create policy owner_of_unit on organisation.unit to current_user using (true);

-- Divisions and the discipline body's own structure are public knowledge; whoever has said who he is may read them. The
-- comparison is true of every row; the planner evaluates it, so that an empty table refuses the unsaid session too.
create policy region_read on organisation.region for select to qf_app using (org_path >= left(app.scope(), 0));
create policy organ_read on organisation.organ for select to qf_app using (org_path >= left(app.scope(), 0));
create policy post_read on organisation.post for select to qf_app
  using (title >= left(app.scope(), 0) and (unit_code is null
    or exists (select from organisation.unit u where u.unit_code = post.unit_code)));
create policy unit_read on organisation.unit for select to qf_app
  using (org_path >= app.scope() and org_path < app.scope() || '/');

create policy region_write on organisation.region to qf_app
  using (app.has_role('system')) with check (app.has_role('system'));
create policy unit_write on organisation.unit to qf_app
  using (app.has_role('system')) with check (app.has_role('system'));
create policy organ_write on organisation.organ to qf_app
  using (app.has_role('system') or app.has_role('system_admin'))
  with check (app.has_role('system') or app.has_role('system_admin'));
create policy post_write on organisation.post to qf_app
  using (app.has_role('system') or app.has_role('system_admin'))
  with check (app.has_role('system') or app.has_role('system_admin'));

grant select, insert, update on organisation.region, organisation.organ, organisation.post to qf_app;
grant select, insert, update, delete on organisation.unit to qf_app;

-- Published: every unit as it is now. `closed` where its last version has ended.
create view organisation.v_unit with (security_invoker = true) as
  select distinct on (u.unit_code) u.unit_code, u.unit_name, u.credit_code, u.region_code, r.name as region_name,
    u.parent_code, u.kind, u.successor_code, u.valid_from, u.valid_to, u.org_path
  from organisation.unit u left join organisation.region r using (region_code)
  order by u.unit_code, u.valid_from desc;
grant select on organisation.v_unit to qf_app;
