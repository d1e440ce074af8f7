import { sql } from 'kysely'
import { chance } from '#demo/random.ts'
import { systemCaller } from '#ground/database/index.ts'
import { fenOf, yuanOf } from '#ground/money/index.ts'
import { addDays, type CalendarDate, fakeClock } from '#ground/time/index.ts'
import { inSession, type Row } from '#ground/warehouse/index.ts'
import { workingCalendar } from '#shared/calendar/index.ts'
import { demoCallers, type FeedCaller } from '#shared/identity/index.ts'
import type { House } from '../house.ts'
import { demoPeople, type People } from './people.ts'
import { texts } from './texts.ts'

/** Working days up to the end over which requests come in. */
const days = 10
/** Requests modelled on payments of which nothing was found, and on those of which something was, by level. */
const models = { plain: 18, red: 12, yellow: 10 } as const
/** What a request has of the payment it is modelled on; what ties a payment to its own papers is left out. */
const taken = [
  ...[
    'unit_code',
    'indicator_id',
    'settlement',
    'payer_account',
    'payee_name',
    'payee_account',
    'payee_kind',
  ],
  ...['payee_code', 'function_code', 'economic_code', 'project_code', 'purpose', 'payment_kind'],
] as const

type Place = Pick<House, 'database' | 'warehouse' | 'calendar' | 'fiscalBy'>
type Fiscal = ReturnType<Place['fiscalBy']>

/** The machine of the treasury that sends requests, as it is in the demo. */
const treasury: FeedCaller = {
  userId: systemCaller.userId,
  scope: systemCaller.scope,
  roles: ['feed'],
  datasets: ['payment'],
}

/**
 * Lets the treasury ask for payments over the last working days before `until` and lets those concerned decide: units
 * explain what they owe, finance and supervision release or refuse what is held, some wait. Returns how many were asked for.
 */
export async function requestPayments(house: Place, until: CalendarDate): Promise<number> {
  const clock = fakeClock('2020-01-01T00:00:00Z')
  const fiscal = house.fiscalBy(clock)
  const people = demoPeople(await demoCallers(house))
  const known = workingCalendar(
    await house.database.asCaller(systemCaller, (trx) => house.calendar.knownDays(trx)),
  )
  const draw = chance(days)
  const workdays = lastWorkdays(known, until)
  const payments = await modelPayments(house)
  let asked = 0
  for (const [place, payment] of payments.entries()) {
    const day = workdays[Math.floor((place * workdays.length) / payments.length)]!
    clock.set(
      `${day}T${String(9 + (place % 4)).padStart(2, '0')}:${String(10 + ((place * 7) % 50))}:00+08:00`,
    )
    const requestNo = `SQ${day.replaceAll('-', '')}${String(place + 1).padStart(4, '0')}`
    const fen = fenOf(String(payment.amount)) + BigInt(draw.between(101, 9_999))
    const record = { ...contentOf(payment), request_id: requestNo, amount: yuanOf(fen) }
    const submitted = await fiscal.requests.submit(treasury, record, requestNo)
    if (!('answer' in submitted)) throw new Error(`the demo's payment request ${requestNo} was not accepted`)
    asked += 1
    clock.set(`${day}T16:${String(10 + (place % 40))}:00+08:00`)
    await decide({ fiscal, people }, submitted.answer, String(payment.unit_code), asked)
  }
  await fiscal.requests.close()
  return asked
}

function lastWorkdays(
  calendar: ReturnType<typeof workingCalendar>,
  until: CalendarDate,
): readonly CalendarDate[] {
  const found: CalendarDate[] = []
  for (let day = until; found.length < days; day = addDays(day, -1))
    if (calendar.isWorkday(day)) found.unshift(day)
  return found
}

function contentOf(payment: Row): Record<string, string> {
  return Object.fromEntries(
    taken.flatMap((name) => (payment[name] === null ? [] : [[name, String(payment[name])] as const])),
  )
}

/** Late payments of the province: some of which nothing was found, some of which a rule found something. */
async function modelPayments({ database, warehouse }: Place): Promise<readonly Row[]> {
  const { rows } = await database.asCaller(systemCaller, (trx) =>
    sql<{ id: string; level: string }>`select keys->>'payment_id' as id, max(level) as level from rules.hit
      where pack = 'fiscal' and keys ? 'payment_id' and not suppressed group by 1 order by max(on_date) desc, 1`.execute(
      trx,
    ),
  )
  const found = (['red', 'yellow'] as const).flatMap((level) =>
    rows.filter((row) => row.level === level).slice(0, models[level]),
  )
  return inSession(warehouse.open, (session) =>
    session.rows(
      `select * from (
        (select * from payment where payment_id in (select unnest(string_to_array(cast($found as varchar), '|'))))
        union all
        (select * from payment where payment_state = 'paid' and payee_kind = 'organisation'
          and payment_id not in (select unnest(string_to_array(cast($known as varchar), '|')))
          order by paid_on desc, payment_id limit ${models.plain})
      ) p order by md5(payment_id)`,
      { found: found.map(({ id }) => id).join('|'), known: rows.map(({ id }) => id).join('|') },
    ),
  )
}

/** One in four of what is held waits for both, one for supervision only, one is refused, one is released. */
async function decide(
  { fiscal, people }: { fiscal: Fiscal; people: People },
  { requestKey, state }: { requestKey: string; state: string },
  unitCode: string,
  turn: number,
): Promise<void> {
  const unit = people.unit(unitCode)
  if (unit && state !== 'passed' && turn % 3 !== 0)
    await fiscal.deciding.explain(unit, requestKey, texts.requestReason)
  if (state !== 'held' || !unit || turn % 4 === 0) return
  const finance = people.financeOf(unit.scope)
  const supervision = people.supervisionOf(unit.scope)
  if (turn % 4 === 1) {
    await fiscal.deciding.refuse(finance, requestKey, { reason: texts.requestRefused, side: 'finance' })
    return
  }
  await fiscal.deciding.release(finance, requestKey, { reason: texts.requestReleased, side: 'finance' })
  if (turn % 4 === 2)
    await fiscal.deciding.release(supervision, requestKey, {
      reason: texts.requestReleased,
      side: 'supervision',
    })
}
