-- Also the list of migrations has its fence: the owner's, and nobody else's.
alter table ground.migration enable row level security;
alter table ground.migration force row level security;
create policy owner_of_migration on ground.migration to current_user using (true);
