-- Entries are sealed in batches into a Merkle tree (RFC 6962): each gets the next leaf, and each batch a signed
-- checkpoint. The order of leaves is the order of sealing, so an entry whose transaction commits late just comes later.
create table audit.unsealed (entry_id uuid primary key references audit.entry);

create table audit.leaf (
  leaf_index bigint primary key check (leaf_index >= 0),
  entry_id uuid not null unique references audit.entry,
  leaf_hash bytea not null
);

create table audit.checkpoint (
  tree_size bigint primary key check (tree_size > 0),
  root_hash bytea not null,
  frontier bytea[] not null,
  sealed_at timestamptz not null,
  suite text not null,
  key_id text not null,
  signature bytea not null
);

create or replace function audit.append(
  action text, object_kind text, object_id text, unit_code text, purpose text, outcome text, detail jsonb
) returns uuid language sql security definer set search_path = pg_catalog, audit as $$
  with appended as (
    insert into audit.entry (actor_id, actor_roles, actor_scope, session_id, address,
      action, object_kind, object_id, unit_code, purpose, outcome, detail)
    values (app.user_id(), current_setting('app.roles'), app.scope(), nullif(current_setting('app.session', true), ''),
      nullif(current_setting('app.address', true), ''), action, object_kind, object_id, unit_code, purpose, outcome, detail)
    returning entry_id
  )
  insert into audit.unsealed select entry_id from appended returning entry_id
$$;

-- Adds a batch of leaves and their checkpoint, if the tree still has the size the sealer saw.
create function audit.seal(
  from_size bigint, entry_ids uuid[], leaf_hashes bytea[], root bytea, new_frontier bytea[], at timestamptz,
  suite text, key_id text, signature bytea
) returns void language plpgsql security definer set search_path = pg_catalog, audit as $$
begin
  if not app.has_role('system') then
    raise exception 'only the system seals the log' using errcode = '42501';
  end if;
  if from_size <> (select count(*) from audit.leaf) then
    raise exception 'the log was sealed by another' using errcode = '40001';
  end if;
  insert into audit.leaf
    select from_size + place - 1, entry_id, leaf_hash
    from unnest(entry_ids, leaf_hashes) with ordinality as batch (entry_id, leaf_hash, place);
  delete from audit.unsealed where entry_id = any (entry_ids);
  insert into audit.checkpoint values (from_size + cardinality(entry_ids), root, new_frontier, at, suite, key_id, signature);
end $$;
revoke all on function audit.seal from public;
grant execute on function audit.seal to qf_app;

-- Who may read the log: the audit administrator, and the system when it seals or exports. Nobody changes it.
alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy entry_for_audit_admin on audit.entry for select
  using ((app.has_role('audit_admin') or app.has_role('system')) and actor_scope >= app.scope() and actor_scope < app.scope() || '/');
create policy entry_by_append on audit.entry for insert with check (actor_id = app.user_id());
create policy entry_owner_refers on audit.entry for select to current_user using (true);
grant select on audit.entry, audit.leaf, audit.checkpoint, audit.unsealed to qf_app;
