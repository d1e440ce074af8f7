-- What rules found. A hit is one rule at one anchor and exists once, however often the rule runs; when what supports it
-- changes it gets a further version of its evidence. Alerts take hits from here; nobody writes back.
create schema rules;
grant usage on schema rules to qf_app;

create table rules.run (
  run_id uuid primary key default uuidv7(),
  pack text not null,
  cause text not null check (cause in ('schedule', 'demand', 'arrival')),
  as_of date not null,
  started_by uuid not null,
  finished_at timestamptz not null,
  milliseconds integer not null
);

create table rules.run_rule (
  run_id uuid not null references rules.run,
  rule text not null,
  rule_version text not null,
  parameters jsonb not null,
  state text not null check (state in ('ok', 'failed', 'timed_out', 'not_computable')),
  missing text[] not null,
  error text,
  rows_read bigint not null,
  hits integer not null,
  suppressed integer not null,
  milliseconds integer not null,
  primary key (run_id, rule)
);

create table rules.hit (
  hit_id uuid primary key default uuidv7(),
  pack text not null,
  rule text not null,
  anchor text not null collate "C",
  rule_version text not null,
  parameters jsonb not null,
  level text not null check (level in ('red', 'yellow', 'blue')),
  condition text not null,
  unit_code text,
  on_date date not null,
  amount numeric(18, 2) not null,
  counterparty text,
  economic_code text,
  keys jsonb not null,
  message_zh text not null,
  message_en text not null,
  evidence jsonb not null,
  evidence_hash text not null,
  evidence_version integer not null,
  -- Covered by a white-list entry: counted and shown as such, raises no alert.
  suppressed boolean not null,
  -- Keyed hashes of the persons it names, for recusal.
  person_keys text[] not null,
  first_run uuid not null references rules.run,
  last_run uuid not null references rules.run,
  unique (rule, anchor)
);
create index on rules.hit (pack, rule, on_date desc);
create index on rules.hit (unit_code, on_date desc);

-- The evidence as it was, each version with the rule and the parameter values that produced it. Never changed.
create table rules.hit_evidence (
  hit_id uuid not null references rules.hit,
  evidence_version integer not null,
  run_id uuid not null references rules.run,
  rule_version text not null,
  parameters jsonb not null,
  level text not null,
  amount numeric(18, 2) not null,
  evidence jsonb not null,
  evidence_hash text not null,
  primary key (hit_id, evidence_version)
);

-- Versions of hits that the alerts have not taken yet.
create table rules.hit_delivery (
  hit_id uuid not null references rules.hit,
  evidence_version integer not null,
  primary key (hit_id, evidence_version)
);

do $$ declare name text; begin
  foreach name in array array['run', 'run_rule', 'hit', 'hit_evidence', 'hit_delivery'] loop
    execute format('alter table rules.%I enable row level security', name);
    execute format('alter table rules.%I force row level security', name);
    execute format('create policy for_system on rules.%I using (app.has_role(''system'')) with check (app.has_role(''system''))', name);
    execute format('grant select, insert on rules.%I to qf_app', name);
  end loop;
end $$;
grant update on rules.hit to qf_app;
-- Taking locks the rows first, which needs the right to update.
grant update, delete on rules.hit_delivery to qf_app;

-- Runs say nothing of persons or units: whoever works on rules may see how they went.
create policy runs_for_rule_people on rules.run for select
  using (app.has_role('rule_editor') or app.has_role('rule_approver') or app.has_role('information_officer'));
create policy run_rules_for_rule_people on rules.run_rule for select
  using (app.has_role('rule_editor') or app.has_role('rule_approver') or app.has_role('information_officer'));
