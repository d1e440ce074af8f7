-- Invoices that replace a voided or fully reversed one of the same seller, buyer and amount within days, with other items.
-- The feeds carry no date of voiding, which the law allows within the month of issue: its end counts. The buyer is the same by
-- tax number, or by name where one of the two carries no number.
with reversal as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total, max(issued_on) as reversed_on
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
original as (
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on, i.total,
    i.buyer_tax_no, replace(i.buyer_name, ' ', '') as buyer_name, coalesce(i.seller_tax_no, i.seller_name) as seller_key,
    case when i.invoice_state = 'void' then 'after_void' else 'after_reversal' end as condition,
    case when i.invoice_state = 'void' then i.issued_on else r.reversed_on end as taken_back_on,
    case when i.invoice_state = 'void' then cast(date_trunc('month', i.issued_on) + interval '1 month' - interval '1 day' as date)
      else r.reversed_on end as at_the_latest
  from invoice i
  left join reversal r on r.invoice_code = coalesce(i.invoice_code, '') and r.invoice_no = i.invoice_no
  where i.total > 0 and (i.invoice_state = 'void' or (i.invoice_state = 'normal' and i.total + r.total <= 0))
),
candidate as (
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on, i.total, i.buyer_tax_no, i.seller_name,
    i.seller_tax_no, o.invoice_code as old_code, o.invoice_no as old_no, o.issued_on as old_on, o.taken_back_on, o.condition
  from original o
  join invoice i on i.total = o.total and coalesce(i.seller_tax_no, i.seller_name) = o.seller_key
    and case when i.buyer_tax_no is not null and o.buyer_tax_no is not null then i.buyer_tax_no = o.buyer_tax_no
      else replace(i.buyer_name, ' ', '') = o.buyer_name end
  left join reversal r on r.invoice_code = coalesce(i.invoice_code, '') and r.invoice_no = i.invoice_no
  where i.invoice_state = 'normal' and i.total + coalesce(r.total, 0) > 0
    and (coalesce(i.invoice_code, '') <> o.invoice_code or i.invoice_no <> o.invoice_no)
    and i.issued_on >= o.issued_on
    and i.issued_on between o.taken_back_on - cast($within_days as integer) and o.at_the_latest + cast($within_days as integer)
),
wanted as (
  select invoice_code, invoice_no from candidate union select old_code, old_no from candidate
),
named as (
  select w.invoice_code, w.invoice_no, string_agg(distinct trim(n.item_name), '、' order by trim(n.item_name)) as items
  from wanted w join invoice_line n on n.invoice_no = w.invoice_no and coalesce(n.invoice_code, '') = w.invoice_code
  group by w.invoice_code, w.invoice_no
),
paired as (
  select c.*, o.items as old_items, n.items as new_items,
    row_number() over (partition by c.invoice_code, c.invoice_no order by c.taken_back_on desc, c.old_code, c.old_no) as nth
  from candidate c
  join named o on o.invoice_code = c.old_code and o.invoice_no = c.old_no
  join named n on n.invoice_code = c.invoice_code and n.invoice_no = c.invoice_no
  where o.items <> n.items
),
buyer as (
  select p.invoice_code, p.invoice_no, min(u.unit_code) as unit_code
  from paired p join unit u on u.credit_code = p.buyer_tax_no
  where u.valid_from <= p.issued_on and (u.valid_to is null or u.valid_to >= p.issued_on)
  group by p.invoice_code, p.invoice_no
),
claim as (
  select coalesce(invoice_code, '') as invoice_code, invoice_no, unit_code,
    row_number() over (partition by coalesce(invoice_code, ''), invoice_no order by claimed_on, reimbursement_id) as nth
  from reimbursement
)
select p.invoice_code, p.invoice_no, coalesce(b.unit_code, c.unit_code) as unit_code, p.issued_on as on_date,
  p.total as amount, 'yellow' as level, p.condition, p.seller_tax_no as counterparty, cast(null as text) as economic_code,
  p.seller_name, p.old_code, p.old_no, p.old_on, p.old_items, p.new_items,
  case p.condition when 'after_void' then '作废' else '红冲' end as how
from paired p
left join buyer b on b.invoice_code = p.invoice_code and b.invoice_no = p.invoice_no
left join claim c on c.invoice_code = p.invoice_code and c.invoice_no = p.invoice_no and c.nth = 1
where p.nth = 1
