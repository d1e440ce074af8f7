-- Indicators on which nothing happens: never used long after their issue, or carried over and still not used up after
-- the second year. What was never issued anew counts from its own year.
with change as (
  select indicator_id, sum(amount) as changed from budget_adjustment
  where adjusted_on <= cast($as_of as date)
  group by indicator_id
),
open as (
  select i.indicator_id, i.unit_code, i.budget_year, i.function_code, i.economic_code, i.project_code, i.project_name,
    i.issued_on, coalesce(i.carried_from_year, i.budget_year) as first_year,
    i.amount + coalesce(c.changed, cast(0 as numeric(18,2))) as available,
    i.issued_on + cast($idle_days as integer) + 1 as idle_since,
    cast(cast(coalesce(i.carried_from_year, i.budget_year) + cast($carry_years as integer) as text) || '-01-01' as date) as lapsed_since
  from budget_indicator i
  left join change c on c.indicator_id = i.indicator_id
  where i.issued_on <= cast($as_of as date) and (i.closed_on is null or i.closed_on > cast($as_of as date))
    and i.amount + coalesce(c.changed, cast(0 as numeric(18,2))) > 0
),
renewed as (
  -- Money that was carried over once more stands in its newest indicator.
  select distinct o.indicator_id
  from open o
  join budget_indicator n on n.unit_code = o.unit_code and n.carried_from_year = o.first_year
    and coalesce(n.project_code, '') = coalesce(o.project_code, '')
    and coalesce(n.function_code, '') = coalesce(o.function_code, '')
    and coalesce(n.economic_code, '') = coalesce(o.economic_code, '')
  where n.budget_year > o.budget_year and n.issued_on <= cast($as_of as date)
),
candidate as (
  select o.*, o.idle_since <= cast($as_of as date) as old_enough,
    o.lapsed_since <= cast($as_of as date) and r.indicator_id is null as lapsed
  from open o left join renewed r on r.indicator_id = o.indicator_id
),
spending as (
  select indicator_id, sum(amount) as spent from payment
  where indicator_id is not null and payment_state not in ('void', 'returned') and paid_on <= cast($as_of as date)
  group by indicator_id
),
judged as (
  select c.*, coalesce(s.spent, cast(0 as numeric(18,2))) as spent,
    c.old_enough and s.indicator_id is null as idle,
    c.lapsed and coalesce(s.spent, cast(0 as numeric(18,2))) < c.available as carried
  from candidate c left join spending s on s.indicator_id = c.indicator_id
  where c.old_enough or c.lapsed
)
select indicator_id, unit_code, case when carried then greatest(issued_on, lapsed_since) else idle_since end as on_date,
  available - spent as amount, case when carried then 'red' else 'blue' end as level,
  case when carried then 'carried' else 'idle' end as condition, cast(null as text) as counterparty, economic_code,
  budget_year, first_year as carried_from_year, issued_on, available, spent, project_code, project_name,
  concat_ws(',', case when carried then 'carried' end, case when idle then 'idle' end) as conditions
from judged
where carried or idle
