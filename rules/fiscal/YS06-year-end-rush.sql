-- Money spent in a rush at the end of the year: a large share of an indicator in its last months, and large single
-- payments in the last days.
with late as (
  select payment_id, unit_code, indicator_id, paid_on, amount, payee_name, payee_account, payee_code, economic_code, purpose,
    cast(extract(year from paid_on) as integer) as year_no,
    cast(extract(month from paid_on) as integer) * 100 + cast(extract(day from paid_on) as integer) as month_day,
    cast(extract(month from paid_on) as integer) as month_no
  from payment
  where payment_state not in ('void', 'returned')
    and cast(extract(month from paid_on) as integer) >= least(cast($from_month as integer), (cast($last_day as integer) - cast($last_day as integer) % 100) / 100)
),
late_sum as (
  select indicator_id, year_no, sum(amount) as spent, max(paid_on) as last_on, cast(count(*) as integer) as payment_count
  from late
  where indicator_id is not null and month_no >= cast($from_month as integer)
  group by indicator_id, year_no
  having sum(amount) > cast($share_amount as numeric(18,2))
),
change as (
  select a.indicator_id, sum(a.amount) as changed
  from budget_adjustment a join late_sum s on s.indicator_id = a.indicator_id
  where a.adjusted_on <= cast($as_of as date) and cast(extract(year from a.adjusted_on) as integer) <= s.year_no
  group by a.indicator_id
),
share as (
  select i.indicator_id, i.unit_code, i.economic_code, s.spent, s.last_on, s.payment_count,
    i.amount + coalesce(c.changed, cast(0 as numeric(18,2))) as available
  from late_sum s
  join budget_indicator i on i.indicator_id = s.indicator_id and i.budget_year = s.year_no
  left join change c on c.indicator_id = i.indicator_id
)
select indicator_id, '' as payment_id, unit_code, last_on as on_date, spent as amount, 'yellow' as level,
  'late_share' as condition, cast(null as text) as counterparty, economic_code, available, payment_count,
  cast(cast(spent as numeric(18,6)) / nullif(cast(available as numeric(18,6)), 0) as numeric(18,4)) as late_share,
  cast(null as text) as payee_name, cast(null as text) as purpose
from share
where cast(spent as numeric(28,2)) > cast(available as numeric(28,2)) * cast($share as numeric(9,6))
union all
select coalesce(indicator_id, ''), payment_id, unit_code, paid_on, amount, 'yellow', 'late_single', 
  coalesce(payee_code, payee_account), economic_code, null, 1, null, payee_name, purpose
from late
where month_day > cast($last_day as integer) and amount > cast($single_amount as numeric(18,2))
