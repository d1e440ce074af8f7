-- The tree over the log is read by those who may read the log, and by the product when it seals and exports.
do $$ declare name text; begin
  foreach name in array array['leaf', 'checkpoint', 'unsealed'] loop
    execute format('alter table audit.%I enable row level security', name);
    execute format('alter table audit.%I force row level security', name);
    execute format('create policy owner_of_%s on audit.%I to current_user using (true)', name, name);
    execute format('create policy %s_read on audit.%I for select to qf_app
      using ((select app.has_role(''audit_admin'') or app.has_role(''system'')))', name, name);
  end loop;
end $$;
