-- Large purchases without contract or procurement record, payments beyond the contract, advances beyond the share allowed.
-- A purchase is what says its kind, names a contract or is marked as one. What is bought the contract tells where the
-- payment does not, and where nothing tells it the lower limit counts. Instalments are as large as their contract.
with live as (
  select payment_id, unit_code, paid_on, amount, payee_name, payee_account, payee_code, economic_code, purpose, contract_id,
    procurement_no, purchase_kind, coalesce(is_advance, false) as is_advance
  from payment
  where payment_state not in ('void', 'returned') and (purchase_kind is not null or contract_id is not null or payment_kind = 'purchase')
),
latest as (
  -- A contract can have rows of several periods; the latest counts.
  select contract_id, unit_code, amount, purchase_kind from (
    select *, row_number() over (partition by contract_id, unit_code order by valid_from desc) as place from contract
  ) c where place = 1
),
under_contract as (
  select l.payment_id, c.amount as contract_amount,
    sum(l.amount) over so_far as paid_sum,
    cast(sum(case when l.is_advance then l.amount else 0 end) over so_far as numeric(18,2)) as advance_sum
  from live l
  join latest c on c.contract_id = l.contract_id and c.unit_code = l.unit_code
  window so_far as (partition by l.unit_code, l.contract_id order by l.paid_on, l.payment_id
    rows between unbounded preceding and current row)
),
large as (
  select l.* from live l
  left join latest c on c.contract_id = l.contract_id and c.unit_code = l.unit_code
  where greatest(l.amount, c.amount) >= case coalesce(l.purchase_kind, c.purchase_kind)
    when 'works' then cast($works_limit as numeric(18,2)) else cast($goods_limit as numeric(18,2)) end
),
checked_large as (
  select l.payment_id, c.contract_id is null as no_contract,
    coalesce(trim(l.procurement_no), '') = '' and coalesce(trim(c.procurement_no), '') = '' as no_procurement
  from large l
  left join (
    select contract_id, unit_code, signed_on, max(procurement_no) as procurement_no from contract
    group by contract_id, unit_code, signed_on
  ) c on c.contract_id = l.contract_id and c.unit_code = l.unit_code and c.signed_on <= l.paid_on
),
missing as (
  select payment_id, bool_and(no_contract) as no_contract, bool_and(no_procurement) as no_procurement
  from checked_large group by payment_id
),
judged as (
  select l.*, u.contract_amount, u.paid_sum, u.advance_sum,
    coalesce(u.paid_sum > u.contract_amount, false) as over_contract,
    coalesce(l.is_advance and u.advance_sum * 1000 > u.contract_amount * cast($advance_share as numeric(6,3)) * 1000, false) as over_advance,
    coalesce(m.no_contract, false) as no_contract, coalesce(m.no_procurement, false) as no_procurement
  from live l
  left join under_contract u on u.payment_id = l.payment_id
  left join missing m on m.payment_id = l.payment_id
)
select payment_id, unit_code, paid_on as on_date, amount, case when over_contract then 'red' else 'yellow' end as level,
  case when over_contract then 'over_contract' when no_contract then 'no_contract'
    when no_procurement then 'no_procurement' else 'advance' end as condition,
  coalesce(payee_code, payee_account) as counterparty, economic_code, payee_name, purpose, contract_id, contract_amount,
  coalesce(paid_sum, amount) as paid_sum, advance_sum,
  concat_ws(',', case when over_contract then 'over_contract' end, case when no_contract then 'no_contract' end,
    case when no_procurement then 'no_procurement' end, case when over_advance then 'advance' end) as conditions
from judged
where over_contract or no_contract or no_procurement or over_advance
