-- Invoices made out to a person and reimbursed by a unit: the buyer carries no unit's tax number and is named as a
-- person, or is the claimant himself. A citizen number, also with two digits behind it, is no unit's.
with taken_back as (
  select coalesce(red_of_code, '') as invoice_code, red_of_no as invoice_no, sum(total) as total
  from invoice where invoice_state = 'red' and red_of_no is not null group by coalesce(red_of_code, ''), red_of_no
),
claim as (
  select coalesce(invoice_code, '') as invoice_code, invoice_no, unit_code, claimant_name, claimant_id, claimed_on,
    row_number() over (partition by coalesce(invoice_code, ''), invoice_no order by claimed_on, reimbursement_id) as nth
  from reimbursement
),
own_claim as (
  -- Whether any claimant of the invoice is its buyer, by ID number or by name.
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no
  from invoice i join claim c on c.invoice_code = coalesce(i.invoice_code, '') and c.invoice_no = i.invoice_no
  where upper(left(i.buyer_tax_no, 18)) = upper(c.claimant_id) or replace(i.buyer_name, ' ', '') = replace(c.claimant_name, ' ', '')
  group by coalesce(i.invoice_code, ''), i.invoice_no
),
person_word as (
  select word from (select unnest(string_to_array(cast($person_words as text), '|')) as word) w where word <> ''
),
body_word as (
  select word from (select unnest(string_to_array(cast($body_words as text), '|')) as word) w where word <> ''
),
title as (
  -- Buyers' names are judged once each.
  select d.buyer_name, length(replace(replace(d.buyer_name, '·', ''), ' ', '')) as characters,
    max(case when p.word is not null then 1 else 0 end) as has_person_word,
    max(case when b.word is not null then 1 else 0 end) as has_body_word
  from (select distinct buyer_name from invoice where buyer_name is not null) d
  left join person_word p on strpos(d.buyer_name, p.word) > 0
  -- A single character names a body at the end only: 李文学 is a person, 第一中学 is none.
  left join body_word b on case when length(b.word) = 1 then right(d.buyer_name, 1) = b.word else strpos(d.buyer_name, b.word) > 0 end
  group by d.buyer_name
),
citizen as (
  -- Numbers of the form of a citizen number: seventeen digits and a digit or X, with a date of birth.
  select d.buyer_tax_no
  from (select distinct buyer_tax_no from invoice where length(buyer_tax_no) in (18, 20)) d
  where translate(left(d.buyer_tax_no, 17), '0123456789', '') = '' and strpos('0123456789Xx', substr(d.buyer_tax_no, 18, 1)) > 0
    and translate(substr(d.buyer_tax_no, 19), '0123456789', '') = ''
    and substr(d.buyer_tax_no, 7, 2) in ('19', '20') and substr(d.buyer_tax_no, 11, 2) between '01' and '12'
    and substr(d.buyer_tax_no, 13, 2) between '01' and '31'
),
exempt as (
  select n.invoice_no, coalesce(n.invoice_code, '') as invoice_code
  from invoice_line n
  group by n.invoice_no, coalesce(n.invoice_code, '')
  having min(case when n.item_name like '*%*%' and split_part(n.item_name, '*', 2)
    in (select unnest(string_to_array(cast($exempt_classes as text), '|'))) then 1 else 0 end) = 1
),
candidate as (
  select coalesce(i.invoice_code, '') as invoice_code, i.invoice_no, i.total, i.buyer_name, i.buyer_tax_no, i.seller_name,
    i.seller_tax_no, i.issued_on, c.unit_code, c.claimant_name, c.claimed_on,
    case when o.invoice_no is not null then 'claimant'
      when t.has_person_word = 1 and t.has_body_word = 0 then 'person_word'
      when (coalesce(i.buyer_tax_no, '') = '' or p.buyer_tax_no is not null) and t.has_body_word = 0 and t.characters between 2 and cast($name_length as integer) then 'person_name'
    end as condition
  from invoice i
  join claim c on c.invoice_code = coalesce(i.invoice_code, '') and c.invoice_no = i.invoice_no and c.nth = 1
  join title t on t.buyer_name = i.buyer_name
  left join citizen p on p.buyer_tax_no = i.buyer_tax_no
  left join own_claim o on o.invoice_code = c.invoice_code and o.invoice_no = c.invoice_no
  left join taken_back b on b.invoice_code = c.invoice_code and b.invoice_no = c.invoice_no
  where i.invoice_state = 'normal' and i.total > 0 and i.total + coalesce(b.total, 0) > 0
),
bought as (
  select distinct k.invoice_code, k.invoice_no from candidate k join unit u on u.credit_code = k.buyer_tax_no
  where k.condition is not null and u.valid_from <= k.issued_on and (u.valid_to is null or u.valid_to >= k.issued_on)
)
select k.invoice_code, k.invoice_no, k.unit_code, k.claimed_on as on_date, k.total as amount, 'yellow' as level, k.condition,
  k.seller_tax_no as counterparty, cast(null as text) as economic_code, k.seller_name, k.buyer_name, k.claimant_name,
  case k.condition when 'claimant' then '抬头即报销人' when 'person_word' then '抬头为个人字样' else '抬头为姓名且无单位税号' end as reason
from candidate k
left join exempt e on e.invoice_code = k.invoice_code and e.invoice_no = k.invoice_no
left join bought u on u.invoice_code = k.invoice_code and u.invoice_no = k.invoice_no
where k.condition is not null and e.invoice_no is null and u.invoice_no is null
