import { quietWorkdays } from '../calendar.ts'
import { newEnterprise } from '../parties.ts'
import { type DemoUnit, oddAmount, type Row, type World } from '../world.ts'

/** A unit for a plant; successive plants go to different units. */
export function someUnit(world: World): DemoUnit {
  return world.units[(world.next('planted-unit') * 7) % world.units.length]!
}

const days = quietWorkdays('2025-02-01', '2025-10-31', 4)

/** A working day of 2025, before the year's end and far from every holiday. */
export function someDay(world: World): string {
  return world.chance.pick(days)
}

/** The latest year whose money would have lapsed by the demo's day: indicators of it were taken back a year later. */
const lapsedYear = 2024

/** An indicator of the unit that restricts nothing and is large enough for whatever a plant pays from it. */
export function ampleIndicator(world: World, unit: DemoUnit, year: number, changes: Row = {}): string {
  const id = `ZBP${String(world.next('planted-indicator')).padStart(6, '0')}`
  world.add('budget_indicator', {
    indicator_id: id,
    unit_code: unit.code,
    budget_year: year,
    function_code: null,
    economic_code: null,
    project_code: null,
    project_name: null,
    fund_kind: 'office',
    capped_expense: null,
    amount: '90000000.00',
    issued_on: `${year}-01-01`,
    carried_from_year: null,
    closed_on: year <= lapsedYear ? `${year + 1}-12-31` : null,
    ...changes,
  })
  return id
}

/**
 * Adds a payment that no rule minds, with the changes that make it a plant; returns its number. Unless the changes say
 * otherwise it goes to an enterprise of its own, from an indicator of its own.
 */
export function plantPayment(world: World, unit: DemoUnit, changes: Row = {}): string {
  const id = `ZFP${String(world.next('planted-payment')).padStart(7, '0')}`
  const day = String(changes.paid_on ?? someDay(world))
  const payee = 'payee_account' in changes ? undefined : newEnterprise(world)
  const indicator: Row =
    'indicator_id' in changes ? {} : { indicator_id: ampleIndicator(world, unit, Number(day.slice(0, 4))) }
  world.add('payment', {
    payment_id: id,
    unit_code: unit.code,
    paid_on: day,
    amount: oddAmount(world.chance, 2000, 9000),
    settlement: 'transfer',
    payer_account: unit.zeroAccount,
    payee_kind: 'organisation',
    ...(payee ? { payee_name: payee.name, payee_account: payee.account, payee_code: payee.code } : {}),
    economic_code: '30299',
    purpose: `支付设施维护第${id.slice(3)}项`,
    payment_method: 'direct',
    payment_kind: 'ordinary',
    payment_state: 'paid',
    ...indicator,
    ...changes,
  })
  return id
}

/** Runs `make` so many times: with different units, days and amounts each time. */
export function times(count: number, make: (turn: number) => void): void {
  for (let turn = 0; turn < count; turn += 1) make(turn)
}
