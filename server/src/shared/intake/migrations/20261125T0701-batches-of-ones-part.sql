-- A batch belongs to the part of the tree of who brought it: seen there and above, like everything else.
alter table intake.batch add column org_path text collate "C";
update intake.batch set org_path = coalesce(
  (select org_path from organisation.region where parent_code is null order by org_path limit 1), '46');
alter table intake.batch alter column org_path set not null;
alter table intake.batch alter column org_path set default app.scope();
create index on intake.batch (org_path);

create policy batch_in_part on intake.batch as restrictive to qf_app
  using (app.has_role('system') or (org_path >= app.scope() and org_path < app.scope() || '/'));
create policy fault_in_part on intake.fault as restrictive to qf_app
  using (app.has_role('system') or exists (select from intake.batch b where b.batch_id = fault.batch_id));
