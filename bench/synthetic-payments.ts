import type { WarehouseSession } from '#ground/warehouse/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'

/**
 * Fills the fiscal datasets with as many payments as wanted, of 500,000 payees and 2,000 units in a year, with some of
 * everything that the rules look for. Deterministic: values come from hashes of the row's number.
 */
export async function fillSynthetic(session: WarehouseSession, payments: number): Promise<void> {
  for (const dataset of datasets) await session.run(createTable(dataset))
  const units = 2000
  await session.run(`insert into unit (unit_code, unit_name, credit_code, region_code, parent_code, kind, valid_from)
    select 'U' || i, '单位' || i, 'C' || i, '460105', case when i % 10 > 0 then 'U' || (i - i % 10) end, 'organ', date '2015-01-01'
    from range(${units}) t(i)`)
  await session.run(`insert into unit_account (account_no, unit_code, account_name, account_kind, whitelisted, valid_from)
    select 'Z' || i, 'U' || i, '单位' || i, 'zero_balance', false, date '2015-01-01' from range(${units}) t(i)
    union all select 'B' || i, 'U' || i, '单位' || i, 'real_fund', false, date '2015-01-01' from range(${units}) t(i)`)
  await session.run(`insert into payee_account (account_no, holder_name, holder_code, valid_from)
    select 'N' || i, '收款人' || i, 'H' || i, date '2015-01-01' from range(500000) t(i)`)
  await session.run(`insert into enterprise (credit_code, enterprise_name, legal_rep_id, established_on, enterprise_state, valid_from)
    select 'H' || i, '收款人' || i, 'L' || i, date '2015-01-01' + cast(hash(i) % 4000 as integer),
      case when i % 500 = 0 then 'cancelled' else 'active' end, date '2015-01-01' from range(50000) t(i)`)
  await session.run(`insert into shareholder (credit_code, holder_code, holder_name, holder_kind, valid_from)
    select 'H' || i, 'S' || i, '股东', 'person', date '2015-01-01' from range(50000) t(i)`)
  await session.run(`insert into payroll (person_id, person_name, unit_code, account_no, valid_from)
    select 'L' || (i * 7), '职工', 'U' || (i % ${units}), 'G' || i, date '2015-01-01' from range(60000) t(i)`)
  await session.run(`insert into watch_person (person_id, person_name, unit_code, valid_from)
    select 'S' || (i * 97), '干部', 'U' || (i % ${units}), date '2015-01-01' from range(500) t(i)`)
  await session.run(`insert into watch_relative (person_id, relative_id, relative_name, relation, valid_from)
    select 'S' || (i * 97), 'L' || (i * 89), '亲属', 'spouse', date '2015-01-01' from range(500) t(i)`)
  await session.run(
    `insert into allowance_item (item_code, item_name, approval_no, valid_from) values ('I1', '值班补助', '批1', date '2015-01-01')`,
  )
  await session.run(`insert into contract (contract_id, unit_code, supplier_name, purchase_kind, amount, signed_on, procurement_no, valid_from)
    select 'T' || i, 'U' || (i % ${units}), '供应商', 'goods', 2000000 + i, date '2025-01-02', 'CG' || i, date '2025-01-02' from range(20000) t(i)`)
  await session.run(`insert into budget_indicator (indicator_id, unit_code, budget_year, function_code, fund_kind, amount, issued_on)
    select 'I' || i, 'U' || (i % ${units}), 2025, case when i % 20 = 0 then '2010301' end, ['office', 'project', 'personnel'][1 + i % 3],
      case when i % 4000 = 1 then 1000000 else 9000000000 end, date '2025-01-01' from range(20000) t(i)`)
  await session.run(`insert into budget_adjustment (adjustment_id, indicator_id, unit_code, adjustment_kind, amount, adjusted_on)
    select 'A' || i, 'I' || (i % 20000), 'U' || (i % ${units}), 'increase', 1000, date '2025-03-01' from range(40000) t(i)`)
  await session.run(paymentsSql(payments, units))
}

/**
 * Nearly all payments are in order: personnel indicators pay personnel codes, purposes are plain. About one in fifty breaks
 * something, so that most rules find what a province's year would bring, and not a third of it.
 */
function paymentsSql(payments: number, units: number): string {
  return `insert into payment (payment_id, unit_code, indicator_id, paid_on, amount, settlement, payer_account, payee_name,
      payee_account, payee_kind, payee_code, function_code, economic_code, purpose, payment_kind, purchase_kind, contract_id,
      invoice_no, batch_no, payment_state)
    select 'P' || lpad(i::text, 9, '0'), 'U' || u, case when a % 3001 <> 0 then 'I' || indicator end,
      date '2025-01-01' + cast(b % 365 as integer),
      cast(case when a % 1001 = 0 then 50000 + b % 500000 else 100 + (b % 4000000) / 100.0 end as decimal(18, 2)),
      case when a % 700 = 0 then 'cash' else 'transfer' end, 'Z' || u,
      case when a % 5003 = 0 then '单位' || u else '收款人' || n end, case when a % 5003 = 0 then 'B' || u else 'N' || n end,
      case when a % 9 = 0 then 'person' else 'organisation' end,
      case when a % 5003 = 0 then null when batch is not null then 'L' || (7 * (n % 60000)) else 'H' || n end,
      case when a % 4001 = 0 then '2050205' else '2010301' end,
      case when indicator % 3 = 2 and a % 401 <> 0 then ['30101', '30102', '30302', '30309'][1 + (b % 4)::bigint]
        else ['30299', '30205', '30206', '30227', '30218', '30211', '30209', '31003'][1 + (b % 8)::bigint] end,
      case when batch is not null then '节日慰问金' when a % 2003 = 0 then '购买' || ['茅台酒', '香烟', '礼品卡'][1 + (b % 3)::bigint]
        else '支付' || ['水费', '电费', '绿化养护', '档案整理', '设备维护', '消防检测', '垃圾清运', '软件维护'][1 + (b % 8)::bigint]
          || (a % 2000)::text end,
      case when indicator % 3 = 2 then 'subsidy_batch' else 'ordinary' end,
      case when a % 1001 = 0 then 'goods' end, case when a % 40 = 0 then 'T' || (u + ${units} * (b % 10)) end,
      case when a % 3 = 0 then '25460' || lpad((case when a % 900 = 0 then i - 1 else i end)::text, 15, '0') end, batch, 'paid'
    from (
      select i, a, b, case when a % 900 = 0 then hash((i - 1) * 13 + 5) % 500000 else n end as n, u, u + ${units} * (a % 10) as indicator,
        case when a % 9 = 0 and a % 2700 = 0 then 'F' || u || '-' || (b % 12) end as batch
      from (select i, hash(i) as a, hash(i * 7 + 1) as b, hash(i * 13 + 5) % 500000 as n, hash(i * 3) % ${units} as u
        from range(${payments}) t(i)))`
}
