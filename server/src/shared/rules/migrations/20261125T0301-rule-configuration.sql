-- What is configured about rules, with versions: of a rule its mode and parameter values, of a keyword group its words, of
-- a pack its decision table. A change is proposed by one person and comes into force by the approval of another. Nothing
-- here is ever changed or deleted but the state of a proposal that waits.

-- Offices that read the configuration; units never do, and administrators see no business data.
create function rules.may_read() returns boolean language sql stable as $$
  select exists (select from unnest(array['system', 'rule_editor', 'rule_approver', 'information_officer', 'principal',
    'deputy', 'conduct_officer', 'supervision_officer', 'finance_supervisor']) as role where app.has_role(role))
$$;

-- As the product ships it: a new row when an update of the product ships something else.
create table rules.shipped (
  kind text not null check (kind in ('rule', 'keyword_group', 'grading')),
  object text not null,
  valid_from date not null,
  content jsonb not null,
  primary key (kind, object, valid_from)
);

create table rules.proposal (
  proposal_id uuid primary key default uuidv7(),
  kind text not null check (kind in ('rule', 'keyword_group', 'grading')),
  -- Code of the rule, code of the keyword group, or pack.
  object text not null check (length(object) between 1 and 40),
  -- The version that it was drawn up on; 0: as shipped.
  base_version integer not null,
  before jsonb not null,
  content jsonb not null,
  reason text not null check (length(reason) between 4 and 500),
  effective_from date not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected', 'withdrawn')),
  proposed_by uuid not null default app.user_id(),
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision text check (length(decision) <= 500),
  check ((state = 'waiting') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
  -- Who proposes never decides; only taking back is one's own.
  check (case state when 'withdrawn' then decided_by = proposed_by when 'waiting' then true
    else decided_by <> proposed_by end)
);
-- One at a time for each object: the second would be drawn up on what the first is about to change.
create unique index proposal_waiting on rules.proposal (kind, object) where state = 'waiting';
create index on rules.proposal (proposal_id desc) where state <> 'waiting';

create table rules.version (
  kind text not null,
  object text not null,
  version integer not null check (version > 0),
  content jsonb not null,
  valid_from date not null,
  proposal_id uuid not null unique references rules.proposal,
  approved_at timestamptz not null,
  primary key (kind, object, version)
);

-- A later decision supersedes the earlier ones from its own day on; a version whose end lies before its beginning was
-- superseded before it came into force.
create view rules.version_span with (security_invoker = true) as
  select v.*, min(valid_from) over (partition by kind, object order by version
    rows between 1 following and unbounded following) - 1 as valid_to
  from rules.version v;

-- What is in force on a day.
create function rules.in_force(on_day date) returns table (kind text, object text, version integer, content jsonb)
language sql stable as $$
  with decided as (
    select v.kind, v.object, v.version, v.content from rules.version_span v
    where v.valid_from <= on_day and (v.valid_to is null or v.valid_to >= on_day)
  ), shipped as (
    select distinct on (s.kind, s.object) s.kind, s.object, 0 as version, s.content from rules.shipped s
    where s.valid_from <= on_day order by s.kind, s.object, s.valid_from desc
  )
  select * from decided
  union all
  select * from shipped s where not exists (select from decided d where d.kind = s.kind and d.object = s.object)
$$;

do $$ declare name text; begin
  foreach name in array array['shipped', 'proposal', 'version'] loop
    execute format('alter table rules.%I enable row level security', name);
    execute format('alter table rules.%I force row level security', name);
    execute format('create policy read_by_offices on rules.%I for select using (rules.may_read())', name);
    execute format('grant select, insert on rules.%I to qf_app', name);
  end loop;
end $$;
grant select on rules.version_span to qf_app;
grant update (state, decided_by, decided_at, decision) on rules.proposal to qf_app;

create policy shipped_by_system on rules.shipped for insert with check (app.has_role('system'));
create policy proposed_by_editor on rules.proposal for insert
  with check (app.has_role('rule_editor') and proposed_by = app.user_id() and state = 'waiting');
create policy decided_once on rules.proposal for update
  using (state = 'waiting' and ((app.has_role('rule_editor') and proposed_by = app.user_id())
    or (app.has_role('rule_approver') and proposed_by <> app.user_id())))
  with check (decided_by = app.user_id() and (
    (state = 'withdrawn' and proposed_by = app.user_id())
    or (state in ('approved', 'rejected') and proposed_by <> app.user_id() and app.has_role('rule_approver'))));
-- A version is what another person has just approved, word for word, from that day on or later.
create policy approved_by_another on rules.version for insert
  with check (app.has_role('rule_approver') and exists (
    select from rules.proposal p where p.proposal_id = version.proposal_id and p.state = 'approved'
      and p.decided_by = app.user_id() and p.proposed_by <> app.user_id() and p.kind = version.kind
      and p.object = version.object and p.content = version.content and p.base_version = version.version - 1
      and version.valid_from >= p.effective_from));

-- A rule on trial runs, and its hits are kept and counted, but the alerts do not get them. A hit is marked while its
-- newest version was found on trial; when the rule goes live the same hit is put up.
alter table rules.hit add column trial boolean not null default false;
create index on rules.hit (rule, on_date desc) where trial;
alter table rules.run_rule add column mode text not null default 'live' check (mode in ('live', 'trial'));
alter table rules.run_rule add column configuration integer not null default 0;
create index on rules.run_rule (rule, run_id desc);

drop policy runs_for_rule_people on rules.run;
drop policy run_rules_for_rule_people on rules.run_rule;
create policy runs_for_offices on rules.run for select using (rules.may_read());
create policy run_rules_for_offices on rules.run_rule for select using (rules.may_read());
-- Hits on trial concern units and persons: within one's own part of the tree, and never about oneself or one's kin.
create policy trial_hits_for_offices on rules.hit for select
  using (trial and rules.may_read() and not app.has_role('information_officer')
    and organisation.unit_path(unit_code) >= app.scope() and organisation.unit_path(unit_code) < app.scope() || '/'
    and not (person_keys && (select permissions.caller_recusals())));
