-- Hits that an exception suppresses raise no alert, but they are counted and shown: to the offices, within their part of
-- the tree, and never about oneself or one's kin.
create index on rules.hit (rule, on_date desc) where suppressed;
create policy suppressed_hits_for_offices on rules.hit for select
  using (suppressed and rules.may_read() and not app.has_role('information_officer') and strpos(app.scope(), '.U') = 0
    and organisation.unit_path(unit_code) >= app.scope() and organisation.unit_path(unit_code) < app.scope() || '/'
    and not (person_keys && (select permissions.caller_recusals())));
