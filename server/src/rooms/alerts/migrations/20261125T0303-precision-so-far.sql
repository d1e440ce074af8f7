-- How often each rule was right, in numbers alone, within the caller's part of the tree: whoever edits rules must know it
-- and sees no alert.
create function alerts.precision_so_far() returns table (rule text, raised integer, confirmed integer, normal integer)
language sql stable security definer set search_path = pg_catalog, alerts as $$
  select h.rule, count(*)::int, count(*) filter (where a.verdict in ('violation', 'irregular'))::int,
    count(*) filter (where a.verdict = 'normal')::int
  from alerts.alert_hit h join alerts.alert a using (alert_id)
  where rules.may_read() and a.org_path >= app.scope() and a.org_path < app.scope() || '/'
  group by h.rule
$$;
revoke all on function alerts.precision_so_far from public;
grant execute on function alerts.precision_so_far to qf_app;
