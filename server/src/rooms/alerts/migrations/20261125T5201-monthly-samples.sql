-- A random sample of what no rule alerted on, drawn every month and pack and looked at by people: how often do the rules
-- miss something? A draw keeps its seed, so that it can be repeated; its items are a copy of the record as it was drawn.
create table alerts.sample_draw (
  draw_id uuid primary key default uuidv7(),
  pack text not null references alerts.pack,
  -- The month in which the records happened, YYYY-MM.
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  seed text not null check (seed ~ '^[0-9a-f]{32}$'),
  -- How many were asked for, how many the month held, and how many were drawn but passed over because of an alert.
  size integer not null check (size between 1 and 1000),
  records integer not null,
  passed_over integer not null,
  cause text not null check (cause in ('schedule', 'demand')),
  drawn_by uuid not null default app.user_id(),
  drawn_at timestamptz not null,
  -- The part of the tree that it was drawn from: the whole.
  org_path text not null collate "C",
  unique (pack, month)
);

create table alerts.sample_item (
  item_id uuid primary key default uuidv7(),
  draw_id uuid not null references alerts.sample_draw,
  position integer not null,
  pack text not null references alerts.pack,
  month text not null,
  keys jsonb not null,
  on_date date not null,
  amount numeric(18,2) not null,
  unit_code text,
  org_path text not null collate "C",
  person_keys text[] not null,
  -- The record with what hangs on it, personal values masked.
  record jsonb not null,
  outcome text check (outcome in ('no_finding', 'missed')),
  -- The rule that should have found it; 'none': no rule looks for such a thing.
  missed_rule text check (missed_rule ~ '^([A-Z]{1,3}\d{2}|none)$'),
  note text check (length(note) between 2 and 2000),
  judged_by uuid,
  judged_at timestamptz,
  version integer not null default 1,
  unique (draw_id, position),
  check ((outcome is null) = (judged_by is null) and (outcome is null) = (judged_at is null)),
  check ((outcome is not distinct from 'missed') = (missed_rule is not null)),
  check (outcome is distinct from 'missed' or note is not null)
);
create index on alerts.sample_item (pack, month, position, item_id);
create index on alerts.sample_item (org_path, month desc, item_id desc);

-- How many are drawn per month, from a month on; where nothing is said the pack's own description holds. Appended only.
create table alerts.sample_size (
  size_id uuid primary key default uuidv7(),
  pack text not null references alerts.pack,
  from_month text not null check (from_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  size integer not null check (size between 1 and 1000),
  reason text not null check (length(reason) between 4 and 500),
  set_by uuid not null default app.user_id(),
  set_at timestamptz not null
);
create index on alerts.sample_size (pack, from_month);

do $$ declare name text; begin
  foreach name in array array['sample_draw', 'sample_item', 'sample_size'] loop
    execute format('alter table alerts.%I enable row level security', name);
    execute format('alter table alerts.%I force row level security', name);
    execute format('create policy owner_of_%s on alerts.%I to current_user using (true) with check (true)', name, name);
  end loop;
end $$;

-- The offices that judge the pack's alerts, within their part of the tree; never what names oneself or one's kin, and no
-- unit. Only the product draws.
create policy item_read on alerts.sample_item for select to qf_app
  using (org_path >= alerts.office_scope() and org_path < alerts.office_scope() || '/'
    and pack = any ((select alerts.readable_packs())::text[])
    and not (person_keys && (select permissions.caller_recusals())));
create policy item_drawn on alerts.sample_item for insert to qf_app with check (app.has_role('system') and outcome is null);
create policy item_judged on alerts.sample_item for update to qf_app
  using (org_path >= alerts.office_scope() and org_path < alerts.office_scope() || '/'
    and pack = any ((select alerts.readable_packs())::text[])
    and (app.has_role('conduct_officer') or app.has_role('supervision_officer') or app.has_role('finance_supervisor'))
    and not (person_keys && (select permissions.caller_recusals())))
  with check (judged_by = app.user_id());
create policy draw_read on alerts.sample_draw for select to qf_app
  using (org_path >= alerts.office_scope() and org_path < alerts.office_scope() || '/'
    and pack = any ((select alerts.readable_packs())::text[]));
create policy draw_made on alerts.sample_draw for insert to qf_app with check (app.has_role('system'));
create policy size_read on alerts.sample_size for select to qf_app
  using (alerts.office_scope() <> '~' and pack = any ((select alerts.readable_packs())::text[]));
-- Decided by the leaders of the whole: the sample is one for the installation.
create policy size_set on alerts.sample_size for insert to qf_app
  with check (set_by = app.user_id() and (app.has_role('deputy') or app.has_role('principal'))
    and app.scope() = organisation.unit_path(null) and pack = any ((select alerts.readable_packs())::text[]));

grant select, insert on alerts.sample_draw, alerts.sample_item, alerts.sample_size to qf_app;
grant update (outcome, missed_rule, note, judged_by, judged_at, version) on alerts.sample_item to qf_app;
