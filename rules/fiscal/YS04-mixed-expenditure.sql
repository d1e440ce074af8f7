-- Basic expenditure mixed up: an office indicator that pays persons, a personnel indicator that pays goods and services.
with pairing as (
  select 'office' as fund_kind, unnest(string_to_array(cast($personnel_classes as text), '|')) as economic_class,
    'personnel_from_office' as condition
  union all
  select 'personnel', unnest(string_to_array(cast($office_classes as text), '|')), 'office_from_personnel'
)
select p.payment_id, p.unit_code, p.paid_on as on_date, p.amount, 'yellow' as level, m.condition,
  coalesce(p.payee_code, p.payee_account) as counterparty, p.economic_code, p.indicator_id, i.fund_kind,
  i.economic_code as indicator_economic, p.payee_name, p.purpose
from payment p
join budget_indicator i on i.indicator_id = p.indicator_id
join pairing m on m.economic_class = left(p.economic_code, 3) and m.fund_kind = i.fund_kind
where p.payment_state not in ('void', 'returned')
