import { addDays } from '../calendar.ts'
import { bankAccount } from '../identifiers.ts'
import { addShareholder, employ, newEnterprise, newPerson, registerAccount } from '../parties.ts'
import { type DemoUnit, oddAmount, type Party, type Row, type World } from '../world.ts'
import { ampleIndicator, plantPayment, someDay, someUnit, times } from './planting.ts'

const toPerson = (person: Party): Row => ({
  payee_kind: 'person',
  payee_name: person.name,
  payee_account: person.account,
  payee_code: person.code,
  purpose: '支付专家评审报酬',
  economic_code: '30226',
})

/** Treasury money moved to accounts of one's own (ZF09). */
export function plantOwnAccounts(world: World): void {
  const parents = world.units.filter((unit) => world.units.some((other) => other.parent === unit.code))
  times(4, (turn) => {
    const unit = someUnit(world)
    const id = plantPayment(world, unit, {
      payee_name: unit.name,
      payee_account: unit.basicAccount,
      payee_code: unit.creditCode,
    })
    world.violation('ZF09', 'own_account', 'red', { payment_id: id }, '转入本单位基本户')
    const parent = parents[turn % parents.length]!
    const child = world.units.find((other) => other.parent === parent.code)!
    const down = plantPayment(world, parent, {
      payee_name: child.name,
      payee_account: child.basicAccount,
      payee_code: child.creditCode,
    })
    world.violation('ZF09', 'subordinate_account', 'red', { payment_id: down }, '转入下属单位基本户')
    const other = someUnit(world)
    const named = plantPayment(world, other, {
      payee_name: other.name,
      payee_account: bankAccount(world.next('account')),
      payee_code: null,
    })
    world.violation('ZF09', 'same_holder', 'red', { payment_id: named }, '未登记账户，户名为本单位')
  })
  times(3, (turn) => {
    const unit = someUnit(world)
    const own = { payee_name: unit.name, payee_account: unit.basicAccount, payee_code: unit.creditCode }
    const foreign = world.units[(world.next('foreign-payer') * 11 + 3) % world.units.length]!
    const byOther = plantPayment(world, unit, { ...own, payer_account: foreign.zeroAccount })
    world.violation('ZF09', 'own_account', 'red', { payment_id: byOther }, '零余额账户登记在其他单位名下')
    const direct = plantPayment(world, unit, { ...own, payer_account: null })
    world.violation('ZF09', 'own_account', 'red', { payment_id: direct }, '直接支付，付款账号未填')
    const spaced = plantPayment(world, unit, {
      payee_name: `${unit.name.slice(0, 2)} ${unit.name.slice(2)}`,
      payee_account: bankAccount(world.next('account')),
      payee_code: null,
    })
    world.violation('ZF09', 'same_holder', 'red', { payment_id: spaced }, '户名仅多一个空格')
    const authorised = plantPayment(world, unit, {
      ...own,
      payer_account: null,
      payment_method: 'authorised',
      purpose: `归还零星垫付第${turn}项`,
    })
    world.nearMiss('ZF09', 'own_account', { payment_id: authorised }, '授权支付，付款账号未填')
  })
  times(3, (turn) => {
    const unit = someUnit(world)
    const exempt = bankAccount(world.next('account'))
    world.add('unit_account', {
      account_no: exempt,
      unit_code: unit.code,
      account_name: unit.name,
      account_kind: turn === 0 ? 'party' : 'real_fund',
      whitelisted: turn !== 0,
      whitelist_reason: '代扣税费',
      approval_no: '琼财库〔2021〕8号',
      valid_from: '2020-01-01',
      valid_to: null,
    })
    const white = plantPayment(world, unit, {
      payee_name: unit.name,
      payee_account: exempt,
      payee_code: null,
    })
    world.nearMiss('ZF09', 'own_account', { payment_id: white }, '白名单或党费账户')
    const parent = parents[turn % parents.length]!
    const child = world.units.find((other) => other.parent === parent.code)!
    const up = plantPayment(world, child, {
      payee_name: parent.name,
      payee_account: parent.basicAccount,
      payee_code: parent.creditCode,
    })
    world.nearMiss('ZF09', 'subordinate_account', { payment_id: up }, '付给上级单位')
    const near = someUnit(world)
    const similar = plantPayment(world, near, {
      payee_name: `${near.name}职工食堂`,
      payee_account: bankAccount(world.next('account')),
      payee_code: null,
    })
    world.nearMiss('ZF09', 'same_holder', { payment_id: similar }, '户名相近')
  })
}

/** Cash over the limits (ZF10). */
export function plantCash(world: World): void {
  const cash = (unit: DemoUnit, day: string, amount: string, changes: Row = {}) =>
    plantPayment(world, unit, {
      paid_on: day,
      amount,
      settlement: 'cash',
      payee_name: '零星供应户',
      payee_account: null,
      payee_code: null,
      ...changes,
    })
  const month = (turn: number) => `2026-0${1 + (turn % 9)}`
  const fresh = () => world.units[world.next('cash-unit')]!
  times(4, (turn) => {
    const unit = fresh()
    const high = turn === 0 ? '56000.50' : oddAmount(world.chance, 1001, 9000)
    world.violation(
      'ZF10',
      'single',
      turn === 0 ? 'red' : 'yellow',
      { payment_id: cash(unit, `${month(turn)}-06`, high) },
      '单笔现金超限',
    )
  })
  times(3, (turn) => {
    const unit = fresh()
    const days = ['05', '11', '21']
    const sum = days.map((day, place) =>
      cash(unit, `${month(turn)}-${day}`, '9000.00', { purpose: `现金支出${turn}${place}` }),
    )
    sum.forEach((id, place) => {
      world.violation(
        'ZF10',
        place === 2 ? 'month_sum' : 'single',
        'yellow',
        { payment_id: id },
        '单笔超限，第三笔起当月累计超限',
      )
    })
  })
  times(3, (turn) => {
    const unit = fresh()
    const ids = ['05', '08', '15', '22'].map((day, place) =>
      cash(unit, `${month(turn)}-${day}`, `${700 + place}.30`, { purpose: `零星现金${turn}${place}` }),
    )
    world.violation('ZF10', 'month_count', 'yellow', { payment_id: ids[3]! }, '当月第四笔')
    const calm = fresh()
    const three = ['05', '08', '15'].map((day, place) =>
      cash(calm, `${month(turn)}-${day}`, `${980 + place}.00`, { purpose: `现金零用${turn}${place}` }),
    )
    world.nearMiss('ZF10', 'month_count', { payment_id: three[2]! }, '当月三笔')
    world.nearMiss('ZF10', 'month_sum', { payment_id: three[1]! }, '累计未超限')
    world.nearMiss(
      'ZF10',
      'single',
      { payment_id: cash(fresh(), `${month(turn)}-09`, '1000.00') },
      '正好一千元',
    )
  })
}

/** The official card not used (ZF11). */
export function plantCard(world: World): void {
  const codes = ['30211', '30202', '30207', '30213']
  times(5, (turn) => {
    const change = {
      ...toPerson(newPerson(world)),
      economic_code: codes[turn % 4]!,
      purpose: '支付本月零星支出',
    }
    const id = plantPayment(world, someUnit(world), {
      ...change,
      amount: oddAmount(world.chance, 900, 48_000),
    })
    world.violation('ZF11', 'not_by_card', 'yellow', { payment_id: id }, '目录内科目转给个人')
    if (turn > 2) return
    const person = newPerson(world)
    const exempt = { card_exempt_reason: '乡村无刷卡条件' }
    const card = { settlement: 'official_card' }
    const other = { economic_code: '30226' }
    const subsidy = plantPayment(world, someUnit(world), {
      ...change,
      ...toPerson(newPerson(world)),
      economic_code: codes[turn]!,
      payment_kind: 'subsidy_batch',
    })
    world.nearMiss('ZF11', 'not_by_card', { payment_id: subsidy }, '补助批量代发')
    const near = plantPayment(world, someUnit(world), {
      ...change,
      ...toPerson(person),
      economic_code: codes[turn]!,
      ...[exempt, card, other][turn]!,
    })
    world.nearMiss('ZF11', 'not_by_card', { payment_id: near }, '已刷卡、已说明或目录外科目')
  })
}

/** Large transfers to private persons (ZF12). */
export function plantLargeToPerson(world: World): void {
  times(5, (turn) => {
    const amount =
      turn === 0 ? '200000.00' : turn === 1 ? '50000.00' : oddAmount(world.chance, 50_001, 190_000)
    const id = plantPayment(world, someUnit(world), { ...toPerson(newPerson(world)), amount })
    world.violation('ZF12', 'single', turn === 0 ? 'red' : 'yellow', { payment_id: id }, '单笔大额转个人')
  })
  times(3, () => {
    const unit = someUnit(world)
    const person = newPerson(world)
    const ids = ['2026-05-06', '2026-05-14', '2026-05-25'].map((paid_on, place) =>
      plantPayment(world, unit, {
        ...toPerson(person),
        paid_on,
        amount: ['41000.10', '41000.20', '18000.30'][place]!,
        purpose: `评审报酬第${place + 1}次`,
      }),
    )
    world.violation('ZF12', 'month_sum', 'yellow', { payment_id: ids[2]! }, '同人当月累计达十万')
    const changing = newPerson(world)
    const second = bankAccount(world.next('account'))
    const places: readonly Row[] = [
      { payee_account: changing.account, payee_code: null },
      { payee_account: changing.account },
      { payee_account: second },
      { payee_account: second, payee_code: null },
    ]
    const apart = places.map((place, at) =>
      plantPayment(world, unit, {
        ...toPerson(changing),
        ...place,
        paid_on: `2026-06-${['02', '08', '17', '24'][at]}`,
        amount: ['30000.10', '21000.20', '31000.30', '19000.40'][at]!,
        purpose: `课题评审第${at + 1}次`,
      }),
    )
    world.violation('ZF12', 'month_sum', 'yellow', { payment_id: apart[3]! }, '部分未填证件号的同一人')
    const other = newPerson(world)
    const short = ['2026-05-06', '2026-05-14', '2026-06-03'].map((paid_on, place) =>
      plantPayment(world, unit, {
        ...toPerson(other),
        paid_on,
        amount: '49000.10',
        purpose: `咨询评审第${place + 1}次`,
      }),
    )
    world.nearMiss('ZF12', 'month_sum', { payment_id: short[2]! }, '跨月不累计')
    const below = plantPayment(world, unit, { ...toPerson(newPerson(world)), amount: '49999.99' })
    world.nearMiss('ZF12', 'single', { payment_id: below }, '差一分')
  })
}

/** Split payments (ZF13). */
export function plantSplits(world: World): void {
  times(4, (turn) => {
    for (const [condition, level, first, second] of [
      ['authorisation', 'yellow', '30000.40', '26000.30'],
      ['procurement', 'red', '262000.70', '248000.60'],
    ] as const) {
      const unit = someUnit(world)
      const day = someDay(world)
      const payee = newEnterprise(world)
      const to = { payee_name: payee.name, payee_account: payee.account, payee_code: payee.code }
      plantPayment(world, unit, { ...to, paid_on: day, amount: first })
      plantPayment(world, unit, { ...to, paid_on: addDays(day, turn % 3), amount: second })
      world.violation(
        'ZF13',
        condition,
        level,
        { unit_code: unit.code, payee_account: payee.account, first_day: day },
        '拆分支付',
      )
      if (turn > 2) continue
      const apart = newEnterprise(world)
      const away = { payee_name: apart.name, payee_account: apart.account, payee_code: apart.code }
      plantPayment(world, unit, { ...away, paid_on: day, amount: first })
      plantPayment(world, unit, { ...away, paid_on: addDays(day, 3), amount: second })
      world.nearMiss(
        'ZF13',
        condition,
        { unit_code: unit.code, payee_account: apart.account, first_day: day },
        '相隔三日',
      )
    }
  })
}

/** Payments made twice (ZF14). */
export function plantDuplicates(world: World): void {
  const pairs = [
    [
      'invoice',
      'red',
      () => ({ invoice_no: `254600000009${String(world.next('planted-invoice')).padStart(8, '0')}` }),
    ],
    ['contract', 'yellow', () => ({ contract_id: plantContract(world, 'later') })],
    ['purpose', 'yellow', () => ({ purpose: `支付机房改造第${world.next('purpose')}标段` })],
  ] as const
  times(4, (turn) => {
    for (const [condition, level, traits] of pairs) {
      const unit = someUnit(world)
      const day = someDay(world)
      const payee = newEnterprise(world)
      const to = {
        payee_name: payee.name,
        payee_account: payee.account,
        payee_code: payee.code,
        amount: oddAmount(world.chance, 11_000, 19_000),
        ...traits(),
      }
      plantPayment(world, unit, { ...to, paid_on: day })
      const id = plantPayment(world, unit, { ...to, paid_on: addDays(day, [90, 30, 7, 60][turn]!) })
      world.violation('ZF14', condition, level, { payment_id: id }, '重复支付')
      if (turn > 2) continue
      const other = newEnterprise(world)
      const far = {
        payee_name: other.name,
        payee_account: other.account,
        payee_code: other.code,
        amount: oddAmount(world.chance, 11_000, 19_000),
        ...traits(),
      }
      plantPayment(world, unit, { ...far, paid_on: day })
      const late = plantPayment(world, unit, { ...far, paid_on: addDays(day, turn === 0 ? 91 : 100 + turn) })
      world.nearMiss('ZF14', condition, { payment_id: late }, '超过九十日')
    }
  })
  times(3, (turn) => {
    const day = someDay(world)
    const pair = (unit: DemoUnit, second: DemoUnit, changes: Row, later: Row = changes) => {
      const payee = newEnterprise(world)
      const to = {
        payee_name: payee.name,
        payee_account: payee.account,
        payee_code: payee.code,
        paid_on: day,
        amount: oddAmount(world.chance, 11_000, 19_000),
      }
      plantPayment(world, unit, { ...to, ...changes })
      return plantPayment(world, second, { ...to, ...later, paid_on: addDays(day, 8 + turn) })
    }
    const unit = someUnit(world)
    const other = someUnit(world)
    const number = String(world.next('planted-invoice')).padStart(8, '0')
    const code = { invoice_no: number, invoice_code: '046001900104' }
    const invoice = pair(unit, unit, code, { invoice_no: number })
    world.violation('ZF14', 'invoice', 'red', { payment_id: invoice }, '一方未填发票代码')
    const contract = { contract_id: plantContract(world, 'shared') }
    const shared = pair(unit, other, contract)
    world.violation('ZF14', 'contract', 'yellow', { payment_id: shared }, '两个单位各付一次')
    const batch = `PCP${world.next('pair-batch')}`
    const inBatch = { batch_no: batch, purpose: `评审报酬第${turn}期` }
    world.nearMiss('ZF14', 'purpose', { payment_id: pair(unit, unit, inBatch) }, '同一批次')
    const billed = { ...inBatch, invoice_no: `254600000008${number}` }
    const twice = pair(unit, unit, billed)
    world.violation('ZF14', 'invoice', 'red', { payment_id: twice }, '同一批次内同一发票')
  })
}

/** A contract that only gives payments something in common: it is nobody's and restricts nothing. */
function plantContract(world: World, mark: string): string {
  return `HTX-${mark}-${world.next('loose-contract')}`
}

/** Allowances without approval (ZF15). */
export function plantAllowances(world: World): void {
  const item = (unit: DemoUnit, name: string, validTo: string | null) =>
    world.add('allowance_item', {
      item_code: `JT${world.next('allowance')}`,
      unit_code: unit.code,
      item_name: name,
      standard: '800.00',
      approval_no: '琼人社〔2024〕12号',
      valid_from: '2024-01-01',
      valid_to: validTo,
    })
  const newBatch = () => `PC${String(world.next('batch')).padStart(6, '0')}`
  const batch = (
    unit: DemoUnit,
    purpose: string,
    persons: number,
    number = newBatch(),
    day = someDay(world),
  ): string => {
    const indicator = ampleIndicator(world, unit, Number(day.slice(0, 4)), { fund_kind: 'personnel' })
    times(persons, (turn) => {
      const person = newPerson(world)
      employ(world, person, unit.code)
      plantPayment(world, unit, {
        ...toPerson(person),
        paid_on: day,
        amount: `${800 + turn}.00`,
        purpose,
        batch_no: number,
        payment_kind: 'subsidy_batch',
        indicator_id: indicator,
        economic_code: '30399',
      })
    })
    return `${number}:${day.slice(0, 7)}`
  }
  times(4, (turn) => {
    const unit = someUnit(world)
    const purpose = ['发放中秋慰问金', '发放年终奖金', '发放值班补贴', '发放加班费'][turn]!
    if (turn === 2) item(unit, '值班补贴', '2024-12-31')
    const number = batch(unit, `${purpose}第${turn}批`, 5 + turn)
    world.violation('ZF15', 'batch', 'red', { unit_code: unit.code, batch_key: number }, '未经批准发放')
    if (turn > 2) return
    const calm = someUnit(world)
    if (turn === 0) item(calm, '交通补贴', null)
    const near =
      turn === 0
        ? batch(calm, '发放交通补贴（批准项目）', 6)
        : turn === 1
          ? batch(calm, '发放福利', 4)
          : batch(calm, '发放课题评审报酬', 7)
    world.nearMiss('ZF15', 'batch', { unit_code: calm.code, batch_key: near }, '批准项目、四人或无字样')
    const split = someUnit(world)
    const [first, second] = [newBatch(), newBatch()]
    const day = someDay(world)
    const together = batch(split, `发放节日慰问第${turn}批`, 3, first, day)
    batch(split, `发放节日慰问第${turn}批`, 3, second, day)
    world.violation(
      'ZF15',
      'batch',
      'red',
      { unit_code: split.code, batch_key: together },
      '同日同用途拆成两个批次',
    )
    const again = newBatch()
    const reused = ['2025-04-16', '2025-07-16'].map((on) =>
      batch(calm, `发放值守福利第${turn}批`, 3, again, on),
    )
    for (const key of reused) {
      world.nearMiss('ZF15', 'batch', { unit_code: calm.code, batch_key: key }, '两个月重复使用的批次号')
    }
  })
}

/** Sensitive purposes (ZF16). */
export function plantPurposes(world: World): void {
  const shop = (name: string) => {
    const payee = newEnterprise(world, { name })
    return { payee_name: payee.name, payee_account: payee.account, payee_code: payee.code }
  }
  times(4, (turn) => {
    const words = ['购接待用五粮液', '购香烟', '购礼品卡', '支付旅行社团费'][turn]!
    const id = plantPayment(world, someUnit(world), {
      purpose: words,
      amount: oddAmount(world.chance, 1001, 8000),
    })
    world.violation('ZF16', 'keyword', 'red', { payment_id: id }, '用途含禁止类关键词')
    const wrong = plantPayment(world, someUnit(world), {
      purpose: `业务骨干培训费第${turn}期`,
      economic_code: '30299',
    })
    world.violation('ZF16', 'mismatch', 'yellow', { payment_id: wrong }, '培训费列支其他科目')
    const round = plantPayment(world, someUnit(world), {
      ...shop(`椰城惠民超市${'甲乙丙丁'[turn]}店`),
      amount: `${(turn + 3) * 200}.00`,
    })
    world.violation('ZF16', 'round_at_shop', 'yellow', { payment_id: round }, '超市整百金额')
  })
  times(3, (turn) => {
    const words = ['食堂抽油烟机清洗', '采购消毒酒精', '安装烟感探测器'][turn]!
    world.nearMiss(
      'ZF16',
      'keyword',
      { payment_id: plantPayment(world, someUnit(world), { purpose: words }) },
      '排除词',
    )
    const fits = plantPayment(world, someUnit(world), { purpose: `消防设施维护说明会材料第${turn}册` })
    world.nearMiss('ZF16', 'mismatch', { payment_id: fits }, '用途不含词类')
    const odd = plantPayment(world, someUnit(world), {
      ...shop(`南渡百货${'甲乙丙'[turn]}店`),
      amount: `${(turn + 3) * 200}.01`,
    })
    world.nearMiss('ZF16', 'round_at_shop', { payment_id: odd }, '非整百')
  })
}

/** Missing contracts and procurement records (ZF17). */
export function plantContracts(world: World): void {
  const contract = (unit: DemoUnit, amount: string, changes: Row = {}): string => {
    const id = `HT${String(world.next('contract')).padStart(6, '0')}`
    world.add('contract', {
      contract_id: id,
      unit_code: unit.code,
      supplier_name: '示范供应商',
      supplier_code: null,
      purchase_kind: 'goods',
      amount,
      signed_on: '2025-01-05',
      procurement_no: `CG${id}`,
      procurement_method: '公开招标',
      valid_from: '2025-01-05',
      valid_to: null,
      ...changes,
    })
    return id
  }
  const goods = { payment_kind: 'purchase', purchase_kind: 'goods', economic_code: '31003' }
  times(4, (turn) => {
    const unit = someUnit(world)
    const bought = contract(unit, '800000.00')
    const day = someDay(world)
    plantPayment(world, unit, { ...goods, contract_id: bought, paid_on: day, amount: '500000.40' })
    const over = plantPayment(world, unit, {
      ...goods,
      contract_id: bought,
      paid_on: addDays(day, 9),
      amount: '300000.70',
    })
    world.violation('ZF17', 'over_contract', 'red', { payment_id: over }, '累计超合同额')
    const none = plantPayment(world, unit, {
      ...goods,
      amount: `${510_000 + turn}.30`,
      procurement_no: `CGD${turn}`,
    })
    world.violation('ZF17', 'no_contract', 'yellow', { payment_id: none }, '无合同')
    const record = contract(unit, '5000000.00', { procurement_no: null, purchase_kind: 'works' })
    const bare = plantPayment(world, unit, {
      ...goods,
      purchase_kind: 'works',
      contract_id: record,
      amount: `${4_000_000 + turn}.00`,
    })
    world.violation('ZF17', 'no_procurement', 'yellow', { payment_id: bare }, '无采购备案')
    const unsaid = { ...goods, purchase_kind: null }
    const kindless = plantPayment(world, unit, {
      ...unsaid,
      amount: `${520_000 + turn}.60`,
      procurement_no: `CGK${turn}`,
    })
    world.violation('ZF17', 'no_contract', 'yellow', { payment_id: kindless }, '采购未填品类，无合同')
    const part = plantPayment(world, unit, {
      ...unsaid,
      contract_id: contract(unit, '620000.00', { procurement_no: null }),
      amount: `${120_000 + turn}.10`,
    })
    world.violation('ZF17', 'no_procurement', 'yellow', { payment_id: part }, '大额合同的分期，无采购备案')
    const early = plantPayment(world, unit, {
      ...goods,
      contract_id: contract(unit, '900000.00'),
      is_advance: true,
      amount: `${270_001 + turn}.20`,
    })
    world.violation('ZF17', 'advance', 'yellow', { payment_id: early }, '预付超过三成')
  })
  times(3, (turn) => {
    const unit = someUnit(world)
    const full = plantPayment(world, unit, {
      ...goods,
      contract_id: contract(unit, `${700_000 + turn}.55`),
      amount: `${700_000 + turn}.55`,
    })
    world.nearMiss('ZF17', 'over_contract', { payment_id: full }, '正好付清')
    world.nearMiss(
      'ZF17',
      'no_contract',
      { payment_id: plantPayment(world, unit, { ...goods, amount: '499999.99' }) },
      '低于限额',
    )
    const unmarked = plantPayment(world, unit, { amount: `${560_000 + turn}.70` })
    world.nearMiss('ZF17', 'no_contract', { payment_id: unmarked }, '一般支付，不是采购')
    const small = plantPayment(world, unit, {
      ...goods,
      purchase_kind: null,
      contract_id: contract(unit, '499999.99', { procurement_no: null }),
      amount: '120000.20',
    })
    world.nearMiss('ZF17', 'no_procurement', { payment_id: small }, '合同低于限额')
    const recorded = plantPayment(world, unit, {
      ...goods,
      contract_id: contract(unit, '900000.00', { procurement_no: null }),
      procurement_no: `CGZ${turn}`,
      amount: '600000.01',
    })
    world.nearMiss('ZF17', 'no_procurement', { payment_id: recorded }, '支付单载明备案号')
    const third = plantPayment(world, unit, {
      ...goods,
      contract_id: contract(unit, '900000.00'),
      is_advance: true,
      amount: '270000.00',
    })
    world.nearMiss('ZF17', 'advance', { payment_id: third }, '正好三成')
  })
}

/** Incomplete payments and unusual payees (ZF18). */
export function plantPayees(world: World): void {
  const to = (payee: Party): Row => ({
    payee_name: payee.name,
    payee_account: payee.account,
    payee_code: payee.code,
  })
  times(4, (turn) => {
    const blank = plantPayment(world, someUnit(world), { purpose: turn % 2 === 0 ? '其他' : null })
    world.violation('ZF18', 'incomplete', 'blue', { payment_id: blank }, '用途不全')
    const account = bankAccount(world.next('account'))
    registerAccount(world, account, `另一商行${turn}`, '')
    const differs = plantPayment(world, someUnit(world), {
      ...to(newEnterprise(world)),
      payee_account: account,
    })
    world.violation('ZF18', 'name_differs', 'yellow', { payment_id: differs }, '户名不一致')
    const gone = newEnterprise(world, {
      state: (['cancelled', 'revoked', 'abnormal', 'cancelled'] as const)[turn]!,
    })
    world.violation(
      'ZF18',
      'abnormal',
      'yellow',
      { payment_id: plantPayment(world, someUnit(world), to(gone)) },
      '企业注销、吊销或异常',
    )
    const day = someDay(world)
    const young = newEnterprise(world, { establishedOn: addDays(day, -(20 + turn * 23)) })
    world.violation(
      'ZF18',
      'newly_founded',
      'yellow',
      { payment_id: plantPayment(world, someUnit(world), { ...to(young), paid_on: day }) },
      '新设企业',
    )
    plantRelated(world, turn)
    const owner = newPerson(world)
    const uncoded = plantPayment(world, someUnit(world), { economic_code: null })
    world.violation('ZF18', 'incomplete', 'blue', { payment_id: uncoded }, '列支指标而未填经济分类')
    const bare = someUnit(world)
    const codeless = plantPayment(world, bare, {
      paid_on: '2025-08-12',
      indicator_id: ampleIndicator(world, bare, 2025, { function_code: '2130505' }),
    })
    world.violation('ZF18', 'incomplete', 'blue', { payment_id: codeless }, '指标列明功能分类而支付未填')
    const kindless = plantPayment(world, someUnit(world), { ...toPerson(owner), payee_kind: null })
    world.violation('ZF18', 'incomplete', 'blue', { payment_id: kindless }, '付给个人而未填收款人类型')
    const unnamed = { payee_code: null }
    const revoked = newEnterprise(world, { state: 'revoked' })
    world.violation(
      'ZF18',
      'abnormal',
      'yellow',
      { payment_id: plantPayment(world, someUnit(world), { ...to(revoked), ...unnamed }) },
      '未填证件号，按账户登记认定',
    )
    const staff = newPerson(world)
    const home = someUnit(world)
    employ(world, staff, home.code)
    const reward = plantPayment(world, home, { ...toPerson(staff), ...unnamed })
    world.violation('ZF18', 'related', 'red', { payment_id: reward }, '未填证件号，按工资账号认定')
  })
  times(3, (turn) => {
    world.nearMiss(
      'ZF18',
      'incomplete',
      { payment_id: plantPayment(world, someUnit(world), { purpose: `其他设施维护${turn}` }) },
      '用途非空',
    )
    const spaced = newEnterprise(world)
    const id = plantPayment(world, someUnit(world), {
      ...to(spaced),
      payee_name: spaced.name.replace('有限', ' 有限'),
    })
    world.nearMiss('ZF18', 'name_differs', { payment_id: id }, '仅多一个空格')
    world.nearMiss(
      'ZF18',
      'abnormal',
      { payment_id: plantPayment(world, someUnit(world), to(newEnterprise(world))) },
      '存续企业',
    )
    const bracketed = newEnterprise(world, { name: `海岛物资（集团）${world.next('bracketed')}号有限公司` })
    const narrow = plantPayment(world, someUnit(world), {
      ...to(bracketed),
      payee_name: bracketed.name.replace('（', '(').replace('）', ')'),
    })
    world.nearMiss('ZF18', 'name_differs', { payment_id: narrow }, '仅括号全半角不同')
    const day = someDay(world)
    const later = newEnterprise(world, { state: 'cancelled', stateSince: addDays(day, 1) })
    world.nearMiss(
      'ZF18',
      'abnormal',
      { payment_id: plantPayment(world, someUnit(world), { ...to(later), paid_on: day }) },
      '支付次日才注销',
    )
    const office = someUnit(world)
    const coded = plantPayment(world, office, {
      paid_on: '2025-08-13',
      function_code: '2130505',
      indicator_id: ampleIndicator(world, office, 2025, { function_code: '2130505' }),
    })
    world.nearMiss('ZF18', 'incomplete', { payment_id: coded }, '指标列明的科目已填')
    const ninety = newEnterprise(world, { establishedOn: addDays(day, -90) })
    world.nearMiss(
      'ZF18',
      'newly_founded',
      { payment_id: plantPayment(world, someUnit(world), { ...to(ninety), paid_on: day }) },
      '成立满九十日',
    )
    const former = newPerson(world)
    const unit = someUnit(world)
    employ(world, former, unit.code, addDays(day, -1))
    const once = newEnterprise(world, { legalRep: former })
    world.nearMiss(
      'ZF18',
      'related',
      { payment_id: plantPayment(world, unit, { ...to(once), paid_on: day }) },
      '前一日已离开单位',
    )
  })
}

function plantRelated(world: World, turn: number): void {
  const unit = someUnit(world)
  const owner = newPerson(world)
  const enterprise = newEnterprise(world, turn % 2 === 0 ? { legalRep: owner } : {})
  if (turn % 2 === 1) addShareholder(world, enterprise.code, owner)
  if (turn === 0) employ(world, owner, unit.code)
  else {
    const official = turn === 1 ? owner : newPerson(world)
    world.add('watch_person', {
      person_id: official.code,
      person_name: official.name,
      unit_code: unit.code,
      post: '副处长',
      rank: '县处级副职',
      valid_from: '2020-01-01',
      valid_to: null,
    })
    if (turn > 1) {
      world.add('watch_relative', {
        person_id: official.code,
        relative_id: owner.code,
        relative_name: owner.name,
        relation: turn === 2 ? 'spouse' : 'child',
        valid_from: '2020-01-01',
        valid_to: null,
      })
    }
  }
  const id = plantPayment(world, unit, {
    payee_name: enterprise.name,
    payee_account: enterprise.account,
    payee_code: enterprise.code,
  })
  world.violation('ZF18', 'related', 'red', { payment_id: id }, '关联本单位职工、监督名单或近亲属')
}
