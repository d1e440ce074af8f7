-- Whoever writes to an alert's story writes in his own name, the office too.
create policy event_in_own_name on alerts.event as restrictive for insert to qf_app with check (actor_id = app.user_id());
