-- Allowances, bonuses and benefits paid in a batch to several persons of the payroll, outside the unified salary and
-- outside what has been approved. Purposes are judged once each, however often they occur. One batch is what a unit pays
-- in a month under one batch number; what it pays on one day for one purpose is one as well, whatever its numbers.
with paid as not materialized (
  select payment_id, unit_code, paid_on, amount, purpose, economic_code, payee_code, payee_account, batch_no
  from payment
  where payee_kind = 'person' and payment_kind <> 'salary' and payment_state not in ('void', 'returned')
    and coalesce(economic_code, '') not in (select unnest(string_to_array(cast($salary_codes as text), '|')))
    and purpose is not null
),
named as materialized (
  select d.purpose, min(w.word) as word
  from (select distinct purpose from paid) d
  join (select unnest(string_to_array(cast($words as text), '|')) as word) w on strpos(d.purpose, w.word) > 0
  group by d.purpose
),
approved as (
  select n.purpose, i.unit_code, i.valid_from, i.valid_to
  from named n join allowance_item i on strpos(n.purpose, i.item_name) > 0
),
staff_paid as (
  select p.*, n.word, r.person_id
  from paid p
  join named n on n.purpose = p.purpose
  join payroll r on r.person_id = p.payee_code
  where r.valid_from <= p.paid_on and (r.valid_to is null or r.valid_to >= p.paid_on)
  union all
  select p.*, n.word, r.person_id
  from paid p
  join named n on n.purpose = p.purpose
  join payroll r on r.account_no = p.payee_account
  where p.payee_code is null and r.valid_from <= p.paid_on and (r.valid_to is null or r.valid_to >= p.paid_on)
),
to_staff as (
  -- A person on the payroll of two units is one person.
  select payment_id, unit_code, paid_on, amount, purpose, economic_code, batch_no, word, min(person_id) as person_id
  from staff_paid
  group by payment_id, unit_code, paid_on, amount, purpose, economic_code, batch_no, word
),
unapproved as (
  select *, coalesce(
      min(batch_no) over (partition by unit_code, paid_on, purpose) || ':' || left(cast(paid_on as text), 7),
      concat('day:', cast(paid_on as text), ':', purpose)) as batch_key
  from to_staff s
  where not exists (
    select 1 from approved a
    where a.purpose = s.purpose and (a.unit_code is null or a.unit_code = s.unit_code)
      and a.valid_from <= s.paid_on and (a.valid_to is null or a.valid_to >= s.paid_on))
)
select unit_code, batch_key, max(paid_on) as on_date, sum(amount) as amount, 'red' as level, 'batch' as condition,
  cast(null as text) as counterparty, 
  case when min(economic_code) = max(economic_code) and count(economic_code) = count(*) then min(economic_code) end as economic_code,
  min(purpose) as purpose, min(word) as word,
  cast(count(distinct person_id) as integer) as person_count, cast(count(*) as integer) as payment_count
from unapproved
group by unit_code, batch_key
having count(distinct person_id) >= cast($least_persons as integer)
