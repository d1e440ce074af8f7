-- Cash payments over a limit, and months in which the sum or the number of cash payments passes a limit: every payment
-- from the crossing on is a hit.
with cash as (
  select payment_id, unit_code, paid_on, amount, payee_name, payee_account, payee_code, economic_code, purpose,
    left(cast(paid_on as text), 7) as month,
    sum(amount) over month_so_far as month_sum,
    cast(count(*) over month_so_far as integer) as month_count
  from payment
  where (settlement = 'cash' or payment_kind = 'cash_withdrawal') and payment_state not in ('void', 'returned')
  window month_so_far as (
    partition by unit_code, left(cast(paid_on as text), 7) order by paid_on, payment_id
    rows between unbounded preceding and current row)
),
judged as (
  select *,
    amount > cast($single_limit as numeric(18,2)) as over_single,
    month_sum > cast($month_limit as numeric(18,2)) as over_month_sum,
    month_count > cast($month_times as integer) as over_month_count
  from cash
)
select payment_id, unit_code, paid_on as on_date, amount,
  case when amount > cast($single_red as numeric(18,2)) then 'red' else 'yellow' end as level,
  case when over_single then 'single' when over_month_sum then 'month_sum' else 'month_count' end as condition,
  coalesce(payee_code, payee_account) as counterparty, economic_code, payee_name, purpose, month, month_sum, month_count,
  concat_ws(',', case when over_single then 'single' end, case when over_month_sum then 'month_sum' end,
    case when over_month_count then 'month_count' end) as conditions
from judged
where over_single or over_month_sum or over_month_count
