-- Sellers who are, or behind whom stands, an official of the watch list or a close relative of one, as legal representative
-- or as shareholder; registers and watch list as of the day of the invoice. A person sells under the citizen number, a
-- sole trader also under one with two digits behind it.
with taken_back as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
seller_day as (
  select distinct seller_tax_no as credit_code, issued_on from invoice
  where invoice_state = 'normal' and total > 0 and seller_tax_no is not null
),
behind as (
  select d.credit_code, d.issued_on, e.legal_rep_id as person_id, e.legal_rep_name as person_name, '法定代表人' as standing
  from seller_day d join enterprise e on e.credit_code = d.credit_code
  where e.legal_rep_id is not null and e.valid_from <= d.issued_on and (e.valid_to is null or e.valid_to >= d.issued_on)
  union
  select d.credit_code, d.issued_on, s.holder_code, s.holder_name, '股东'
  from seller_day d join shareholder s on s.credit_code = d.credit_code
  where s.holder_kind = 'person' and s.valid_from <= d.issued_on and (s.valid_to is null or s.valid_to >= d.issued_on)
  union
  select d.credit_code, d.issued_on, left(d.credit_code, 18), null, '本人'
  from seller_day d where length(d.credit_code) in (18, 20)
),
watched as (
  select b.credit_code, b.issued_on, 'official' as condition, w.unit_code,
    concat(b.standing, coalesce(b.person_name, w.person_name), '为监督名单人员') as found
  from behind b join watch_person w on upper(w.person_id) = upper(b.person_id)
  where w.valid_from <= b.issued_on and (w.valid_to is null or w.valid_to >= b.issued_on)
  union
  select b.credit_code, b.issued_on, 'relative', w.unit_code,
    concat(b.standing, coalesce(b.person_name, k.relative_name), '为监督名单人员', w.person_name, '的',
      case k.relation when 'spouse' then '配偶' when 'parent' then '父母' when 'child' then '子女'
        when 'sibling' then '兄弟姐妹' else '姻亲' end)
  from behind b
  join watch_relative k on upper(k.relative_id) = upper(b.person_id)
    and k.valid_from <= b.issued_on and (k.valid_to is null or k.valid_to >= b.issued_on)
  join watch_person w on upper(w.person_id) = upper(k.person_id)
    and w.valid_from <= b.issued_on and (w.valid_to is null or w.valid_to >= b.issued_on)
  where k.relation in (select unnest(string_to_array(cast($relations as text), '|')))
),
summed as (
  select credit_code, issued_on, min(condition) as condition, string_agg(distinct condition, ',' order by condition) as conditions,
    string_agg(distinct found, '；' order by found) as findings
  from watched group by credit_code, issued_on
),
found as (
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on, i.total, i.buyer_tax_no, i.seller_name,
    i.seller_tax_no, s.condition, s.conditions, s.findings
  from invoice i
  join summed s on s.credit_code = i.seller_tax_no and s.issued_on = i.issued_on
  left join taken_back t on t.invoice_code = coalesce(i.invoice_code, '') and t.invoice_no = i.invoice_no
  where i.invoice_state = 'normal' and i.total > 0 and i.total + coalesce(t.total, 0) > 0
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
)
select o.invoice_code, o.invoice_no, o.unit_code, o.issued_on as on_date, o.total as amount, 'red' as level, o.condition,
  o.seller_tax_no as counterparty, cast(null as text) as economic_code, o.seller_name, o.findings,
  case when exists (select 1 from watched w where w.credit_code = o.seller_tax_no and w.issued_on = o.issued_on
    and w.unit_code = o.unit_code) then '是' else '否' end as serves_in_unit, o.conditions
from owned o
