-- Six capped expenses, by unit, year and kind: what was spent against the indicators for that kind. Of an indicator that
-- was taken back, no more is budget than what had been spent by then; what is left of the year's money is then no sign of
-- nearing the limit, unless some of it is still open.
with kind_of as (
  select split_part(pair, '=', 1) as code, split_part(pair, '=', 2) as kind
  from (select unnest(string_to_array(cast($kinds_by_code as text), '|')) as pair) pairs
),
name_of as (
  select split_part(pair, '=', 1) as kind, split_part(pair, '=', 2) as kind_name
  from (select unnest(string_to_array(cast($kind_names as text), '|')) as pair) pairs
),
spending as (
  select p.unit_code, cast(extract(year from p.paid_on) as integer) as budget_year,
    coalesce(p.capped_expense, k.kind) as kind, sum(p.amount) as spent, max(p.paid_on) as last_on,
    cast(count(*) as integer) as payment_count, 
    case when min(p.economic_code) = max(p.economic_code) and count(p.economic_code) = count(*) then min(p.economic_code) end as economic_code
  from payment p left join kind_of k on k.code = p.economic_code
  where (p.capped_expense is not null or k.kind is not null) and p.payment_state not in ('void', 'returned')
    and p.paid_on <= cast($as_of as date)
  group by p.unit_code, cast(extract(year from p.paid_on) as integer), coalesce(p.capped_expense, k.kind)
),
change as (
  select a.indicator_id, sum(a.amount) as changed
  from budget_adjustment a join budget_indicator i on i.indicator_id = a.indicator_id
  where a.adjusted_on <= cast($as_of as date) and cast(extract(year from a.adjusted_on) as integer) <= i.budget_year
  group by a.indicator_id
),
taken_back as (
  select i.indicator_id, coalesce(sum(p.amount), cast(0 as numeric(18,2))) as spent
  from budget_indicator i
  left join payment p on p.indicator_id = i.indicator_id and p.paid_on <= i.closed_on
    and p.payment_state not in ('void', 'returned')
  where i.closed_on <= cast($as_of as date)
  group by i.indicator_id
),
budgeted as (
  select i.unit_code, i.budget_year, coalesce(i.capped_expense, k.kind) as kind,
    sum(least(i.amount + coalesce(c.changed, cast(0 as numeric(18,2))), t.spent)) as budget,
    sum(i.amount + coalesce(c.changed, cast(0 as numeric(18,2)))) as given, bool_or(t.indicator_id is null) as is_open
  from budget_indicator i
  left join kind_of k on k.code = i.economic_code
  left join change c on c.indicator_id = i.indicator_id
  left join taken_back t on t.indicator_id = i.indicator_id
  where (i.capped_expense is not null or k.kind is not null) and i.issued_on <= cast($as_of as date)
  group by i.unit_code, i.budget_year, coalesce(i.capped_expense, k.kind)
),
compared as (
  select s.*, coalesce(b.budget, cast(0 as numeric(18,2))) as budget,
    coalesce(b.given, cast(0 as numeric(18,2))) as given, coalesce(b.is_open, false) as is_open,
    coalesce(n.kind_name, s.kind) as kind_name
  from spending s
  left join name_of n on n.kind = s.kind
  left join budgeted b on b.unit_code = s.unit_code and b.budget_year = s.budget_year and b.kind = s.kind
)
select unit_code, budget_year, kind, last_on as on_date, spent as amount,
  case when spent > budget then 'red' else 'yellow' end as level,
  case when budget <= 0 then 'no_budget' when spent > budget then 'over_budget' else 'near_budget' end as condition,
  cast(null as text) as counterparty, economic_code, kind_name, budget, payment_count,
  greatest(spent - budget, cast(0 as numeric(18,2))) as excess,
  cast(cast(spent as numeric(18,6)) / nullif(cast(budget as numeric(18,6)), 0) as numeric(18,4)) as used
from compared
where spent > 0
  and (spent > budget
    or cast(spent as numeric(28,2)) >= cast(case when is_open then budget else given end as numeric(28,2))
      * cast($near_share as numeric(9,6)))
