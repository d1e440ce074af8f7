-- What the packs say is read by whoever has said who he is, and written by the product through its functions.
do $$ declare name text; begin
  foreach name in array array['pack', 'pack_reader', 'pack_term', 'pack_dispatch', 'grading'] loop
    execute format('alter table alerts.%I enable row level security', name);
    execute format('alter table alerts.%I force row level security', name);
    execute format('create policy owner_of_%s on alerts.%I to current_user using (true)', name, name);
    execute format('create policy %s_read on alerts.%I for select to qf_app using ((select app.user_id()) is not null)',
      name, name);
  end loop;
end $$;
