-- Indicators adjusted too often or by too much in a year, and increases of the three public expenses. A slip that moves
-- money within its indicator has the amount 0: naming one of the three where the indicator is for something else is an
-- increase as well, by an amount that the slip does not tell.
with kind_of as (
  select split_part(pair, '=', 1) as code, split_part(pair, '=', 2) as kind
  from (select unnest(string_to_array(cast($capped_kinds as text), '|')) as pair) pairs
),
adjusted as (
  select a.indicator_id, coalesce(i.unit_code, a.unit_code) as unit_code,
    cast(extract(year from a.adjusted_on) as integer) as adjusted_year, a.adjusted_on, a.amount, i.amount as original,
    coalesce(i.economic_code, a.economic_code) as economic_code,
    case when a.amount > 0 and (
        i.capped_expense in (select kind from kind_of)
        or (i.capped_expense is null and i.economic_code in (select code from kind_of))
        or a.economic_code in (select code from kind_of)) then a.amount
      when a.amount = 0 and a.adjustment_kind <> 'decrease' and a.economic_code in (select code from kind_of)
        and a.economic_code is distinct from i.economic_code then a.amount end as capped_increase
  from budget_adjustment a
  left join budget_indicator i on i.indicator_id = a.indicator_id
  where a.adjusted_on <= cast($as_of as date)
),
total as (
  select indicator_id, adjusted_year, min(unit_code) as unit_code, max(adjusted_on) as last_on,
    cast(count(*) as integer) as times, sum(abs(amount)) as moved, sum(amount) as net, min(original) as original,
    case when min(economic_code) = max(economic_code) then min(economic_code) end as economic_code, sum(capped_increase) as capped_increase
  from adjusted
  group by indicator_id, adjusted_year
),
judged as (
  select *, times > cast($most_times as integer) as often,
    coalesce(cast(moved as numeric(28,2)) > cast(original as numeric(28,2)) * cast($share as numeric(9,6)), false) as large,
    capped_increase is not null as capped
  from total
)
select indicator_id, adjusted_year, unit_code, last_on as on_date, moved as amount,
  case when capped then 'red' else 'yellow' end as level,
  case when capped then 'capped_increase' when often then 'frequent' else 'large' end as condition,
  cast(null as text) as counterparty, economic_code, times, net, original, capped_increase,
  cast(cast(moved as numeric(18,6)) / nullif(cast(original as numeric(18,6)), 0) as numeric(18,4)) as moved_share,
  concat_ws(',', case when capped then 'capped_increase' end, case when often then 'frequent' end,
    case when large then 'large' end) as conditions
from judged
where often or large or capped
