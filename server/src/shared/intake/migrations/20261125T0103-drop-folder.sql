-- Files that others lay into the drop folder. A row is written before its file is moved, and every later step finds out
-- from the row what was done already, so that a file is taken in once whatever stops in between.
create table intake.dropped_file (
  dropped_id uuid primary key default uuidv7(),
  file_name text not null check (length(file_name) between 1 and 255),
  -- What its name says that it holds; null where it says nothing that is known.
  target text,
  byte_count bigint not null,
  state text not null check (state in ('taken', 'loaded', 'refused')),
  taken_at timestamptz not null,
  batch_id uuid references intake.batch,
  settled_at timestamptz,
  note_zh text,
  note_en text,
  check ((state = 'taken') = (settled_at is null))
);
create index on intake.dropped_file (taken_at desc, dropped_id desc);
create index on intake.dropped_file (taken_at) where state = 'taken';

-- How a file was last seen: one that has not changed for a while is complete.
create table intake.drop_sighting (
  file_name text primary key,
  byte_count bigint not null,
  modified_at timestamptz not null,
  seen_at timestamptz not null
);

alter table intake.dropped_file enable row level security;
alter table intake.dropped_file force row level security;
alter table intake.drop_sighting enable row level security;
alter table intake.drop_sighting force row level security;
create policy dropped_of_information_centre on intake.dropped_file
  using (app.has_role('information_officer') or app.has_role('system'))
  with check (app.has_role('system'));
create policy sighting_of_system on intake.drop_sighting
  using (app.has_role('information_officer') or app.has_role('system'))
  with check (app.has_role('system'));
grant select, insert, update on intake.dropped_file to qf_app;
grant select, insert, update, delete on intake.drop_sighting to qf_app;
