-- Supervision of a deadline (督办): a slip with number, addressee and term; its answer; and a ladder when it is late.
create schema supervise;
grant usage on schema supervise to qf_app;

create sequence supervise.slip_number;
grant usage on sequence supervise.slip_number to qf_app;

create table supervise.slip (
  slip_id uuid primary key default uuidv7(),
  number text not null unique,
  -- The room and the matter whose deadline is supervised.
  room text not null check (room ~ '^[a-z]+$'),
  subject_id text not null,
  subject_title text not null check (length(subject_title) <= 200),
  link text not null check (link like '/%'),
  -- Who must answer: a place of the tree, and the roles there. A unit's path makes it a slip to a unit.
  org_path text not null collate "C",
  addressee_roles text[] not null check (cardinality(addressee_roles) > 0),
  -- Who watches over it, at or above the place.
  supervisor_roles text[] not null check (cardinality(supervisor_roles) > 0),
  person_keys text[] not null default '{}',
  demand text not null check (length(demand) between 2 and 2000),
  state text not null default 'issued' check (state in ('issued', 'replied', 'accepted', 'withdrawn')),
  term_days integer not null check (term_days between 1 and 250),
  issued_on date not null,
  due_on date not null,
  rung integer not null default 0,
  reply text,
  reply_files uuid[] not null default '{}',
  replied_by uuid,
  replied_at timestamptz,
  issued_by uuid not null default app.user_id(),
  issued_at timestamptz not null,
  closed_at timestamptz,
  version integer not null default 1
);
create index on supervise.slip (org_path, issued_at desc, slip_id desc);
create index on supervise.slip (room, subject_id);
create index on supervise.slip (due_on) where state = 'issued';

create table supervise.slip_event (
  event_id uuid primary key default uuidv7(),
  slip_id uuid not null references supervise.slip,
  at timestamptz not null,
  actor_id uuid not null default app.user_id(),
  kind text not null check (kind in ('issued', 'replied', 'sent_back', 'accepted', 'withdrawn', 'reminded', 'urged', 'escalated')),
  note text
);
create index on supervise.slip_event (slip_id, event_id);

create function supervise.holds_one_of(wanted text[]) returns boolean language sql stable as $$
  select exists (select from unnest(wanted) as role where app.has_role(role))
$$;

alter table supervise.slip enable row level security;
alter table supervise.slip force row level security;
alter table supervise.slip_event enable row level security;
alter table supervise.slip_event force row level security;
create policy owner_of_slip on supervise.slip to current_user using (true) with check (true);
create policy owner_of_slip_event on supervise.slip_event to current_user using (true) with check (true);

-- Those who must answer stand at the place; those who watch over it, at it or above. Whom it concerns does not see it.
create policy slip_addressee on supervise.slip to qf_app
  using (org_path = app.scope() and supervise.holds_one_of(addressee_roles)
    and not (person_keys && (select permissions.caller_recusals())));
create policy slip_supervisor on supervise.slip to qf_app
  using (org_path >= app.scope() and org_path < app.scope() || '/' and strpos(app.scope(), '.U') = 0
    and (app.has_role('system') or supervise.holds_one_of(supervisor_roles))
    and not (person_keys && (select permissions.caller_recusals())));
create policy slip_event_read on supervise.slip_event to qf_app
  using (exists (select from supervise.slip s where s.slip_id = slip_event.slip_id));
grant select, insert, update on supervise.slip to qf_app;
grant select, insert on supervise.slip_event to qf_app;
