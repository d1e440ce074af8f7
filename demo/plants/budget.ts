import { addDays } from '../calendar.ts'
import { type DemoUnit, oddAmount, type Row, type World, yuan } from '../world.ts'
import { ampleIndicator, plantPayment, someDay, someUnit, times } from './planting.ts'

/** Every plant about indicators and adjustments (YS01 to YS08). */
export function plantBudgets(world: World): void {
  plantInvalidIndicators(world)
  plantExceeded(world)
  plantChangedUse(world)
  plantCapped(world)
  plantMixedFunds(world)
  plantSlowProjects(world)
  plantYearEnd(world)
  plantIdle(world)
  plantAdjustments(world)
}

function adjust(
  world: World,
  indicator: string,
  unit: DemoUnit,
  on: string,
  amount: string,
  changes: Row = {},
): void {
  world.add('budget_adjustment', {
    adjustment_id: `TJ${String(world.next('adjustment')).padStart(6, '0')}`,
    indicator_id: indicator,
    unit_code: unit.code,
    adjustment_kind: amount.startsWith('-') ? 'decrease' : 'increase',
    amount,
    adjusted_on: on,
    function_code: null,
    economic_code: null,
    project_code: null,
    approval_no: '琼财预〔2025〕9号',
    ...changes,
  })
}

/** Payments without a valid indicator (YS01). */
function plantInvalidIndicators(world: World): void {
  times(3, (turn) => {
    const unit = someUnit(world)
    const day = someDay(world)
    const other = world.units.find((one) => one.code !== unit.code)!
    const foreign = ampleIndicator(world, other, 2025)
    plantPayment(world, other, { indicator_id: foreign, paid_on: '2025-03-05' })
    const lastYear = ampleIndicator(world, unit, 2024)
    const later = ampleIndicator(world, unit, 2025, { issued_on: addDays(day, 1) })
    const closed = ampleIndicator(world, unit, 2025, { closed_on: addDays(day, -1) })
    const cases = [
      ['missing', null, '未填指标'],
      ['unknown', `ZBX${turn}`, '指标不存在'],
      ['other_unit', foreign, '其他单位的指标'],
      ['other_year', lastYear, '上年指标'],
      ['not_issued', later, '次日才下达'],
      ['taken_back', closed, '前一日已收回'],
    ] as const
    for (const [condition, indicator, note] of cases) {
      const id = plantPayment(world, unit, { paid_on: day, indicator_id: indicator })
      world.violation('YS01', condition, 'red', { payment_id: id }, note)
    }
    const sameDay = ampleIndicator(world, unit, 2025, { issued_on: day })
    const lastDay = ampleIndicator(world, unit, 2025, { closed_on: day })
    const own = ampleIndicator(world, unit, 2025)
    const nears = [
      ['missing', own, { payment_state: 'paid' }],
      ['unknown', own, {}],
      ['other_unit', own, {}],
      ['other_year', own, {}],
      ['not_issued', sameDay, {}],
      ['taken_back', lastDay, {}],
    ] as const
    for (const [condition, indicator, changes] of nears) {
      const id = plantPayment(world, unit, { paid_on: day, indicator_id: indicator, ...changes })
      world.nearMiss('YS01', condition, { payment_id: id }, '当日有效的本单位指标')
    }
  })
}

/** Payments beyond the indicator (YS01). */
function plantExceeded(world: World): void {
  times(4, (turn) => {
    const unit = someUnit(world)
    const indicator = ampleIndicator(world, unit, 2025, { amount: '50000.00' })
    plantPayment(world, unit, { indicator_id: indicator, paid_on: '2025-04-08', amount: '30000.30' })
    if (turn === 1) adjust(world, indicator, unit, '2025-06-11', '5000.00')
    const amount = turn === 1 ? '25000.80' : '20000.80'
    const id = plantPayment(world, unit, {
      indicator_id: indicator,
      paid_on: '2025-06-10',
      amount,
      payment_state: turn === 2 ? 'in_transit' : 'paid',
    })
    world.violation('YS01', 'exceeded', 'red', { payment_id: id }, '累计超过当日可用额')
    if (turn > 2) return
    const calm = someUnit(world)
    const enough = ampleIndicator(world, calm, 2025, { amount: '50000.00' })
    plantPayment(world, calm, { indicator_id: enough, paid_on: '2025-04-08', amount: '30000.30' })
    plantPayment(world, calm, {
      indicator_id: enough,
      paid_on: '2025-05-08',
      amount: '44000.30',
      payment_state: 'returned',
    })
    const exact = plantPayment(world, calm, {
      indicator_id: enough,
      paid_on: '2025-06-10',
      amount: '19999.70',
    })
    world.nearMiss('YS01', 'exceeded', { payment_id: exact }, '正好用完')
  })
}

/** Payments for something else than the indicator says (YS02). */
function plantChangedUse(world: World): void {
  const codes = { function_code: '2130505', economic_code: '30299', project_code: 'XM1' }
  const cases = [
    ['project', 'red', { project_code: 'XM2' }],
    ['function_class', 'red', { function_code: '2010505' }],
    ['economic_class', 'red', { economic_code: '31099' }],
    ['function_item', 'yellow', { function_code: '2130599' }],
    ['economic_item', 'yellow', { economic_code: '30227' }],
  ] as const
  times(3, (turn) => {
    for (const [condition, level, change] of cases) {
      const unit = someUnit(world)
      const day = someDay(world)
      const indicator = ampleIndicator(world, unit, 2025, codes)
      const id = plantPayment(world, unit, { ...codes, ...change, indicator_id: indicator, paid_on: day })
      world.violation('YS02', condition, level, { payment_id: id }, '与指标不符且无调剂单')
      const allowed = ampleIndicator(world, unit, 2025, codes)
      if (turn > 0)
        adjust(world, allowed, unit, turn === 1 ? day : addDays(day, -20), '1.00', {
          adjustment_kind: 'transfer',
          ...change,
        })
      const near = plantPayment(world, unit, {
        ...codes,
        ...(turn > 0 ? change : {}),
        indicator_id: allowed,
        paid_on: day,
      })
      world.nearMiss('YS02', condition, { payment_id: near }, turn > 0 ? '有调剂单' : '与指标一致')
    }
  })
}

/** Capped expenses at and beyond their budget (YS03), on the two kinds that ordinary business leaves alone. */
function plantCapped(world: World): void {
  const kinds = [
    ['abroad', '30212', '支付出访机票'],
    ['car_purchase', '31013', '支付车辆购置'],
  ] as const
  times(4, (turn) => {
    for (const [kind, code, purpose] of kinds) {
      const spend = (unit: DemoUnit, indicator: string, amount: string) =>
        plantPayment(world, unit, {
          indicator_id: indicator,
          paid_on: '2025-05-14',
          amount,
          economic_code: code,
          capped_expense: turn % 2 === 0 ? kind : null,
          purpose,
        })
      const budget = (unit: DemoUnit) =>
        ampleIndicator(world, unit, 2025, { amount: '50000.00', capped_expense: kind, economic_code: code })
      const anchor = (unit: DemoUnit) => ({ unit_code: unit.code, budget_year: 2025, kind })
      const fresh = () => world.units[world.next(`capped-${kind}`)]!
      const none = fresh()
      spend(none, ampleIndicator(world, none, 2025), oddAmount(world.chance, 2000, 9000))
      world.violation('YS03', 'no_budget', 'red', anchor(none), '没有该类预算')
      const over = fresh()
      spend(over, budget(over), '45000.00')
      spend(over, ampleIndicator(world, over, 2025), `5000.0${1 + turn}`)
      world.violation('YS03', 'over_budget', 'red', anchor(over), '超过预算')
      const near = fresh()
      spend(near, budget(near), `${45_000 + turn}.00`)
      world.violation('YS03', 'near_budget', 'yellow', anchor(near), '达到预算的九成')
      const back = fresh()
      const gone = ampleIndicator(world, back, 2025, {
        amount: '50000.00',
        capped_expense: kind,
        economic_code: code,
        closed_on: '2025-04-30',
      })
      spend(back, ampleIndicator(world, back, 2025), `2100${turn}.20`)
      plantPayment(world, back, {
        indicator_id: gone,
        paid_on: '2025-04-14',
        amount: '1000.00',
        economic_code: code,
        purpose,
      })
      world.violation('YS03', 'over_budget', 'red', anchor(back), '指标已收回')
      if (turn > 2) continue
      const ended = fresh()
      const unused = ampleIndicator(world, ended, 2025, {
        amount: '50000.00',
        capped_expense: kind,
        economic_code: code,
        closed_on: '2025-12-31',
      })
      spend(ended, unused, `2300${turn}.20`)
      world.nearMiss('YS03', 'near_budget', anchor(ended), '年末收回余额')
      const below = fresh()
      spend(below, budget(below), '44999.99')
      world.nearMiss('YS03', 'near_budget', anchor(below), '差一分到九成')
      const half = fresh()
      spend(half, budget(half), `2500${turn}.10`)
      world.nearMiss('YS03', 'over_budget', anchor(half), '预算的一半')
      const added = fresh()
      const small = budget(added)
      adjust(world, small, added, '2025-03-03', '-500.00', {
        adjustment_kind: 'transfer',
        economic_code: '30299',
      })
      spend(added, small, '3000.20')
      world.nearMiss('YS03', 'no_budget', anchor(added), '有预算')
    }
  })
}

/** Personnel and office funds mixed (YS04). */
function plantMixedFunds(world: World): void {
  times(4, (turn) => {
    const unit = someUnit(world)
    const office = { economic_code: turn % 2 === 0 ? '30103' : '30305', purpose: `支付抚恤事项${turn}` }
    world.violation(
      'YS04',
      'personnel_from_office',
      'yellow',
      { payment_id: plantPayment(world, unit, office) },
      '公用指标付人员类',
    )
    const personnel = (changes: Row) =>
      plantPayment(world, unit, {
        paid_on: '2025-09-09',
        indicator_id: ampleIndicator(world, unit, 2025, { fund_kind: 'personnel' }),
        ...changes,
      })
    world.violation(
      'YS04',
      'office_from_personnel',
      'yellow',
      { payment_id: personnel({ economic_code: '30299' }) },
      '人员指标付商品服务',
    )
    if (turn > 2) return
    world.nearMiss(
      'YS04',
      'office_from_personnel',
      { payment_id: personnel({ ...office }) },
      '人员指标付人员类',
    )
    world.nearMiss(
      'YS04',
      'personnel_from_office',
      { payment_id: plantPayment(world, unit, { economic_code: '31099' }) },
      '公用指标付资本类',
    )
  })
}

/** Projects behind schedule (YS05). */
function plantSlowProjects(world: World): void {
  const project = (unit: DemoUnit, year: number, code: string, amount: number) =>
    ampleIndicator(world, unit, year, {
      fund_kind: 'project',
      project_code: code,
      project_name: '示范项目',
      amount: yuan(amount * 100),
    })
  const pay = (unit: DemoUnit, indicator: string, code: string, day: string, fen: number) =>
    plantPayment(world, unit, {
      indicator_id: indicator,
      project_code: code,
      paid_on: day,
      amount: yuan(fen),
    })
  const evenly = (
    unit: DemoUnit,
    indicator: string,
    code: string,
    year: number,
    amount: number,
    delay: number,
  ) =>
    times(12 - delay, (turn) => {
      const month = String(turn + 1 + delay).padStart(2, '0')
      pay(unit, indicator, code, `${year}-${month}-20`, Math.floor((amount * 100) / 12) - turn)
    })
  times(4, (turn) => {
    const unit = someUnit(world)
    const code = `XMM${turn}`
    const slow = project(unit, 2025, code, 600_000 + turn)
    pay(unit, slow, code, '2025-02-19', 4_000_030 + turn)
    world.violation('YS05', 'behind', 'blue', { indicator_id: slow }, '全年只付一笔')
    if (turn > 2) return
    const calm = someUnit(world)
    const steady = project(calm, 2025, `XMS${turn}`, turn === 2 ? 499_999 : 600_000)
    if (turn === 2) pay(calm, steady, 'XMS2', '2025-02-19', 300_040)
    else evenly(calm, steady, `XMS${turn}`, 2025, 600_000, turn * 2)
    world.nearMiss('YS05', 'behind', { indicator_id: steady }, '进度正常、落后不足二十个百分点或金额不足')
  })
  times(3, (turn) => {
    const unit = someUnit(world)
    const code = `XMY${turn}`
    for (const year of [2023, 2024, 2025]) {
      const slow = project(unit, year, code, 700_000)
      pay(unit, slow, code, `${year}-03-20`, 2_000_010 + year + turn)
      world.violation(
        'YS05',
        year === 2025 ? 'years_in_row' : 'behind',
        year === 2025 ? 'yellow' : 'blue',
        { indicator_id: slow },
        '连续三年滞后',
      )
    }
    const calm = someUnit(world)
    for (const year of [2024, 2025]) {
      const slow = project(calm, year, `XMZ${turn}`, 700_000)
      pay(calm, slow, `XMZ${turn}`, `${year}-03-20`, 2_100_010 + year + turn)
      world.violation('YS05', 'behind', 'blue', { indicator_id: slow }, '连续两年滞后')
    }
    const before = project(calm, 2023, `XMZ${turn}`, 700_000)
    evenly(calm, before, `XMZ${turn}`, 2023, 700_000, 0)
    world.nearMiss('YS05', 'years_in_row', { indicator_id: before }, '第一年进度正常')
  })
}

/** Money spent in a hurry at the end of the year (YS06). */
function plantYearEnd(world: World): void {
  times(4, (turn) => {
    const unit = someUnit(world)
    const indicator = ampleIndicator(world, unit, 2025, { amount: '300000.00' })
    plantPayment(world, unit, { indicator_id: indicator, paid_on: '2025-06-12', amount: '99000.10' })
    plantPayment(world, unit, { indicator_id: indicator, paid_on: '2025-11-12', amount: '80000.20' })
    plantPayment(world, unit, { indicator_id: indicator, paid_on: '2025-12-10', amount: `7000${turn}.30` })
    world.violation(
      'YS06',
      'late_share',
      'yellow',
      { indicator_id: indicator, payment_id: '' },
      '十一、十二月支出过半',
    )
    const late = ampleIndicator(world, unit, 2025)
    const single = plantPayment(world, unit, {
      indicator_id: late,
      paid_on: `2025-12-${26 + turn}`,
      amount: `${200_000 + turn}.50`,
    })
    world.violation(
      'YS06',
      'late_single',
      'yellow',
      { indicator_id: late, payment_id: single },
      '年底单笔大额',
    )
    const later = ampleIndicator(world, unit, 2025, { amount: '300000.00' })
    plantPayment(world, unit, { indicator_id: later, paid_on: '2025-11-13', amount: `15100${turn}.20` })
    adjust(world, later, unit, '2026-01-08', '60000.00')
    world.violation(
      'YS06',
      'late_share',
      'yellow',
      { indicator_id: later, payment_id: '' },
      '次年的追加不计入当年指标',
    )
    if (turn > 2) return
    const calm = someUnit(world)
    const half = ampleIndicator(world, calm, 2025, { amount: '300000.00' })
    plantPayment(world, calm, { indicator_id: half, paid_on: '2025-06-12', amount: '99000.10' })
    plantPayment(world, calm, {
      indicator_id: half,
      paid_on: '2025-11-12',
      amount: turn === 0 ? '150000.00' : '99999.40',
    })
    world.nearMiss('YS06', 'late_share', { indicator_id: half, payment_id: '' }, '正好一半或不足')
    const edge = ampleIndicator(world, calm, 2025)
    const near = plantPayment(world, calm, {
      indicator_id: edge,
      paid_on: turn === 0 ? '2025-12-25' : '2025-12-29',
      amount: turn === 0 ? '260000.10' : '200000.00',
    })
    world.nearMiss(
      'YS06',
      'late_single',
      { indicator_id: edge, payment_id: near },
      '二十五日当日或正好二十万',
    )
  })
}

/** Idle indicators and balances carried too long (YS07). */
function plantIdle(world: World): void {
  times(4, (turn) => {
    const unit = someUnit(world)
    const idle = ampleIndicator(world, unit, 2026, {
      issued_on: addDays(world.asOf, -(91 + turn * 30)),
      amount: '60000.00',
    })
    world.violation('YS07', 'idle', 'blue', { indicator_id: idle }, '下达九十日未执行')
    const carried = ampleIndicator(world, unit, 2026, { carried_from_year: 2024, amount: '80000.00' })
    plantPayment(world, unit, { indicator_id: carried, paid_on: '2026-03-18', amount: '20000.20' })
    world.violation('YS07', 'carried', 'red', { indicator_id: carried }, '结转两年未用完')
    if (turn > 2) return
    const calm = someUnit(world)
    const ninety = ampleIndicator(world, calm, 2026, {
      issued_on: addDays(world.asOf, -(90 - turn)),
      amount: '60000.00',
    })
    world.nearMiss('YS07', 'idle', { indicator_id: ninety }, '下达未超九十日')
    const once = ampleIndicator(world, calm, 2026, {
      carried_from_year: turn === 2 ? 2024 : 2025,
      amount: '80000.00',
    })
    plantPayment(world, calm, {
      indicator_id: once,
      paid_on: '2026-03-18',
      amount: turn === 2 ? '80000.00' : `2000${turn}.20`,
    })
    world.nearMiss('YS07', 'carried', { indicator_id: once }, '结转一年或已用完')
    const quiet = someUnit(world)
    const old = ampleIndicator(world, quiet, 2024, { amount: '80000.00', closed_on: null })
    plantPayment(world, quiet, { indicator_id: old, paid_on: '2024-06-18', amount: `3000${turn}.20` })
    world.violation('YS07', 'carried', 'red', { indicator_id: old }, '前年指标未用完，未再下达')
    const spentUp = ampleIndicator(world, quiet, 2024, { amount: '80000.00', closed_on: null })
    plantPayment(world, quiet, { indicator_id: spentUp, paid_on: '2024-06-18', amount: '80000.00' })
    world.nearMiss('YS07', 'carried', { indicator_id: spentUp }, '前年指标已用完')
  })
}

/** Indicators adjusted often, much, or upwards where that is not allowed (YS08). */
function plantAdjustments(world: World): void {
  const indicator = (unit: DemoUnit, changes: Row = {}) => {
    const id = ampleIndicator(world, unit, 2025, { amount: '100000.00', ...changes })
    plantPayment(world, unit, {
      indicator_id: id,
      paid_on: '2025-07-09',
      amount: oddAmount(world.chance, 300, 900),
      economic_code: String(changes.economic_code ?? '30299'),
    })
    return id
  }
  const reception = { capped_expense: 'reception', economic_code: '30217' }
  const anchor = (id: string) => ({ indicator_id: id, adjusted_year: 2025 })
  times(4, (turn) => {
    const unit = someUnit(world)
    const often = indicator(unit)
    times(4, (place) =>
      adjust(world, often, unit, `2025-0${3 + place}-11`, place % 2 === 0 ? '900.00' : '-900.00'),
    )
    world.violation('YS08', 'frequent', 'yellow', anchor(often), '一年调剂四次')
    const much = indicator(unit)
    adjust(world, much, unit, '2025-05-11', turn % 2 === 0 ? `3000${turn}.01` : `-3000${turn}.01`)
    world.violation('YS08', 'large', 'yellow', anchor(much), '调整超过三成')
    const up = indicator(unit, reception)
    adjust(world, up, unit, '2025-05-11', '1000.00')
    world.violation('YS08', 'capped_increase', 'red', anchor(up), '调增公务接待费')
    const within = indicator(unit)
    adjust(world, within, unit, '2025-05-12', '0.00', {
      adjustment_kind: 'transfer',
      economic_code: '30217',
    })
    world.violation('YS08', 'capped_increase', 'red', anchor(within), '指标内调剂到公务接待费')
    if (turn > 2) return
    const calm = someUnit(world)
    const own = indicator(calm, reception)
    adjust(world, own, calm, '2025-05-12', '0.00', { adjustment_kind: 'transfer', economic_code: '30217' })
    world.nearMiss('YS08', 'capped_increase', anchor(own), '指标本就是公务接待费')
    const thrice = indicator(calm)
    times(3, (place) => adjust(world, thrice, calm, `2025-0${3 + place}-11`, '900.00'))
    world.nearMiss('YS08', 'frequent', anchor(thrice), '一年调剂三次')
    const third = indicator(calm)
    adjust(world, third, calm, '2025-05-11', '30000.00')
    world.nearMiss('YS08', 'large', anchor(third), '正好三成')
    const down = indicator(calm, reception)
    adjust(world, down, calm, '2025-05-11', '-1000.00')
    world.nearMiss('YS08', 'capped_increase', anchor(down), '调减公务接待费')
  })
}
