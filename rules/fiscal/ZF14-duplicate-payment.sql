-- A payment that repeats an earlier one: same account and amount within some days, for the same invoice, contract or
-- purpose. Invoice and contract count across units, the purpose within the unit. An invoice number without its code is
-- that of any code: many a payment gives only the number.
with eligible as not materialized (
  select payment_id, unit_code, paid_on, amount, payee_account, payee_code, payee_name, economic_code, purpose, batch_no,
    nullif(invoice_code, '') as invoice_code, invoice_no, contract_id
  from payment
  where payee_account is not null and payment_kind not in ('salary', 'subsidy_batch')
    and payment_state not in ('void', 'returned')
),
repeated as (
  select payee_account, amount from eligible group by payee_account, amount having count(*) > 1
),
candidate as materialized (
  select e.* from repeated r join eligible e on r.payee_account = e.payee_account and r.amount = e.amount
),
pair as (
  select l.payment_id, e.payment_id as earlier_id, e.unit_code as earlier_unit, e.paid_on as earlier_on,
    case when e.invoice_no = l.invoice_no and coalesce(e.invoice_code = l.invoice_code, true) then 'invoice'
      when e.contract_id = l.contract_id then 'contract'
      -- Persons who are paid the same in one batch are no duplicates of one another.
      when trim(l.purpose) <> '' and e.purpose = l.purpose and e.unit_code = l.unit_code
        and coalesce(e.batch_no <> l.batch_no, true) then 'purpose' end as condition
  from candidate l
  join candidate e on e.payee_account = l.payee_account and e.amount = l.amount
  where (e.paid_on < l.paid_on or (e.paid_on = l.paid_on and e.payment_id < l.payment_id))
    and l.paid_on - e.paid_on <= cast($window_days as integer)
),
ranked as (
  select *, row_number() over (
    partition by payment_id
    order by case condition when 'invoice' then 1 when 'contract' then 2 else 3 end, earlier_on desc, earlier_id desc) as place
  from pair where condition is not null
)
select c.payment_id, c.unit_code, c.paid_on as on_date, c.amount,
  case when r.condition = 'invoice' then 'red' else 'yellow' end as level, r.condition,
  coalesce(c.payee_code, c.payee_account) as counterparty, c.economic_code, c.payee_name, c.purpose, c.invoice_no, c.contract_id,
  r.earlier_id, r.earlier_on, cast(c.paid_on - r.earlier_on as integer) as days_between, c.amount + c.amount as pair_sum
from ranked r join candidate c on c.payment_id = r.payment_id
where r.place = 1
