-- files.describe tells the rooms of files that others brought. It runs as the owner of the schema, whom FORCE binds too:
-- without a policy of his own he saw only what the caller had brought, wherever the owner is no superuser.
create policy owner_of_file on files.file to current_user using (true) with check (true);
