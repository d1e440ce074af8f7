-- Incomplete payments and unusual payees: fields left empty, a name that is not the account's, an enterprise that is
-- gone, listed as abnormal or just founded, and payees who are the unit's own people, watched officials or their kin.
with live as (
  select payment_id, unit_code, paid_on, amount, payee_name, payee_account, payee_code, payee_kind, economic_code, purpose,
    payment_kind, purchase_kind
  from payment where payment_state not in ('void', 'returned')
),
incomplete as (
  select payment_id, 'incomplete' as condition, 'blue' as level,
    concat_ws('、', case when coalesce(trim(purpose), '') in (select '' union select unnest(string_to_array(cast($empty_words as text), '|'))) then '用途' end,
      case when coalesce(trim(payee_name), '') = '' then '收款人' end,
      case when coalesce(trim(payee_account), '') = '' then '收款账号' end) as found
  from live
  where coalesce(trim(purpose), '') in (select '' union select unnest(string_to_array(cast($empty_words as text), '|')))
    or coalesce(trim(payee_name), '') = ''
    or (coalesce(trim(payee_account), '') = '' and payment_kind <> 'cash_withdrawal'
      and payment_id not in (select payment_id from payment where settlement = 'cash'))
),
name_differs as (
  select l.payment_id, 'name_differs' as condition, 'yellow' as level, concat('登记户名', min(a.holder_name)) as found
  from live l join payee_account a on a.account_no = l.payee_account
  where a.valid_from <= l.paid_on and (a.valid_to is null or a.valid_to >= l.paid_on)
    and coalesce(trim(l.payee_name), '') <> ''
  group by l.payment_id, l.payee_name
  having max(case when replace(a.holder_name, ' ', '') = replace(l.payee_name, ' ', '') then 1 else 0 end) = 0
),
payee_enterprise as (
  select l.payment_id, l.unit_code, l.paid_on, e.credit_code, e.enterprise_name, e.enterprise_state, e.established_on,
    e.legal_rep_id, e.legal_rep_name
  from live l join enterprise e on e.credit_code = l.payee_code
  where e.valid_from <= l.paid_on and (e.valid_to is null or e.valid_to >= l.paid_on)
),
abnormal as (
  select payment_id, 'abnormal' as condition, 'yellow' as level,
    concat('收款企业', case enterprise_state when 'cancelled' then '已注销' when 'revoked' then '已吊销' else '列入经营异常' end) as found
  from payee_enterprise where enterprise_state <> 'active'
),
newly_founded as (
  select payment_id, 'newly_founded' as condition, 'yellow' as level, concat('收款企业成立于', cast(established_on as text)) as found
  from payee_enterprise
  where paid_on - established_on < cast($new_days as integer)
),
behind as (
  -- The persons behind a payment: the payee himself where something is bought from him, or the payee enterprise's
  -- legal representative and shareholders.
  select payment_id, unit_code, paid_on, payee_code as person_id, payee_name as person_name, '收款人' as standing
  from live where payee_kind = 'person' and (purchase_kind is not null or payment_kind = 'purchase') and payee_code is not null
  union all
  select payment_id, unit_code, paid_on, legal_rep_id, legal_rep_name, '收款企业法定代表人'
  from payee_enterprise where legal_rep_id is not null
  union all
  select p.payment_id, p.unit_code, p.paid_on, s.holder_code, s.holder_name, '收款企业股东'
  from payee_enterprise p join shareholder s on s.credit_code = p.credit_code
  where s.holder_kind = 'person' and s.valid_from <= p.paid_on and (s.valid_to is null or s.valid_to >= p.paid_on)
),
related as (
  select b.payment_id, 'related' as condition, 'red' as level, concat(b.standing, '为本单位职工') as found
  from behind b join payroll r on r.person_id = b.person_id and r.unit_code = b.unit_code
  where r.valid_from <= b.paid_on and (r.valid_to is null or r.valid_to >= b.paid_on)
  union all
  select b.payment_id, 'related', 'red', concat(b.standing, '为监督名单人员')
  from behind b join watch_person w on w.person_id = b.person_id
  where w.valid_from <= b.paid_on and (w.valid_to is null or w.valid_to >= b.paid_on)
  union all
  select b.payment_id, 'related', 'red', concat(b.standing, '为监督名单人员近亲属')
  from behind b
  join watch_relative k on k.relative_id = b.person_id and k.valid_from <= b.paid_on and (k.valid_to is null or k.valid_to >= b.paid_on)
  join watch_person w on w.person_id = k.person_id and w.valid_from <= b.paid_on and (w.valid_to is null or w.valid_to >= b.paid_on)
),
found as (
  select * from incomplete union all select * from name_differs union all select * from abnormal
  union all select * from newly_founded union all select * from related
),
summed as (
  select payment_id,
    min(case level when 'red' then 1 when 'yellow' then 2 else 3 end) as heaviest,
    min(case condition when 'related' then 1 when 'name_differs' then 2 when 'abnormal' then 3 when 'newly_founded' then 4 else 5 end) as first_condition,
    max(case when condition = 'related' then 'related' end) as related,
    max(case when condition = 'name_differs' then 'name_differs' end) as name_differs,
    max(case when condition = 'abnormal' then 'abnormal' end) as abnormal,
    max(case when condition = 'newly_founded' then 'newly_founded' end) as newly_founded,
    max(case when condition = 'incomplete' then 'incomplete' end) as incomplete,
    string_agg(distinct found, '；' order by found) as findings
  from found group by payment_id
)
select l.payment_id, l.unit_code, l.paid_on as on_date, l.amount,
  case s.heaviest when 1 then 'red' when 2 then 'yellow' else 'blue' end as level,
  case s.first_condition when 1 then 'related' when 2 then 'name_differs' when 3 then 'abnormal' when 4 then 'newly_founded' else 'incomplete' end as condition,
  coalesce(l.payee_code, l.payee_account) as counterparty, l.economic_code, l.payee_name, l.payee_account, l.purpose, s.findings,
  concat_ws(',', s.related, s.name_differs, s.abnormal, s.newly_founded, s.incomplete) as conditions
from summed s join live l on l.payment_id = s.payment_id
