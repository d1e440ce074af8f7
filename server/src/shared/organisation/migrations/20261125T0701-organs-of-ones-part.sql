-- A system administrator maintains the organs and posts of his own part of the tree; the route's check has its fence here.
create policy organ_added_in_part on organisation.organ as restrictive for insert to qf_app
  with check (app.has_role('system') or (org_path >= app.scope() and org_path < app.scope() || '/'));
create policy organ_changed_in_part on organisation.organ as restrictive for update to qf_app
  using (app.has_role('system') or (org_path >= app.scope() and org_path < app.scope() || '/'))
  with check (app.has_role('system') or (org_path >= app.scope() and org_path < app.scope() || '/'));
