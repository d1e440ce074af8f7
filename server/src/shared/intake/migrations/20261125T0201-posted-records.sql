-- Records posted through the interface. The key that a sender gives to a request is kept with the hash of its body and
-- with the answer: the same request again gets the same answer, also when the first was broken off in the middle.
create table intake.posted (
  sender uuid not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 100),
  body_hash text not null check (body_hash ~ '^[0-9a-f]{64}$'),
  batch_id uuid not null unique default uuidv7(),
  posted_at timestamptz not null,
  -- Of the finished request; both null while it is under way.
  status integer,
  answer jsonb,
  primary key (sender, idempotency_key),
  check ((status is null) = (answer is null))
);
alter table intake.posted enable row level security;
alter table intake.posted force row level security;
create policy posted_by_sender on intake.posted
  using (sender = app.user_id() or app.has_role('system'))
  with check (sender = app.user_id() or app.has_role('system'));
grant select, insert, update on intake.posted to qf_app;

-- A machine sees the batches that it brought, and no others.
create policy batch_of_sender on intake.batch
  using (app.has_role('feed') and uploaded_by = app.user_id())
  with check (app.has_role('feed') and uploaded_by = app.user_id());
create policy fault_of_sender on intake.fault
  using (app.has_role('feed') and exists (
    select from intake.batch b where b.batch_id = fault.batch_id and b.uploaded_by = app.user_id()))
  with check (app.has_role('feed') and exists (
    select from intake.batch b where b.batch_id = fault.batch_id and b.uploaded_by = app.user_id()));

-- The information centre undoes any batch, also those of machines and of a colleague; what it brings itself it brings in
-- its own name.
drop policy batch_of_information_centre on intake.batch;
create policy batch_of_information_centre on intake.batch
  using (app.has_role('information_officer') or app.has_role('system'))
  with check (app.has_role('information_officer') or app.has_role('system'));
create policy batch_in_own_name on intake.batch as restrictive for insert
  with check (app.has_role('system') or uploaded_by = app.user_id());

-- Whether it came through the interface: then there is no file to give its refused rows back in.
alter table intake.batch add column posted boolean not null default false;

-- When the rules looked at a batch after it was loaded. What was loaded before is taken as looked at.
alter table intake.batch add column judged_at timestamptz default now();
alter table intake.batch alter column judged_at drop default;
create index batches_to_judge on intake.batch (decided_at) where state = 'loaded' and judged_at is null;
