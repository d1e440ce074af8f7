-- Large transfers to private persons, one by one and summed over a month, other than salaries and batch pay-outs. Who
-- is paid without a number is whom the unit paid into the same account with one.
with to_person as not materialized (
  select payment_id, unit_code, paid_on, amount, payee_name, payee_account, payee_code, economic_code, purpose from payment
  where payee_kind = 'person' and payment_kind not in ('salary', 'subsidy_batch')
    and payment_state not in ('void', 'returned')
),
account_code as (
  select p.unit_code, p.payee_account, min(p.payee_code) as code
  from (
    select distinct unit_code, payee_account from to_person where payee_code is null and payee_account is not null
  ) u
  join to_person p on p.unit_code = u.unit_code and p.payee_account = u.payee_account
  where p.payee_code is not null
  group by p.unit_code, p.payee_account
),
keyed as (
  select p.*, coalesce(p.payee_code, a.code, p.payee_account, p.payee_name) as person
  from to_person p left join account_code a on a.unit_code = p.unit_code and a.payee_account = p.payee_account
),
personal as (
  select payment_id, unit_code, paid_on, amount, payee_name, payee_account, payee_code, economic_code, purpose,
    left(cast(paid_on as text), 7) as month,
    sum(amount) over (
      partition by unit_code, left(cast(paid_on as text), 7), person
      order by paid_on, payment_id rows between unbounded preceding and current row) as month_sum
  from keyed
)
select payment_id, unit_code, paid_on as on_date, amount,
  case when amount >= cast($single_red as numeric(18,2)) then 'red' else 'yellow' end as level,
  case when amount >= cast($single_limit as numeric(18,2)) then 'single' else 'month_sum' end as condition,
  coalesce(payee_code, payee_account) as counterparty, economic_code, payee_name, payee_account, purpose, month, month_sum,
  concat_ws(',', case when amount >= cast($single_limit as numeric(18,2)) then 'single' end,
    case when month_sum >= cast($month_limit as numeric(18,2)) then 'month_sum' end) as conditions
from personal
where amount >= cast($single_limit as numeric(18,2)) or month_sum >= cast($month_limit as numeric(18,2))
