-- Invoices issued on a public holiday, within a few days of one, or on a weekend that is no make-up working day.
with recursive reach as (
  select 0 as distance union all select distance + 1 from reach where distance < cast($near_days as integer)
),
around as (
  select h.day + r.distance as day, r.distance, h.holiday_name
  from calendar_day h cross join reach r where h.holiday_name is not null
  union
  select h.day - r.distance, r.distance, h.holiday_name
  from calendar_day h cross join reach r where h.holiday_name is not null
),
nearest as (
  select day, distance, holiday_name,
    row_number() over (partition by day order by distance, holiday_name) as nth
  from around
),
special_day as (
  select c.day, c.is_workday, c.holiday_name as own_holiday, n.holiday_name, n.distance
  from calendar_day c left join nearest n on n.day = c.day and n.nth = 1
  where not c.is_workday or c.holiday_name is not null or n.day is not null
),
taken_back as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
found as (
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on, i.total, i.buyer_tax_no, i.seller_name,
    i.seller_tax_no, d.is_workday, d.own_holiday, d.holiday_name, d.distance
  from invoice i
  join special_day d on d.day = i.issued_on
  left join taken_back t on t.invoice_code = coalesce(i.invoice_code, '') and t.invoice_no = i.invoice_no
  where i.invoice_state = 'normal' and i.total >= cast($least_amount as numeric(18,2))
    and i.total > 0 and i.total + coalesce(t.total, 0) > 0
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
  f.total as amount,
  case when f.holiday_name is not null then 'yellow' else 'blue' end as level,
  case when f.own_holiday is not null then 'holiday' when f.holiday_name is not null then 'near_holiday' else 'weekend' end as condition,
  f.seller_tax_no as counterparty, cast(null as text) as economic_code, f.seller_name, f.holiday_name,
  cast(f.distance as integer) as days_from_holiday,
  case when f.own_holiday is not null then concat(f.own_holiday, '假期内')
    when f.holiday_name is not null then concat('距', f.holiday_name, '假期', cast(f.distance as text), '日')
    else '周末非调休工作日' end as day_kind,
  concat_ws(',', case when f.own_holiday is not null then 'holiday' end,
    case when f.own_holiday is null and f.holiday_name is not null then 'near_holiday' end,
    case when f.own_holiday is null and not f.is_workday then 'weekend' end) as conditions
from found f
left join buyer b on b.invoice_code = f.invoice_code and b.invoice_no = f.invoice_no
left join claim c on c.invoice_code = f.invoice_code and c.invoice_no = f.invoice_no and c.nth = 1
