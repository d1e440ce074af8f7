-- What a demo province was given to be found, and whether the rules found it: recall is known only where it is known what
-- there is to find. Empty in every installation but a demo.
create table alerts.planted_row (
  planted_id uuid primary key default uuidv7(),
  pack text not null references alerts.pack,
  rule text not null,
  condition text not null,
  level text not null check (level in ('red', 'yellow', 'blue')),
  anchor text not null,
  note text not null,
  unit_code text,
  org_path text not null collate "C",
  -- The day of the hit; null where there is none.
  on_date date,
  found_level text check (found_level in ('red', 'yellow', 'blue')),
  person_keys text[] not null,
  unique (rule, anchor)
);
alter table alerts.planted_row enable row level security;
alter table alerts.planted_row force row level security;
create policy owner_of_planted_row on alerts.planted_row to current_user using (true) with check (true);
create policy planted_read on alerts.planted_row for select to qf_app
  using (org_path >= alerts.office_scope() and org_path < alerts.office_scope() || '/'
    and pack = any ((select alerts.readable_packs())::text[])
    and not (person_keys && (select permissions.caller_recusals())));
create policy planted_by_system on alerts.planted_row for insert to qf_app with check (app.has_role('system'));
grant select, insert on alerts.planted_row to qf_app;
