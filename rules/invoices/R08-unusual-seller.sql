-- Sellers that are gone, listed as abnormal, just founded, sell what their business scope does not hold, or are on the
-- list of high-consumption venues; registers as of the day of the invoice.
with taken_back as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
live as (
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.issued_on, i.total, i.buyer_tax_no, i.seller_name,
    i.seller_tax_no
  from invoice i
  left join taken_back t on t.invoice_code = coalesce(i.invoice_code, '') and t.invoice_no = i.invoice_no
  where i.invoice_state = 'normal' and i.total > 0 and i.total + coalesce(t.total, 0) > 0
),
registered as (
  select l.invoice_code, l.invoice_no, l.issued_on, e.enterprise_state, e.state_since, e.established_on, e.business_scope
  from live l join enterprise e on e.credit_code = l.seller_tax_no
  where e.valid_from <= l.issued_on and (e.valid_to is null or e.valid_to >= l.issued_on)
),
scope_pair as (
  select split_part(pair, '=', 1) as item_class, split_part(pair, '=', 2) as scope_words
  from (select unnest(string_to_array(cast($class_scopes as text), '|')) as pair) pairs
),
scope_word as (
  select item_class, unnest(string_to_array(scope_words, '/')) as word from scope_pair
),
sold as (
  select distinct r.invoice_code, r.invoice_no, r.business_scope, p.item_class
  from registered r
  join invoice_line n on n.invoice_no = r.invoice_no and coalesce(n.invoice_code, '') = r.invoice_code
  join scope_pair p on p.item_class = split_part(n.item_name, '*', 2)
  where n.item_name like '*%*%' and coalesce(r.business_scope, '') <> ''
),
outside as (
  -- Scopes and classes are few against invoices: each pair is judged once.
  select d.business_scope, d.item_class from (select distinct business_scope, item_class from sold) d
  join scope_word w on w.item_class = d.item_class
  group by d.business_scope, d.item_class
  having max(case when strpos(d.business_scope, w.word) > 0 then 1 else 0 end) = 0
),
finding as (
  select invoice_code, invoice_no, 1 as nth, 'closed' as condition,
    concat('销售方', case enterprise_state when 'cancelled' then '已注销' else '已吊销' end,
      case when state_since is not null then concat('（', cast(state_since as text), '）') end) as found
  from registered
  where enterprise_state in ('cancelled', 'revoked') and (state_since is null or state_since <= issued_on)
  union all
  select invoice_code, invoice_no, 2, 'abnormal', '销售方列入经营异常'
  from registered where enterprise_state = 'abnormal' and (state_since is null or state_since <= issued_on)
  union all
  select invoice_code, invoice_no, 3, 'venue', concat('销售方为高消费场所', case when kind is not null then concat('（', kind, '）') end)
  from (
    select l.invoice_code, l.invoice_no, min(v.venue_kind) as kind
    from live l join venue v on v.credit_code = l.seller_tax_no
    where v.valid_from <= l.issued_on and (v.valid_to is null or v.valid_to >= l.issued_on)
    group by l.invoice_code, l.invoice_no
    union
    select l.invoice_code, l.invoice_no, min(v.venue_kind)
    from live l join venue v on replace(v.venue_name, ' ', '') = replace(l.seller_name, ' ', '')
    where v.valid_from <= l.issued_on and (v.valid_to is null or v.valid_to >= l.issued_on)
      and (v.credit_code is null or l.seller_tax_no is null)
    group by l.invoice_code, l.invoice_no
  ) by_venue
  union all
  select invoice_code, invoice_no, 4, 'newly_founded', concat('销售方成立于', cast(min(established_on) as text))
  from registered where issued_on - established_on < cast($new_days as integer)
  group by invoice_code, invoice_no
  union all
  select s.invoice_code, s.invoice_no, 5, 'scope_mismatch',
    concat('经营范围未见', string_agg(distinct s.item_class, '、' order by s.item_class))
  from sold s join outside o on o.business_scope = s.business_scope and o.item_class = s.item_class
  group by s.invoice_code, s.invoice_no
),
summed as (
  select invoice_code, invoice_no, min(nth) as heaviest, string_agg(distinct found, '；' order by found) as findings,
    max(case when condition = 'closed' then 'closed' end) as closed,
    max(case when condition = 'abnormal' then 'abnormal' end) as abnormal,
    max(case when condition = 'venue' then 'venue' end) as venue,
    max(case when condition = 'newly_founded' then 'newly_founded' end) as newly_founded,
    max(case when condition = 'scope_mismatch' then 'scope_mismatch' end) as scope_mismatch
  from finding group by invoice_code, invoice_no
),
judged as (
  select l.*, s.heaviest, s.findings, concat_ws(',', s.closed, s.abnormal, s.venue, s.newly_founded, s.scope_mismatch) as conditions
  from summed s join live l on l.invoice_code = s.invoice_code and l.invoice_no = s.invoice_no
),
buyer as (
  select j.invoice_code, j.invoice_no, min(u.unit_code) as unit_code
  from judged j join unit u on u.credit_code = j.buyer_tax_no
  where u.valid_from <= j.issued_on and (u.valid_to is null or u.valid_to >= j.issued_on)
  group by j.invoice_code, j.invoice_no
),
claim as (
  select coalesce(invoice_code, '') as invoice_code, invoice_no, unit_code,
    row_number() over (partition by coalesce(invoice_code, ''), invoice_no order by claimed_on, reimbursement_id) as nth
  from reimbursement
)
select j.invoice_code, j.invoice_no, coalesce(b.unit_code, c.unit_code) as unit_code, j.issued_on as on_date,
  j.total as amount, case when j.heaviest = 1 then 'red' else 'yellow' end as level,
  case j.heaviest when 1 then 'closed' when 2 then 'abnormal' when 3 then 'venue' when 4 then 'newly_founded' else 'scope_mismatch' end as condition,
  j.seller_tax_no as counterparty, cast(null as text) as economic_code, j.seller_name, j.findings, j.conditions
from judged j
left join buyer b on b.invoice_code = j.invoice_code and b.invoice_no = j.invoice_no
left join claim c on c.invoice_code = j.invoice_code and c.invoice_no = j.invoice_no and c.nth = 1
