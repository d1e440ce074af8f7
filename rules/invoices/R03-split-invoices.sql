-- Purchases split over invoices: a run of consecutive numbers from one seller to one unit, or invoices of one day that
-- are each below a limit and together above it. One row per invoice of the group, so that each carries the hit.
with taken_back as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
claim as (
  select coalesce(invoice_code, '') as invoice_code, invoice_no, unit_code,
    row_number() over (partition by coalesce(invoice_code, ''), invoice_no order by claimed_on, reimbursement_id) as nth
  from reimbursement
),
live as (
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on, i.total, i.buyer_tax_no, i.seller_name,
    i.seller_tax_no, coalesce(i.seller_tax_no, i.seller_name) as seller_key
  from invoice i
  left join taken_back t on t.invoice_code = coalesce(i.invoice_code, '') and t.invoice_no = i.invoice_no
  where i.invoice_state = 'normal' and i.total > 0 and i.total + coalesce(t.total, 0) > 0
),
buyer as (
  select l.invoice_code, l.invoice_no, min(u.unit_code) as unit_code
  from live l join unit u on u.credit_code = l.buyer_tax_no
  where u.valid_from <= l.issued_on and (u.valid_to is null or u.valid_to >= l.issued_on)
  group by l.invoice_code, l.invoice_no
),
owned as (
  select l.*, coalesce(b.unit_code, c.unit_code) as unit_code
  from live l
  left join buyer b on b.invoice_code = l.invoice_code and b.invoice_no = l.invoice_no
  left join claim c on c.invoice_code = l.invoice_code and c.invoice_no = l.invoice_no and c.nth = 1
  where coalesce(b.unit_code, c.unit_code) is not null
),
islands as (
  -- Numbers of one run keep their distance to the row number; a fully digital number has 20 digits.
  select *, cast(invoice_no as numeric(38,0)) - row_number() over (
      partition by unit_code, seller_key, invoice_code, length(invoice_no) order by invoice_no) as island
  from owned where length(invoice_no) in (8, 20)
),
runs as (
  select invoice_code, invoice_no, 'consecutive' as condition,
    min(invoice_no) over run as first_no, count(*) over run as invoice_count, sum(total) over run as group_total
  from islands
  window run as (partition by unit_code, seller_key, invoice_code, length(invoice_no), island)
),
same_days as (
  select invoice_code, invoice_no, 'same_day' as condition,
    min(invoice_no) over sale as first_no, count(*) over sale as invoice_count, sum(total) over sale as group_total
  from owned where total < cast($day_limit as numeric(18,2))
  window sale as (partition by unit_code, seller_key, issued_on)
),
found as (
  select * from runs where invoice_count >= cast($least_run as integer)
  union all
  select * from same_days where invoice_count >= 2 and group_total > cast($day_limit as numeric(18,2))
),
chosen as (
  select *, row_number() over (partition by invoice_code, invoice_no order by condition) as nth,
    string_agg(condition, ',') over (partition by invoice_code, invoice_no order by condition
      rows between unbounded preceding and unbounded following) as conditions
  from found
)
select o.invoice_code, o.invoice_no, o.unit_code, o.issued_on as on_date, o.total as amount, 'yellow' as level, f.condition,
  o.seller_tax_no as counterparty, cast(null as text) as economic_code, o.seller_name, f.first_no,
  cast(f.invoice_count as integer) as invoice_count, f.group_total,
  case f.condition when 'consecutive' then '发票号码相连' else '同日开具且各低于限额' end as pattern, f.conditions
from chosen f join owned o on o.invoice_code = f.invoice_code and o.invoice_no = f.invoice_no
where f.nth = 1
