import { addDays, isWorkday } from '../calendar.ts'
import { newEnterprise } from '../parties.ts'
import { type DemoUnit, oddAmount, type Party, type World, yuan } from '../world.ts'

/** What units ordinarily pay for: no word of it is a keyword, and each text fits its economic code. */
const ordinary: readonly (readonly [string, string])[] = [
  ['购打印耗材', '30299'],
  ['支付水费', '30205'],
  ['支付电费', '30206'],
  ['支付网络租用', '30299'],
  ['支付办公楼保洁', '30299'],
  ['支付档案整理', '30227'],
  ['支付软件运行维护', '30227'],
  ['支付绿化养护', '30299'],
  ['支付消防设施检测', '30227'],
  ['支付垃圾清运', '30299'],
]

/** The six capped expenses, small against their budgets. */
const capped: readonly (readonly [string, string, string])[] = [
  ['reception', '30217', '公务接待'],
  ['car_running', '30231', '公务用车保险'],
  ['meeting', '30215', '会议费'],
  ['training', '30216', '培训费'],
]

const firstYear = 2025
const suppliersOfUnit = 140

/**
 * Two years of ordinary business, 100,000 payments in all with the plants: even over the months, within the budgets,
 * each to a payee that the unit has not paid for months, so that no rule has anything to say.
 */
export function addOrdinaryPayments(world: World, paymentCount: number): void {
  const months = monthsUntil(world.asOf)
  const perMonth = Math.floor(paymentCount / (world.units.length * months.length))
  const extra = paymentCount - perMonth * world.units.length * months.length
  const pool = Array.from({ length: 2600 }, () => newEnterprise(world))
  world.units.forEach((unit, unitIndex) => {
    const suppliers = Array.from(
      { length: suppliersOfUnit },
      (_unused, place) => pool[(unitIndex * 19 + place) % pool.length]!,
    )
    addYears(
      world,
      unit,
      suppliers,
      months,
      perMonth + (unitIndex < Math.ceil(extra / months.length) ? 1 : 0),
    )
  })
}

function monthsUntil(asOf: string): readonly string[] {
  const months: string[] = []
  for (let month = `${firstYear}-01`; month <= asOf.slice(0, 7); month = nextMonth(month)) months.push(month)
  return months
}

function nextMonth(month: string): string {
  return addDays(`${month}-28`, 5).slice(0, 7)
}

function addYears(
  world: World,
  unit: DemoUnit,
  suppliers: readonly Party[],
  months: readonly string[],
  perMonth: number,
): void {
  const sums = new Map<string, number>()
  let turn = 0
  for (const month of months) {
    const days = daysOf(month, world.asOf)
    for (let number = 0; number < perMonth; number += 1) {
      const payee = suppliers[turn % suppliers.length]!
      turn += 1
      const day = days[Math.floor((number * days.length) / perMonth)]!
      const [indicator, amount] = addPayment(world, unit, payee, day, number)
      sums.set(indicator, (sums.get(indicator) ?? 0) + Math.round(Number(amount) * 100))
    }
  }
  for (const [indicator, fen] of sums) addIndicator(world, unit, indicator, fen)
}

function daysOf(month: string, asOf: string): readonly string[] {
  const days: string[] = []
  for (let day = `${month}-01`; day.startsWith(month) && day <= asOf; day = addDays(day, 1)) {
    if (isWorkday(day)) days.push(day)
  }
  return days
}

function addPayment(
  world: World,
  unit: DemoUnit,
  payee: Party,
  day: string,
  number: number,
): readonly [string, string] {
  const isCapped = number % 9 === 0
  const [kind, code, purpose] = isCapped
    ? capped[world.chance.between(0, capped.length - 1)]!
    : ([null, ...world.chance.pick(ordinary).toReversed()] as const)
  const amount = oddAmount(world.chance, 300, isCapped ? 2900 : 24_000)
  const indicator = `ZB${day.slice(0, 4)}${unit.code}${kind ? capped.findIndex(([name]) => name === kind) + 1 : 0}`
  world.add('payment', {
    payment_id: `ZF${String(world.next('payment')).padStart(8, '0')}`,
    unit_code: unit.code,
    indicator_id: indicator,
    paid_on: day,
    amount,
    settlement: 'transfer',
    payer_account: unit.zeroAccount,
    payee_name: payee.name,
    payee_account: payee.account,
    payee_bank: '海岛银行',
    payee_kind: 'organisation',
    payee_code: payee.code,
    function_code: '2010301',
    economic_code: code,
    purpose: `${purpose}（${day.slice(0, 4)}年${Number(day.slice(5, 7))}月）`,
    payment_method: number % 3 === 0 ? 'authorised' : 'direct',
    payment_kind: 'ordinary',
    capped_expense: kind,
    payment_state: 'paid',
  })
  return [indicator, amount]
}

/** The budget for what was spent: a third more, so that nothing is near its limit; for the running year the whole year's. */
function addIndicator(world: World, unit: DemoUnit, indicator: string, spentFen: number): void {
  const year = Number(indicator.slice(2, 6))
  const kind = Number(indicator.at(-1))
  world.add('budget_indicator', {
    indicator_id: indicator,
    unit_code: unit.code,
    budget_year: year,
    function_code: '2010301',
    economic_code: kind > 0 ? capped[kind - 1]![1] : null,
    project_code: null,
    project_name: null,
    fund_kind: 'office',
    capped_expense: kind > 0 ? capped[kind - 1]![0] : null,
    amount: yuan(
      Math.ceil((spentFen * (world.asOf.startsWith(String(year)) ? 1.6 : 1.35)) / 100_000) * 100_000,
    ),
    issued_on: `${year}-01-01`,
    carried_from_year: null,
    closed_on: null,
  })
}
