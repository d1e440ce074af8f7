-- Whether this database was begun for the demo or for real work: said once, and never told otherwise by an update.
create table ground.installation (
  only_one boolean primary key default true check (only_one),
  kind text not null check (kind in ('demo', 'production')),
  since timestamptz not null default now()
);
alter table ground.installation enable row level security;
alter table ground.installation force row level security;
create policy owner_of_installation on ground.installation to current_user using (true);
