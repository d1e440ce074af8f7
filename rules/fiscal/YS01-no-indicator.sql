-- Payments without a valid indicator, and payments that carry the sum charged to their indicator beyond what it held on
-- that day. Indicators that nothing can be wrong with are dropped on their totals, before any payment is looked at.
with live as not materialized (
  select payment_id, unit_code, indicator_id, paid_on, amount, payee_name, payee_account, payee_code, economic_code, purpose
  from payment
  where payment_state not in ('void', 'returned')
),
change as (
  select indicator_id, adjusted_on, adjustment_id, amount,
    sum(amount) over (
      partition by indicator_id order by adjusted_on, adjustment_id
      rows between unbounded preceding and current row) as changed
  from budget_adjustment
),
lowest as (
  select indicator_id, least(min(changed), cast(0 as numeric(18,2))) as change from change group by indicator_id
),
charged as (
  select indicator_id, sum(amount) as total, min(paid_on) as first_on, max(paid_on) as last_on,
    min(unit_code) as first_unit, max(unit_code) as last_unit
  from live
  where indicator_id is not null
  group by indicator_id
),
candidate as (
  select c.indicator_id, i.indicator_id is not null as known, i.unit_code as owner_code, i.budget_year, i.issued_on,
    i.closed_on, i.amount as original
  from charged c
  left join budget_indicator i on i.indicator_id = c.indicator_id
  left join lowest l on l.indicator_id = c.indicator_id
  where i.indicator_id is null
    or c.first_unit <> i.unit_code or c.last_unit <> i.unit_code
    or cast(extract(year from c.first_on) as integer) <> i.budget_year
    or cast(extract(year from c.last_on) as integer) <> i.budget_year
    or c.first_on < i.issued_on or c.last_on > i.closed_on
    or c.total > i.amount + coalesce(l.change, cast(0 as numeric(18,2)))
),
event as (
  select p.indicator_id, p.paid_on as day, 1 as turn, p.payment_id as event_id, p.amount as charge,
    cast(0 as numeric(18,2)) as change
  from live p join candidate c on c.indicator_id = p.indicator_id
  union all
  select a.indicator_id, a.adjusted_on, 0, a.adjustment_id, cast(0 as numeric(18,2)), a.amount
  from budget_adjustment a join candidate c on c.indicator_id = a.indicator_id
),
running as (
  -- Adjustments of a day come before its payments.
  select *, sum(charge) over so_far as charged, sum(change) over so_far as changed
  from event
  window so_far as (
    partition by indicator_id order by day, turn, event_id rows between unbounded preceding and current row)
),
judged as (
  select r.event_id as payment_id, r.charged, c.original + r.changed as available,
    case when not c.known then 'unknown'
      when p.unit_code <> c.owner_code then 'other_unit'
      when cast(extract(year from p.paid_on) as integer) <> c.budget_year then 'other_year'
      when p.paid_on < c.issued_on then 'not_issued'
      when p.paid_on > c.closed_on then 'taken_back' end as fault,
    coalesce(r.charged > c.original + r.changed, false) as beyond
  from running r
  join candidate c on c.indicator_id = r.indicator_id
  join live p on p.payment_id = r.event_id and p.indicator_id = r.indicator_id
  where r.turn = 1
),
found as (
  select payment_id, charged, available, coalesce(fault, 'exceeded') as condition,
    concat_ws(',', fault, case when beyond then 'exceeded' end) as conditions
  from judged
  where fault is not null or beyond
  union all
  select payment_id, amount, cast(null as numeric(38,2)), 'missing', 'missing'
  from live
  where indicator_id is null
)
select p.payment_id, p.unit_code, p.paid_on as on_date, p.amount, 'red' as level, f.condition,
  coalesce(p.payee_code, p.payee_account) as counterparty, p.economic_code, p.indicator_id, f.charged, f.available,
  greatest(f.charged - f.available, cast(0 as numeric(18,2))) as excess, p.payee_name, p.purpose, f.conditions
from found f join live p on p.payment_id = f.payment_id
