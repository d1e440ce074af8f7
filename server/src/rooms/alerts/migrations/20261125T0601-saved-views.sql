-- What a person narrows the list of alerts by again and again, under a name of his own.
create table alerts.saved_view (
  view_id uuid primary key default uuidv7(),
  user_id uuid not null,
  title text not null check (length(title) between 1 and 20),
  -- The conditions as they stand in the address of the list.
  conditions jsonb not null check (jsonb_typeof(conditions) = 'object' and length(conditions::text) <= 2000),
  saved_at timestamptz not null,
  unique (user_id, title)
);

alter table alerts.saved_view enable row level security;
alter table alerts.saved_view force row level security;
create policy owner_of_saved_view on alerts.saved_view to current_user using (true) with check (true);
create policy saved_view_own on alerts.saved_view to qf_app
  using (user_id = app.user_id()) with check (user_id = app.user_id());
grant select, insert, delete on alerts.saved_view to qf_app;

-- Alerts are looked up by the invoice that a hit names.
create index on alerts.alert_hit ((keys ->> 'invoice_no')) where keys ->> 'invoice_no' is not null;
