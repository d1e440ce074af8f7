-- Large transfers to private persons, one by one and summed over a month, other than salaries and batch pay-outs.
with personal as (
  select payment_id, unit_code, paid_on, amount, payee_name, payee_account, payee_code, economic_code, purpose,
    left(cast(paid_on as text), 7) as month,
    sum(amount) over (
      partition by unit_code, left(cast(paid_on as text), 7), coalesce(payee_code, payee_account, payee_name)
      order by paid_on, payment_id rows between unbounded preceding and current row) as month_sum
  from payment
  where payee_kind = 'person' and payment_kind not in ('salary', 'subsidy_batch')
    and payment_state not in ('void', 'returned')
)
select payment_id, unit_code, paid_on as on_date, amount,
  case when amount >= cast($single_red as numeric(18,2)) then 'red' else 'yellow' end as level,
  case when amount >= cast($single_limit as numeric(18,2)) then 'single' else 'month_sum' end as condition,
  coalesce(payee_code, payee_account) as counterparty, economic_code, payee_name, payee_account, purpose, month, month_sum,
  concat_ws(',', case when amount >= cast($single_limit as numeric(18,2)) then 'single' end,
    case when month_sum >= cast($month_limit as numeric(18,2)) then 'month_sum' end) as conditions
from personal
where amount >= cast($single_limit as numeric(18,2)) or month_sum >= cast($month_limit as numeric(18,2))
