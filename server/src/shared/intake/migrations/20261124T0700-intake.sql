-- Files on their way into the warehouse. A batch is checked without touching anything, loaded in one transaction of the
-- warehouse, and can be undone as a whole.
create schema intake;
grant usage on schema intake to qf_app;

create table intake.batch (
  batch_id uuid primary key default uuidv7(),
  dataset text not null,
  file_name text not null check (length(file_name) between 1 and 200),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  byte_count bigint not null,
  state text not null check (state in ('checked', 'refused', 'loading', 'loaded', 'undone')),
  mode text check (mode in ('all', 'good')),
  total_rows bigint not null,
  refused_rows bigint not null,
  new_rows bigint not null default 0,
  changed_rows bigint not null default 0,
  equal_rows bigint not null default 0,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz
);
create index on intake.batch (uploaded_at desc, batch_id desc);
create unique index one_live_batch_of_a_file on intake.batch (dataset, sha256) where state in ('loading', 'loaded');

-- The first faults of a batch, as they are shown; values of personal columns are kept masked.
create table intake.fault (
  batch_id uuid not null references intake.batch,
  place integer not null,
  row_no bigint,
  column_name text,
  shown_value text,
  reason_zh text not null,
  reason_en text not null,
  primary key (batch_id, place)
);

alter table intake.batch enable row level security;
alter table intake.batch force row level security;
alter table intake.fault enable row level security;
alter table intake.fault force row level security;
-- Intake is the information centre's work: one centre for the province, and the product itself.
create policy batch_of_information_centre on intake.batch
  using (app.has_role('information_officer') or app.has_role('system'))
  with check ((app.has_role('information_officer') and uploaded_by = app.user_id()) or app.has_role('system')
    or decided_by = app.user_id());
create policy fault_of_information_centre on intake.fault
  using (app.has_role('information_officer') or app.has_role('system'))
  with check (app.has_role('information_officer') or app.has_role('system'));
grant select, insert, update on intake.batch to qf_app;
grant select, insert on intake.fault to qf_app;
