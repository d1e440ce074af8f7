-- One invoice reimbursed more than once, by one unit or by several, or at all though it is void or fully reversed. Claims
-- that together stay within the invoice's total may be shares of it and weigh less.
with claim as (
  select coalesce(invoice_code, '') as invoice_code, invoice_no, unit_code, reimbursement_id, claimed_on, amount,
    row_number() over (partition by coalesce(invoice_code, ''), invoice_no order by claimed_on desc, reimbursement_id desc) as from_last
  from reimbursement
),
claimed as (
  select invoice_code, invoice_no, count(*) as claim_count, count(distinct unit_code) as unit_count, sum(amount) as claimed,
    max(case when from_last = 1 then unit_code end) as unit_code, min(claimed_on) as first_claimed_on, max(claimed_on) as last_claimed_on,
    string_agg(distinct unit_code, '、' order by unit_code) as units
  from claim group by invoice_code, invoice_no
),
by_unit as (
  select c.invoice_code, c.invoice_no, max(n) as most_by_one
  from (select invoice_code, invoice_no, unit_code, count(*) as n from claim group by invoice_code, invoice_no, unit_code) c
  group by c.invoice_code, c.invoice_no
),
taken_back as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total, max(issued_on) as reversed_on
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
known as (
  select r.*, b.most_by_one, i.total, i.seller_name, i.seller_tax_no, i.invoice_state,
    case when i.invoice_state = 'normal' and i.total + t.total <= 0 then t.reversed_on end as reversed_on,
    case when i.total > 0 and (i.invoice_state = 'void' or (i.invoice_state = 'normal' and i.total + t.total <= 0)) then 1 else 0 end
      as is_taken_back
  from claimed r
  join by_unit b on b.invoice_code = r.invoice_code and b.invoice_no = r.invoice_no
  left join invoice i on coalesce(i.invoice_code, '') = r.invoice_code and i.invoice_no = r.invoice_no
  left join taken_back t on t.invoice_code = r.invoice_code and t.invoice_no = r.invoice_no
)
select k.invoice_code, k.invoice_no, k.unit_code, k.last_claimed_on as on_date, cast(k.claimed as numeric(18,2)) as amount,
  case when k.is_taken_back = 1 or k.total is null or k.claimed > k.total then 'red' else 'yellow' end as level,
  case when k.is_taken_back = 1 then 'taken_back' when k.unit_count > 1 then 'two_units' else 'same_unit' end as condition,
  k.seller_tax_no as counterparty, cast(null as text) as economic_code, k.seller_name, cast(k.claim_count as integer) as claim_count,
  k.units, k.first_claimed_on, k.total as invoice_total,
  k.reversed_on,
  cast(case when k.is_taken_back = 1 then k.claimed when k.claimed > k.total then k.claimed - k.total else 0 end as numeric(18,2)) as excess,
  case when k.reversed_on is not null then '报销已全额红冲发票' when k.is_taken_back = 1 then '报销已作废发票' else '重复报销' end as finding,
  concat_ws(',', case when k.most_by_one > 1 then 'same_unit' end, case when k.unit_count > 1 then 'two_units' end,
    case when k.is_taken_back = 1 then 'taken_back' end) as conditions
from known k
where k.is_taken_back = 1 or (k.claim_count > 1 and (k.invoice_state is null or (k.invoice_state = 'normal' and k.total > 0)))
