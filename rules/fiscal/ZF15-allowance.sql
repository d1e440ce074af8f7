-- Allowances, bonuses and benefits paid in a batch to several persons of the payroll, outside the unified salary and
-- outside what has been approved.
with paid as (
  select payment_id, unit_code, paid_on, amount, purpose, economic_code, payee_code, payee_account,
    coalesce(batch_no, concat('day:', cast(paid_on as text), ':', purpose)) as batch_key
  from payment
  where payee_kind = 'person' and payment_kind <> 'salary' and payment_state not in ('void', 'returned')
    and coalesce(economic_code, '') not in (select unnest(string_to_array(cast($salary_codes as text), '|')))
    and purpose is not null
),
named as (
  select d.purpose, min(w.word) as word
  from (select distinct purpose from paid) d
  join (select unnest(string_to_array(cast($words as text), '|')) as word) w on strpos(d.purpose, w.word) > 0
  group by d.purpose
),
suspected as (
  select p.*, n.word from paid p join named n on n.purpose = p.purpose
  where not exists (
    select 1 from allowance_item i
    where (i.unit_code is null or i.unit_code = p.unit_code) and strpos(p.purpose, i.item_name) > 0
      and i.valid_from <= p.paid_on and (i.valid_to is null or i.valid_to >= p.paid_on))
),
to_staff as (
  select s.*, (
    select min(r.person_id) from payroll r
    where (r.person_id = s.payee_code or (s.payee_code is null and r.account_no = s.payee_account))
      and r.valid_from <= s.paid_on and (r.valid_to is null or r.valid_to >= s.paid_on)) as person_id
  from suspected s
)
select unit_code, batch_key, max(paid_on) as on_date, sum(amount) as amount, 'red' as level, 'batch' as condition,
  cast(null as text) as counterparty, min(economic_code) as economic_code, min(purpose) as purpose, min(word) as word,
  cast(count(distinct person_id) as integer) as person_count, cast(count(*) as integer) as payment_count
from to_staff
where person_id is not null
group by unit_code, batch_key
having count(distinct person_id) >= cast($least_persons as integer)
