-- Payments whose codes contradict those of their indicator. Codes are compared as far as both go: an indicator at
-- class 302 allows all of 302, and an empty code restricts nothing.
with linked as (
  select p.payment_id, p.indicator_id, p.paid_on, nullif(p.function_code, '') as function_code,
    nullif(p.economic_code, '') as economic_code, nullif(p.project_code, '') as project_code,
    nullif(i.function_code, '') as indicator_function, nullif(i.economic_code, '') as indicator_economic,
    nullif(i.project_code, '') as indicator_project
  from payment p join budget_indicator i on i.indicator_id = p.indicator_id
  where p.payment_state not in ('void', 'returned')
    and (p.function_code <> i.function_code or p.economic_code <> i.economic_code
      or p.project_code <> i.project_code)
),
compared as (
  select *, coalesce(left(function_code, 3) <> left(indicator_function, 3), false) as function_class,
    coalesce(left(function_code, length(indicator_function)) <> left(indicator_function, length(function_code)),
      false) as function_any,
    coalesce(left(economic_code, 3) <> left(indicator_economic, 3), false) as economic_class,
    coalesce(left(economic_code, length(indicator_economic)) <> left(indicator_economic, length(economic_code)),
      false) as economic_any,
    coalesce(project_code <> indicator_project, false) as project
  from linked
),
slip as (
  select indicator_id, adjustment_id, adjusted_on, nullif(function_code, '') as function_code,
    nullif(economic_code, '') as economic_code, nullif(project_code, '') as project_code
  from budget_adjustment
  where adjustment_kind <> 'decrease'
),
allowed as (
  -- A slip allows what it names, to payments that contradict none of the codes that it names.
  select c.payment_id, count(s.function_code) > 0 as function_code, count(s.economic_code) > 0 as economic_code,
    count(s.project_code) > 0 as project_code
  from compared c
  join slip s on s.indicator_id = c.indicator_id and s.adjusted_on <= c.paid_on
  where (s.function_code is null
      or left(c.function_code, length(s.function_code)) = left(s.function_code, length(c.function_code)))
    and (s.economic_code is null
      or left(c.economic_code, length(s.economic_code)) = left(s.economic_code, length(c.economic_code)))
    and (s.project_code is null or c.project_code = s.project_code)
    and (c.project or c.function_any or c.economic_any)
  group by c.payment_id
),
remaining as (
  select c.*,
    c.project and not coalesce(a.project_code, false) as bad_project,
    c.function_class and not coalesce(a.function_code, false) as bad_function_class,
    c.economic_class and not coalesce(a.economic_code, false) as bad_economic_class,
    c.function_any and not c.function_class and not coalesce(a.function_code, false) as bad_function_item,
    c.economic_any and not c.economic_class and not coalesce(a.economic_code, false) as bad_economic_item
  from compared c left join allowed a on a.payment_id = c.payment_id
)
select p.payment_id, p.unit_code, p.paid_on as on_date, p.amount,
  case when bad_project or bad_function_class or bad_economic_class then 'red' else 'yellow' end as level,
  case when bad_project then 'project' when bad_function_class then 'function_class'
    when bad_economic_class then 'economic_class' when bad_function_item then 'function_item'
    else 'economic_item' end as condition,
  coalesce(p.payee_code, p.payee_account) as counterparty, p.economic_code, p.indicator_id, p.function_code, p.project_code,
  r.indicator_function, r.indicator_economic, r.indicator_project, p.payee_name, p.purpose,
  concat_ws(',', case when bad_project then 'project' end, case when bad_function_class then 'function_class' end,
    case when bad_economic_class then 'economic_class' end, case when bad_function_item then 'function_item' end,
    case when bad_economic_item then 'economic_item' end) as conditions
from remaining r join payment p on p.payment_id = r.payment_id
where bad_project or bad_function_class or bad_economic_class or bad_function_item or bad_economic_item
