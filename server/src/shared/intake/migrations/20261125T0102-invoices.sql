-- Invoices arrive in forms of their own, several files at once, from feeds that may contradict each other.
alter table intake.batch drop constraint batch_form_check;
alter table intake.batch add constraint batch_form_check check (form in ('csv', 'xlsx', 'xml', 'ofd', 'zip'));

-- The file within the upload, where it held several.
alter table intake.fault add column file_name text;

-- An invoice that came a second time, from another source and with other content. Both versions lie in the warehouse
-- until somebody has decided; afterwards they are kept here as they were.
create table intake.invoice_conflict (
  conflict_id uuid primary key default uuidv7(),
  batch_id uuid not null references intake.batch,
  invoice_code text not null,
  invoice_no text not null,
  state text not null check (state in ('open', 'kept', 'replaced', 'withdrawn')),
  found_at timestamptz not null,
  reason text check (length(reason) between 1 and 500),
  decided_by uuid,
  decided_at timestamptz,
  standing jsonb,
  arriving jsonb,
  unique (batch_id, invoice_code, invoice_no),
  check ((state in ('kept', 'replaced')) = (reason is not null and decided_by is not null))
);
create index on intake.invoice_conflict (state, found_at desc, conflict_id desc);

alter table intake.invoice_conflict enable row level security;
alter table intake.invoice_conflict force row level security;
create policy conflict_of_information_centre on intake.invoice_conflict
  using (app.has_role('information_officer') or app.has_role('system'))
  with check (app.has_role('information_officer') or app.has_role('system'));
grant select, insert, update on intake.invoice_conflict to qf_app;
