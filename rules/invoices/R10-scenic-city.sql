-- Invoices from a scenic city that is not the unit's own. The seller's place is the one on the invoice, else the one in
-- the enterprise register, else characters 3 to 8 of its credit code (GB 32100). A city is four digits of the division
-- code; a county directly under the province (third and fourth digit 90) is its own city, six digits.
with taken_back as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
live as (
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on, i.total, i.buyer_tax_no, i.seller_name,
    i.seller_tax_no, i.seller_region_code
  from invoice i
  left join taken_back t on t.invoice_code = coalesce(i.invoice_code, '') and t.invoice_no = i.invoice_no
  where i.invoice_state = 'normal' and i.total > 0 and i.total + coalesce(t.total, 0) > 0
    and i.total >= cast($least_amount as numeric(18,2))
),
registered as (
  select l.invoice_code, l.invoice_no, min(e.region_code) as region_code
  from live l join enterprise e on e.credit_code = l.seller_tax_no
  where l.seller_region_code is null and e.region_code is not null
    and e.valid_from <= l.issued_on and (e.valid_to is null or e.valid_to >= l.issued_on)
  group by l.invoice_code, l.invoice_no
),
located as (
  select l.invoice_code, l.invoice_no, l.issued_on, l.total, l.buyer_tax_no, l.seller_name, l.seller_tax_no,
    coalesce(l.seller_region_code, r.region_code,
      case when length(l.seller_tax_no) = 18 then substr(l.seller_tax_no, 3, 6) end) as region_code,
    case when l.seller_region_code is not null then '发票' when r.region_code is not null then '企业登记' else '信用代码' end as region_source
  from live l left join registered r on r.invoice_code = l.invoice_code and r.invoice_no = l.invoice_no
),
placed as (
  select *, case when substr(region_code, 3, 2) = '90' then left(region_code, 6) else left(region_code, 4) end as city
  from located where region_code is not null
),
scenic as (
  select case when substr(region_code, 3, 2) = '90' then left(region_code, 6) else left(region_code, 4) end as city,
    city_name, valid_from, valid_to
  from scenic_city
),
found as (
  select p.invoice_code, p.invoice_no, p.issued_on, p.total, p.buyer_tax_no, p.seller_name, p.seller_tax_no, p.region_code,
    p.region_source, p.city, min(s.city_name) as city_name
  from placed p join scenic s on s.city = p.city
  where s.valid_from <= p.issued_on and (s.valid_to is null or s.valid_to >= p.issued_on)
  group by p.invoice_code, p.invoice_no, p.issued_on, p.total, p.buyer_tax_no, p.seller_name, p.seller_tax_no,
    p.region_code, p.region_source, p.city
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
),
owned as (
  select f.*, coalesce(b.unit_code, c.unit_code) as unit_code
  from found f
  left join buyer b on b.invoice_code = f.invoice_code and b.invoice_no = f.invoice_no
  left join claim c on c.invoice_code = f.invoice_code and c.invoice_no = f.invoice_no and c.nth = 1
),
at_home as (
  select o.invoice_code, o.invoice_no, min(u.region_code) as unit_region,
    max(case when o.city = case when substr(u.region_code, 3, 2) = '90' then left(u.region_code, 6) else left(u.region_code, 4) end
      then 1 else 0 end) as same_city
  from owned o join unit u on u.unit_code = o.unit_code
  where u.valid_from <= o.issued_on and (u.valid_to is null or u.valid_to >= o.issued_on)
  group by o.invoice_code, o.invoice_no
)
select o.invoice_code, o.invoice_no, o.unit_code, o.issued_on as on_date, o.total as amount, 'yellow' as level,
  'scenic_city' as condition, o.seller_tax_no as counterparty, cast(null as text) as economic_code, o.seller_name,
  o.city_name, o.region_code as seller_region, o.region_source, h.unit_region
from owned o join at_home h on h.invoice_code = o.invoice_code and h.invoice_no = o.invoice_no
where h.same_city = 0
