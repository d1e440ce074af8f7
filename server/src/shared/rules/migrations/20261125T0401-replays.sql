-- Replays: what another version of a rule would have found in past data, beside what the version in force finds. A
-- replay touches neither hits nor alerts; what it keeps is the difference, without the names of persons.
create table rules.replay (
  replay_id uuid primary key default uuidv7(),
  pack text not null,
  rule text not null,
  -- What ran on either side: where it was taken from, the version of the text and the parameter values.
  side_a jsonb not null,
  side_b jsonb not null,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  state text not null default 'waiting'
    check (state in ('waiting', 'running', 'done', 'failed', 'timed_out', 'too_many', 'cancelled', 'broken')),
  -- While it runs: which part, and how much of what is kept has been kept.
  stage text check (stage in ('side_a', 'side_b', 'comparing', 'keeping')),
  percent integer not null default 0 check (percent between 0 and 100),
  fault text,
  started_by uuid not null default app.user_id(),
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index on rules.replay (rule, replay_id desc);

create table rules.replay_hit (
  replay_id uuid not null references rules.replay on delete cascade,
  -- The heaviest first.
  position integer not null,
  outcome text not null check (outcome in ('new', 'lost', 'kept')),
  -- Kept, but with another level, amount or condition.
  changed boolean not null,
  unit_code text,
  org_path text not null collate "C",
  on_date date not null,
  level_a text check (level_a in ('red', 'yellow', 'blue')),
  level_b text check (level_b in ('red', 'yellow', 'blue')),
  amount_a numeric(18, 2),
  amount_b numeric(18, 2),
  condition_a text,
  condition_b text,
  record text not null,
  message_zh text not null,
  message_en text not null,
  -- How the alert of the hit had been judged when the replay ran.
  verdict text check (verdict in ('normal', 'irregular', 'violation', 'doubtful')),
  person_keys text[] not null,
  primary key (replay_id, position)
);
create index on rules.replay_hit (replay_id, outcome, position);

-- Who works on rules, and the offices that judge the alerts. Units and administrators see nothing of it.
create function rules.may_read_replays() returns boolean language sql stable as $$
  select app.has_role('rule_editor') or app.has_role('rule_approver') or app.has_role('principal')
    or app.has_role('deputy') or app.has_role('conduct_officer') or app.has_role('supervision_officer')
    or app.has_role('finance_supervisor')
$$;

alter table rules.replay enable row level security;
alter table rules.replay force row level security;
alter table rules.replay_hit enable row level security;
alter table rules.replay_hit force row level security;
create policy replay_by_system on rules.replay using (app.has_role('system')) with check (app.has_role('system'));
create policy replay_hit_by_system on rules.replay_hit
  using (app.has_role('system')) with check (app.has_role('system'));
create policy replay_read on rules.replay for select using (rules.may_read_replays());
create policy replay_started on rules.replay for insert
  with check ((app.has_role('rule_editor') or app.has_role('rule_approver'))
    and started_by = app.user_id() and state = 'waiting');
-- To stop one is all that a person may do to it.
create policy replay_stopped on rules.replay for update
  using ((app.has_role('rule_editor') or app.has_role('rule_approver')) and state in ('waiting', 'running'))
  with check (state = 'cancelled');
-- Hits within one's own part of the tree, and never about oneself or one's kin.
create policy replay_hit_read on rules.replay_hit for select
  using (org_path >= app.scope() and org_path < app.scope() || '/' and (select rules.may_read_replays())
    and not (person_keys && (select permissions.caller_recusals())));
grant select, insert, update on rules.replay to qf_app;
grant select, insert, delete on rules.replay_hit to qf_app;
