-- Files by content: the bytes lie on disk under their hash; here is what they are. A use of a file (an
-- attachment of something) belongs to the room whose something it is.
create schema files;
grant usage on schema files to qf_app;

create table files.file (
  file_id uuid primary key default uuidv7(),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  byte_count bigint not null check (byte_count >= 0),
  media_type text not null,
  file_name text not null check (length(file_name) between 1 and 200),
  uploaded_by uuid not null,
  uploaded_at timestamptz not null default now(),
  org_path text not null collate "C"
);
create index on files.file (sha256);

alter table files.file enable row level security;
alter table files.file force row level security;
-- The uploader sees his file; others reach it through the room that attached it, which grants by files.grant_to_scope.
create policy file_of_uploader on files.file using (uploaded_by = app.user_id() or app.has_role('system'))
  with check (uploaded_by = app.user_id() or app.has_role('system'));
grant select, insert on files.file to qf_app;

-- A room that has decided that the caller may see one of its attachments reads the file's description through this.
create function files.describe(wanted uuid[]) returns setof files.file
  language sql stable security definer set search_path = pg_catalog, files as $$
  select * from files.file where file_id = any (wanted) and app.user_id() is not null
$$;
revoke all on function files.describe from public;
grant execute on function files.describe to qf_app;
