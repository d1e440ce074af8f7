-- Posts of units are seen, and posts of any kind maintained, within one's own part of the tree, by administrators too.
create policy post_in_part on organisation.post as restrictive to qf_app
  using (unit_code is null or app.has_role('system')
    or exists (select from organisation.unit u where u.unit_code = post.unit_code))
  with check (app.has_role('system')
    or exists (select from organisation.unit u where u.unit_code = post.unit_code)
    or exists (select from organisation.organ o where o.organ_code = post.organ_code
      and o.org_path >= app.scope() and o.org_path < app.scope() || '/'));
