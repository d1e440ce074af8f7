-- Large invoices over a round amount.
with taken_back as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
found as (
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on, i.total, i.buyer_tax_no, i.seller_name,
    i.seller_tax_no
  from invoice i
  left join taken_back t on t.invoice_code = coalesce(i.invoice_code, '') and t.invoice_no = i.invoice_no
  where i.invoice_state = 'normal' and i.total >= cast($least_amount as numeric(18,2))
    and i.total % cast($round_to as integer) = 0 and i.total + coalesce(t.total, 0) > 0
),
buyer as (
  select f.invoice_code, f.invoice_no, min(u.unit_code) as unit_code
  from found f join unit u on u.credit_code = f.buyer_tax_no
  where u.valid_from <= f.issued_on and (u.valid_to is null or u.valid_to >= f.issued_on)
  group by f.invoice_code, f.invoice_no
),
claim as (
  select coalesce(invoice_code, '') as invoice_code, invoice_no, unit_code,
    row_number() over (partition by coalesce(invoice_code, ''), invoice_no order by claimed_on, reimbursement_id) as nth
  from reimbursement
)
select f.invoice_code, f.invoice_no, coalesce(b.unit_code, c.unit_code) as unit_code, f.issued_on as on_date,
  f.total as amount, case when f.total >= cast($yellow_amount as numeric(18,2)) then 'yellow' else 'blue' end as level,
  'round_amount' as condition, f.seller_tax_no as counterparty, cast(null as text) as economic_code, f.seller_name
from found f
left join buyer b on b.invoice_code = f.invoice_code and b.invoice_no = f.invoice_no
left join claim c on c.invoice_code = f.invoice_code and c.invoice_no = f.invoice_no and c.nth = 1
