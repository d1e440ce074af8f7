-- The watch list as people search it: a projection of the registers in the warehouse, which knows no row-level security.
create schema subjects;
grant usage on schema subjects to qf_app;

-- A person in a unit, as of a time. Person keys are keyed hashes of citizen numbers.
create table subjects.watch_post (
  person_key text not null check (person_key ~ '^[0-9a-f]{64}$'),
  person_id text not null,
  person_name text not null,
  unit_code text not null,
  post text,
  rank text,
  valid_from date not null,
  valid_to date,
  org_path text not null collate "C",
  primary key (person_key, unit_code, valid_from)
);
create index on subjects.watch_post (org_path, person_key);
create index on subjects.watch_post (unit_code);

create table subjects.watch_relative (
  person_key text not null check (person_key ~ '^[0-9a-f]{64}$'),
  relative_key text not null check (relative_key ~ '^[0-9a-f]{64}$'),
  relative_id text not null,
  relative_name text not null,
  relation text not null,
  valid_from date not null,
  valid_to date,
  primary key (person_key, relative_key, valid_from)
);
create index on subjects.watch_relative (relative_key);

alter table subjects.watch_post enable row level security;
alter table subjects.watch_post force row level security;
alter table subjects.watch_relative enable row level security;
alter table subjects.watch_relative force row level security;
create policy owner_of_watch_post on subjects.watch_post to current_user using (true) with check (true);
create policy owner_of_watch_relative on subjects.watch_relative to current_user using (true) with check (true);

create policy watch_post_sync on subjects.watch_post to qf_app
  using (app.has_role('system')) with check (app.has_role('system'));
create policy watch_relative_sync on subjects.watch_relative to qf_app
  using (app.has_role('system')) with check (app.has_role('system'));

-- The offices that watch, within their part of the tree; nobody finds himself or his kin.
create policy watch_post_read on subjects.watch_post for select to qf_app
  using (org_path >= app.scope() and org_path < app.scope() || '/'
    and (app.has_role('conduct_officer') or app.has_role('supervision_officer') or app.has_role('deputy')
      or app.has_role('principal'))
    and not (array[person_key] && (select permissions.caller_recusals())));
-- A relative is in sight with the person. The comparison is true of every row, so that an unsaid session is refused.
create policy watch_relative_read on subjects.watch_relative for select to qf_app
  using (person_key >= left(app.scope(), 0)
    and exists (select from subjects.watch_post p where p.person_key = watch_relative.person_key)
    and not (array[person_key, relative_key] && (select permissions.caller_recusals())));
grant select, insert, delete on subjects.watch_post, subjects.watch_relative to qf_app;
