-- Incomplete payments and unusual payees: fields left empty, a name that is not the account's, an enterprise that is
-- gone, listed as abnormal or just founded, and payees who are the unit's own people, watched officials or their kin.
-- Without codes other rules fall silent, so an empty one is a finding, but only where the payment itself shows that it
-- ought to be there: the economic code of what is charged to an indicator, the function code or project that the
-- indicator names, the kind of a payee who has a citizen number. Who delivers no such column at all is not flooded.
with live as not materialized (
  select payment_id, unit_code, paid_on, amount, payee_name, payee_account, payee_code, payee_kind, indicator_id,
    function_code, economic_code, project_code, purpose, payment_kind, purchase_kind, settlement
  from payment where payment_state not in ('void', 'returned')
),
derived as materialized (
  -- Who gives no number is whom the registers know by the account.
  select l.payment_id, l.unit_code, l.paid_on, l.payee_kind, l.economic_code, l.payment_kind, l.purchase_kind, l.settlement,
    a.holder_code as code
  from live l join payee_account a on a.account_no = l.payee_account
  where l.payee_code is null and a.holder_code is not null
    and a.valid_from <= l.paid_on and (a.valid_to is null or a.valid_to >= l.paid_on)
  union
  select l.payment_id, l.unit_code, l.paid_on, l.payee_kind, l.economic_code, l.payment_kind, l.purchase_kind, l.settlement,
    r.person_id
  from live l join payroll r on r.account_no = l.payee_account
  where l.payee_code is null and r.valid_from <= l.paid_on and (r.valid_to is null or r.valid_to >= l.paid_on)
),
known as not materialized (
  select payment_id, unit_code, paid_on, payee_kind, economic_code, payment_kind, purchase_kind, settlement,
    payee_code as code
  from live where payee_code is not null
  union all
  select payment_id, unit_code, paid_on, payee_kind, economic_code, payment_kind, purchase_kind, settlement, code
  from derived
),
empty_word as (
  select unnest(string_to_array(cast($empty_words as text), '|')) as word
),
lacking as (
  -- Nothing but blanks sorts before "!": texts are trimmed only where that can matter.
  select payment_id, coalesce(purpose, '') < '!' or purpose in (select word from empty_word) as no_purpose,
    coalesce(payee_name, '') < '!' and trim(coalesce(payee_name, '')) = '' as no_payee,
    coalesce(payee_account, '') < '!' and trim(coalesce(payee_account, '')) = ''
      and payment_kind <> 'cash_withdrawal' and settlement <> 'cash' as no_account,
    economic_code is null and indicator_id is not null as no_economic,
    trim(coalesce(purpose, '')) as purpose
  from live
  where coalesce(purpose, '') < '!' or purpose in (select word from empty_word)
    or coalesce(payee_name, '') < '!' or coalesce(payee_account, '') < '!'
    or (economic_code is null and indicator_id is not null)
),
uncoded as (
  select l.payment_id, l.function_code is null and i.function_code is not null as no_function,
    l.project_code is null and i.project_code is not null as no_project
  from live l join budget_indicator i on i.indicator_id = l.indicator_id
  where (l.function_code is null and i.function_code is not null)
    or (l.project_code is null and i.project_code is not null)
),
missing as (
  select payment_id, 1 as place, '用途' as field from lacking
  where no_purpose and (purpose = '' or purpose in (select word from empty_word))
  union all select payment_id, 2, '收款人' from lacking where no_payee
  union all select payment_id, 3, '收款账号' from lacking where no_account
  union all
  select distinct payment_id, 4, '收款人类型' from known
  where payee_kind is null and length(code) = 18 and translate(left(code, 17), '0123456789', '') = ''
    and substr(code, 7, 2) in ('19', '20') and substr(code, 11, 2) between '01' and '12' and substr(code, 13, 2) between '01' and '31'
  union all select payment_id, 5, '功能分类科目' from uncoded where no_function
  union all select payment_id, 6, '经济分类科目' from lacking where no_economic
  union all select payment_id, 7, '项目代码' from uncoded where no_project
),
incomplete as (
  select payment_id, 'incomplete' as condition, 'blue' as level,
    concat(string_agg(field, '、' order by place), '未填') as found
  from missing group by payment_id
),
differing as materialized (
  select l.payment_id, l.payee_account, l.payee_name, l.paid_on
  from live l join payee_account a on a.account_no = l.payee_account
  where a.valid_from <= l.paid_on and (a.valid_to is null or a.valid_to >= l.paid_on) and a.holder_name <> l.payee_name
),
name_differs as (
  -- Where the register gives an account two holders on that day, either name will do; blanks and the width of brackets
  -- do not count.
  select d.payment_id, 'name_differs' as condition, 'yellow' as level, concat('登记户名', min(a.holder_name)) as found
  from differing d
  join (select * from payee_account where account_no in (select payee_account from differing)) a
    on a.account_no = d.payee_account
  where a.valid_from <= d.paid_on and (a.valid_to is null or a.valid_to >= d.paid_on) and trim(d.payee_name) <> ''
  group by d.payment_id, d.payee_name
  having max(case when translate(a.holder_name, '（） 　', '()') = translate(d.payee_name, '（） 　', '()') then 1 else 0 end) = 0
),
abnormal as (
  select l.payment_id, 'abnormal' as condition, 'yellow' as level,
    concat('收款企业', case e.enterprise_state when 'cancelled' then '已注销' when 'revoked' then '已吊销' else '列入经营异常' end) as found
  from known l join enterprise e on e.credit_code = l.code
  where e.enterprise_state <> 'active' and (e.state_since is null or e.state_since <= l.paid_on)
    and e.valid_from <= l.paid_on and (e.valid_to is null or e.valid_to >= l.paid_on)
),
newly_founded as (
  select l.payment_id, 'newly_founded' as condition, 'yellow' as level,
    concat('收款企业成立于', cast(e.established_on as text)) as found
  from known l join enterprise e on e.credit_code = l.code
  where e.established_on > (select min(paid_on) from live) - cast($new_days as integer)
    and l.paid_on - e.established_on < cast($new_days as integer)
    and e.valid_from <= l.paid_on and (e.valid_to is null or e.valid_to >= l.paid_on)
),
watched as (
  -- Whom it would be unusual to pay, in which unit (null: any) and for which time.
  select person_id, unit_code, '为本单位职工' as reason, valid_from, valid_to from payroll
  union all
  select person_id, cast(null as text), '为监督名单人员', valid_from, valid_to from watch_person
  union all
  select k.relative_id, cast(null as text), '为监督名单人员近亲属', greatest(k.valid_from, w.valid_from),
    least(coalesce(k.valid_to, cast('9999-12-31' as date)), coalesce(w.valid_to, cast('9999-12-31' as date)))
  from watch_relative k join watch_person w on w.person_id = k.person_id
),
connection as (
  -- The persons behind an enterprise who are such, as long as both hold.
  select e.credit_code, w.unit_code, concat('收款企业法定代表人', w.reason) as found,
    greatest(e.valid_from, w.valid_from) as valid_from,
    least(coalesce(e.valid_to, cast('9999-12-31' as date)), coalesce(w.valid_to, cast('9999-12-31' as date))) as valid_to
  from enterprise e join watched w on w.person_id = e.legal_rep_id
  union all
  select s.credit_code, w.unit_code, concat('收款企业股东', w.reason), greatest(s.valid_from, w.valid_from),
    least(coalesce(s.valid_to, cast('9999-12-31' as date)), coalesce(w.valid_to, cast('9999-12-31' as date)))
  from shareholder s join watched w on w.person_id = s.holder_code
  where s.holder_kind = 'person'
),
ordinary_code as (
  select unnest(string_to_array(cast($ordinary_codes as text), '|')) as code
),
related as (
  select l.payment_id, 'related' as condition, 'red' as level, c.found
  from known l join connection c on c.credit_code = l.code
  where c.valid_from <= l.paid_on and c.valid_to >= l.paid_on and (c.unit_code is null or c.unit_code = l.unit_code)
  union all
  select l.payment_id, 'related', 'red', concat('收款人', w.reason)
  from known l join watched w on w.person_id = l.code
  where coalesce(l.payee_kind, 'person') = 'person'
    and (l.purchase_kind is not null or l.payment_kind = 'purchase'
      or (l.payment_kind = 'ordinary' and l.settlement <> 'official_card' and not exists (
        select 1 from ordinary_code o where left(l.economic_code, length(o.code)) = o.code)))
    and w.valid_from <= l.paid_on and (w.valid_to is null or w.valid_to >= l.paid_on)
    and (w.unit_code is null or w.unit_code = l.unit_code)
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
