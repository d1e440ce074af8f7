-- Projects whose indicator is spent slower than the months pass. One hit a year for an indicator, at the latest month
-- end at which it lags.
with change as (
  select indicator_id, adjusted_on, amount from budget_adjustment where adjusted_on <= cast($as_of as date)
),
project as (
  select i.indicator_id, i.unit_code, i.budget_year, i.project_code, i.project_name, i.economic_code, i.issued_on,
    i.closed_on, i.amount
  from budget_indicator i
  left join (
    select indicator_id, sum(amount) as most from change where amount > 0 group by indicator_id) up
    on up.indicator_id = i.indicator_id
  where i.fund_kind = 'project'
    and i.amount + coalesce(up.most, cast(0 as numeric(18,2))) >= cast($least_amount as numeric(18,2))
),
month_end as (
  select y.budget_year, m.month_no, cast(
      cast(cast(y.budget_year as text) || '-01-01' as date) + m.month_no * interval '1 month' as date) - 1 as day
  from (select distinct budget_year from project) y
  cross join (select cast(n as integer) as month_no from generate_series(1, 12) as g(n)) m
),
movement as (
  select p.indicator_id, cast(extract(month from p.paid_on) as integer) as month_no, sum(p.amount) as spent,
    cast(0 as numeric(38,2)) as changed
  from payment p join project i on i.indicator_id = p.indicator_id
  where p.payment_state not in ('void', 'returned') and p.paid_on <= cast($as_of as date)
    and cast(extract(year from p.paid_on) as integer) = i.budget_year
  group by p.indicator_id, cast(extract(month from p.paid_on) as integer)
  union all
  select c.indicator_id,
    case when cast(extract(year from c.adjusted_on) as integer) < i.budget_year then 1
      else cast(extract(month from c.adjusted_on) as integer) end,
    cast(0 as numeric(38,2)), sum(c.amount)
  from change c join project i on i.indicator_id = c.indicator_id
  where cast(extract(year from c.adjusted_on) as integer) <= i.budget_year
  group by c.indicator_id, case when cast(extract(year from c.adjusted_on) as integer) < i.budget_year then 1
      else cast(extract(month from c.adjusted_on) as integer) end
),
monthly as (
  select indicator_id, month_no, sum(spent) as spent, sum(changed) as changed
  from movement group by indicator_id, month_no
),
standing as (
  select i.indicator_id, i.unit_code, i.budget_year, i.project_code, i.issued_on, i.closed_on, e.month_no, e.day,
    cast(coalesce(sum(m.spent) over so_far, 0) as numeric(18,2)) as spent,
    cast(i.amount + coalesce(sum(m.changed) over so_far, 0) as numeric(18,2)) as available
  from project i
  join month_end e on e.budget_year = i.budget_year
  left join monthly m on m.indicator_id = i.indicator_id and m.month_no = e.month_no
  window so_far as (
    partition by i.indicator_id order by e.month_no rows between unbounded preceding and current row)
),
lagging as (
  select *
  from standing
  where day <= cast($as_of as date) and month_no >= cast($first_month as integer)
    and issued_on <= day and (closed_on is null or closed_on > day)
    and available >= cast($least_amount as numeric(18,2))
    and cast(spent as numeric(28,2)) * 12
      < cast(available as numeric(28,2)) * (cast(month_no as numeric(9,6)) - cast($lag as numeric(9,6)) * 12)
),
latest as (
  select l.* from lagging l
  join (select indicator_id, max(month_no) as month_no from lagging group by indicator_id) x
    on x.indicator_id = l.indicator_id and x.month_no = l.month_no
),
streak as (
  -- Years before in which the unit's same project lagged at the same month or at the end of the year.
  select l.indicator_id, count(distinct b.budget_year) as years_before
  from latest l
  join lagging b on b.unit_code = l.unit_code and b.project_code = l.project_code
    and (b.month_no = l.month_no or b.month_no = 12)
    and b.budget_year between l.budget_year - (cast($streak_years as integer) - 1) and l.budget_year - 1
  group by l.indicator_id
)
select l.indicator_id, l.unit_code, l.day as on_date, l.available - l.spent as amount,
  case when coalesce(s.years_before, 0) >= cast($streak_years as integer) - 1 then 'yellow' else 'blue' end as level,
  case when coalesce(s.years_before, 0) >= cast($streak_years as integer) - 1 then 'years_in_row' else 'behind'
    end as condition,
  cast(null as text) as counterparty, i.economic_code, l.month_no, l.spent, l.available, i.project_code, i.project_name,
  cast(cast(l.spent as numeric(18,6)) / nullif(cast(l.available as numeric(18,6)), 0) as numeric(18,4)) as progress,
  cast(cast(l.month_no as numeric(9,6)) / 12 as numeric(9,4)) as due_progress,
  cast(coalesce(s.years_before, 0) + 1 as integer) as years_low
from latest l
join project i on i.indicator_id = l.indicator_id
left join streak s on s.indicator_id = l.indicator_id
