-- Transfers of treasury money to a real-fund account of the unit itself or of a unit below it. Treasury money is what a
-- zero-balance account pays, whoever it is registered for, and what the treasury pays directly.
with recursive below as (
  -- Each unit with itself and everything below it, for the time in which all links of the chain hold.
  select unit_code as top_code, unit_code, 0 as depth,
    valid_from, coalesce(valid_to, cast('9999-12-31' as date)) as valid_to
  from unit
  union all
  select b.top_code, u.unit_code, b.depth + 1,
    greatest(b.valid_from, u.valid_from), least(b.valid_to, coalesce(u.valid_to, cast('9999-12-31' as date)))
  from below b join unit u on u.parent_code = b.unit_code
  where b.depth < 8
    and greatest(b.valid_from, u.valid_from) <= least(b.valid_to, coalesce(u.valid_to, cast('9999-12-31' as date)))
),
live as not materialized (
  select * from payment where payment_state not in ('void', 'returned')
),
registered as (
  select p.payment_id, p.unit_code, p.paid_on, a.unit_code as owner_code, a.account_kind,
    coalesce(a.whitelisted, false) as whitelisted
  from live p join unit_account a on a.account_no = p.payee_account
  where a.valid_from <= p.paid_on and (a.valid_to is null or a.valid_to >= p.paid_on)
),
to_account as (
  select r.payment_id,
    case when r.owner_code = r.unit_code then 'own_account' else 'subordinate_account' end as condition
  from registered r
  where r.account_kind in ('real_fund', 'special') and not r.whitelisted
    and exists (
      select 1 from below b
      where b.top_code = r.unit_code and b.unit_code = r.owner_code
        and b.valid_from <= r.paid_on and b.valid_to >= r.paid_on)
),
named as (
  -- Each name is looked at once; blanks and the width of brackets do not count.
  select n.payee_name, u.unit_code, u.valid_from, u.valid_to
  from (select distinct payee_name from live) n
  join unit u on translate(u.unit_name, '（） 　', '()') = translate(n.payee_name, '（） 　', '()')
),
holder as (
  select p.payment_id, p.unit_code, p.paid_on, u.unit_code as holder_code
  from live p join named u on u.payee_name = p.payee_name
  where u.valid_from <= p.paid_on and (u.valid_to is null or u.valid_to >= p.paid_on)
  union
  select p.payment_id, p.unit_code, p.paid_on, u.unit_code
  from live p join unit u on u.credit_code = p.payee_code
  where u.valid_from <= p.paid_on and (u.valid_to is null or u.valid_to >= p.paid_on)
),
to_name as (
  -- The account is registered for nobody, but its holder bears the name or the number of the unit or one below it.
  select distinct h.payment_id, 'same_holder' as condition
  from holder h
  join below b on b.unit_code = h.holder_code and b.top_code = h.unit_code
  where b.valid_from <= h.paid_on and b.valid_to >= h.paid_on
    and not exists (select 1 from registered r where r.payment_id = h.payment_id)
),
found as (
  select * from to_account union all select * from to_name
)
select p.payment_id, p.unit_code, p.paid_on as on_date, p.amount, 'red' as level, f.condition,
  coalesce(p.payee_code, p.payee_account) as counterparty, p.economic_code, p.payee_name, p.payee_account, p.payer_account, p.purpose
from found f join live p on p.payment_id = f.payment_id
where (p.payment_method = 'direct' and p.payer_account is null) or exists (
  select 1 from unit_account a
  where a.account_no = p.payer_account and a.account_kind = 'zero_balance'
    and a.valid_from <= p.paid_on and (a.valid_to is null or a.valid_to >= p.paid_on))
