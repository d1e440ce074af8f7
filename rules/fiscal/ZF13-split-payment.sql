-- Payments of one unit to one account within a few days, each below a limit, together at or above it. A window of days
-- that reaches the limit is a finding; windows that overlap are one chain, anchored at its first day.
with eligible as not materialized (
  select payment_id, unit_code, payee_account, payee_code, payee_name, paid_on, amount, economic_code,
    paid_on - cast('2000-01-01' as date) as day_no
  from payment
  where payee_account is not null and payment_kind not in ('salary', 'subsidy_batch')
    and payment_state not in ('void', 'returned')
    and amount < greatest(cast($authorisation_limit as numeric(18,2)), cast($procurement_limit as numeric(18,2)))
),
repeated as (
  select unit_code, payee_account from eligible group by unit_code, payee_account
  having count(*) >= cast($least_count as integer)
    and sum(amount) >= least(cast($authorisation_limit as numeric(18,2)), cast($procurement_limit as numeric(18,2)))
),
candidate as materialized (
  select e.* from repeated r join eligible e on e.unit_code = r.unit_code and e.payee_account = r.payee_account
),
threshold as (
  select 'authorisation' as condition, cast($authorisation_limit as numeric(18,2)) as top
  union all
  select 'procurement', cast($procurement_limit as numeric(18,2))
),
below as (
  select c.*, t.condition, t.top from candidate c join threshold t on c.amount < t.top
),
windowed as (
  select *, sum(amount) over days as window_sum, count(*) over days as window_count, min(day_no) over days as start_no
  from below
  window days as (
    partition by condition, unit_code, payee_account order by day_no
    range between cast($window_days as integer) - 1 preceding and current row)
),
reached as (
  select distinct condition, top, unit_code, payee_account, start_no, day_no as end_no
  from windowed
  where window_count >= cast($least_count as integer) and window_sum >= top
),
marked as (
  select *, case when start_no <= max(end_no) over (
      partition by condition, unit_code, payee_account order by end_no, start_no
      rows between unbounded preceding and 1 preceding) then 0 else 1 end as opens
  from reached
),
numbered as (
  select *, sum(opens) over (
      partition by condition, unit_code, payee_account order by end_no, start_no
      rows between unbounded preceding and current row) as chain_no
  from marked
),
chain as (
  select condition, top, unit_code, payee_account, min(start_no) as first_no, max(end_no) as last_no
  from numbered group by condition, top, unit_code, payee_account, chain_no
),
kept as (
  -- A chain across the procurement limit says more than one across the authorisation limit over the same days.
  select c.* from chain c
  where c.condition = 'procurement' or not exists (
    select 1 from chain p
    where p.condition = 'procurement' and p.unit_code = c.unit_code and p.payee_account = c.payee_account
      and p.first_no <= c.last_no and p.last_no >= c.first_no)
)
select k.unit_code, k.payee_account, cast(min(b.paid_on) as text) as first_day, max(b.paid_on) as on_date,
  sum(b.amount) as amount, case when k.condition = 'procurement' then 'red' else 'yellow' end as level, k.condition,
  coalesce(max(b.payee_code), k.payee_account) as counterparty, 
  case when min(b.economic_code) = max(b.economic_code) and count(b.economic_code) = count(*) then min(b.economic_code) end as economic_code,
  max(b.payee_name) as payee_name, cast(count(*) as integer) as payment_count, max(b.amount) as largest, k.top as threshold
from kept k
join below b on b.condition = k.condition and b.unit_code = k.unit_code and b.payee_account = k.payee_account
  and b.day_no between k.first_no and k.last_no
group by k.condition, k.top, k.unit_code, k.payee_account, k.first_no, k.last_no
