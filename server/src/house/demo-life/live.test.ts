import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { personName } from '#demo/names.ts'
import { chance } from '#demo/random.ts'
import { readConfig } from '#ground/config/index.ts'
import { systemCaller } from '#ground/database/index.ts'
import { addDays } from '#ground/time/index.ts'
import { inSession } from '#ground/warehouse/index.ts'
import { createDemoAccounts, createDemoStaff } from '#shared/identity/index.ts'
import { syncUnits } from '#shared/organisation/index.ts'
import { type House, openHouse } from '../house.ts'
import { findHits } from '../rule-runs.ts'
import { arrangeExceptions } from './exceptions.ts'
import { liveThroughTheYear } from './live.ts'
import { fateOf, nextStep, share } from './plan.ts'
import { requestPayments } from './requests.ts'

const until = '2026-11-20'
const units = Array.from({ length: 8 }, (_unused, place) => `90000${place}`)
const home = mkdtempSync(join(tmpdir(), 'qingfeng-life-'))
let house: House
let asked = 0
/** A year of working days, each with its ladder, on a machine that has other things to do. */
const wholeYear = 300_000

beforeAll(async () => {
  house = await openHouse(readConfig({ DATA_DIR: join(home, 'data'), LOG_LEVEL: 'silent' }, { demo: true }))
  await house.database.asCaller(systemCaller, (trx) =>
    syncUnits(
      trx,
      units.map((code, place) => ({
        unit_code: code,
        valid_from: '2020-01-01',
        unit_name: `示范单位${place}`,
        credit_code: null,
        region_code: place % 2 === 0 ? '460100' : '460200',
        parent_code: null,
        kind: 'organ',
        successor_code: null,
        valid_to: null,
      })) as never,
    ),
  )
  await house.warehouse.writing((session) => session.insert('payment', columns, cashPayments()))
  await house.warehouse.writing((session) => session.insert('payment', columns, plainPayments()))
  const since = new Date('2025-10-01T09:00:00+08:00')
  await createDemoAccounts(house.identity, units.slice(0, 1), since)
  const names = chance(1)
  await createDemoStaff(house.identity, () => personName(names), since)
  await findHits(house, 'fiscal', { asOf: until, cause: 'demand' })
  await liveThroughTheYear(house, until, units.slice(0, 1))
  asked = await requestPayments(house, until)
}, wholeYear)
afterAll(async () => {
  await house.close()
  rmSync(home, { recursive: true, force: true })
})

const columns = [
  'payment_id',
  'unit_code',
  'paid_on',
  'amount',
  'settlement',
  'payee_name',
  'payment_kind',
  'payment_state',
]

/** Cash beyond the limit, one payment each ten days for two years, unit by unit. */
function cashPayments(): readonly (readonly string[])[] {
  return Array.from({ length: 70 }, (_unused, place) => [
    `P${place}`,
    units[place % units.length]!,
    addDays('2024-12-01', place * 10),
    `${2000 + place}.50`,
    'cash',
    '零星供应户',
    'ordinary',
    'paid',
  ])
}

/** What no rule finds anything in: a transfer every third day. */
function plainPayments(): readonly (readonly string[])[] {
  return Array.from({ length: 240 }, (_unused, place) => [
    `N${place}`,
    units[place % units.length]!,
    addDays('2024-12-01', place * 3),
    `${300 + place}.00`,
    'transfer',
    '办公用品供应站',
    'ordinary',
    'paid',
  ])
}

const read = <Found>(query: ReturnType<typeof sql<Found>>) =>
  house.database.asCaller(systemCaller, async (trx) => (await query.execute(trx)).rows)

describe('a year of the demo', () => {
  test('raises every hit within the year, none before it happened, and closes most', async () => {
    const alerts = await read(
      sql<{ early: boolean; inside: boolean; state: string }>`select state,
        (raised_at at time zone 'Asia/Shanghai')::date <= on_date as early,
        (raised_at at time zone 'Asia/Shanghai')::date between ${addDays(until, -365)}::date and ${until}::date as inside
        from alerts.alert`,
    )
    expect(alerts).toHaveLength(70)
    expect(alerts.filter(({ early, inside }) => early || !inside)).toEqual([])
    expect(alerts.filter(({ state }) => state === 'closed').length).toBeGreaterThan(40)
  })

  test('lets the unit answer and the office decide, each story in its order', async () => {
    const wrong = await read(
      sql<{ kind: string }>`select e.kind from alerts.event e join alerts.alert a using (alert_id)
        left join identity.account p on p.user_id = e.actor_id
        where (e.kind in ('explain', 'rectify')) <> (p.unit_code is not null)
          or (p.unit_code is not null and p.unit_code <> a.unit_code)
          or (e.at at time zone 'Asia/Shanghai')::date > ${until}::date`,
    )
    expect(wrong).toEqual([])
    const unordered = await read(
      sql<{ alert_id: string }>`select alert_id from (
        select alert_id, at, lag(at) over (partition by alert_id order by event_id) as before from alerts.event) e
        where at < before`,
    )
    expect(unordered).toEqual([])
  })

  test('brings back no more than was at stake', async () => {
    const [sums] = await read(
      sql<{ beyond: number; recovered: number }>`select
        count(*) filter (where recovered_amount > amount or violation_amount > amount)::int as beyond,
        count(*) filter (where recovered_amount > 0)::int as recovered from alerts.alert`,
    )
    expect(sums?.beyond).toBe(0)
    expect(sums?.recovered).toBeGreaterThan(5)
  })

  test('climbs the ladder: reminders, overdue alerts, slips that are answered', async () => {
    const kinds = await read(sql<{ kind: string }>`select distinct kind from alerts.event`)
    expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['reminder', 'overdue', 'slip']))
    const [slips] = await read(
      sql<{
        accepted: number
      }>`select count(*) filter (where state = 'accepted')::int as accepted from supervise.slip`,
    )
    expect(slips?.accepted).toBeGreaterThan(0)
  })

  test('draws a sample of every month that is over and judges it, none of it alerted', async () => {
    const draws = await read(
      sql<{ month: string; drawn: number; judged: number }>`select d.month, count(i.item_id)::int as drawn,
          count(i.outcome)::int as judged
        from alerts.sample_draw d left join alerts.sample_item i using (draw_id) where d.pack = 'fiscal'
        group by d.month order by d.month`,
    )
    expect(draws.map(({ month }) => month)).toEqual([
      '2025-10',
      '2025-11',
      '2025-12',
      ...Array.from({ length: 10 }, (_unused, at) => `2026-${String(at + 1).padStart(2, '0')}`),
    ])
    expect(draws.every(({ drawn }) => drawn >= 9)).toBe(true)
    expect(draws.slice(0, -1).every(({ drawn, judged }) => drawn === judged)).toBe(true)
    const alerted = await read(
      sql<{ id: string }>`select i.item_id as id from alerts.sample_item i
        join alerts.alert a on a.anchor = 'payment_id=' || (i.keys ->> 'payment_id')
        where a.raised_at < (select drawn_at from alerts.sample_draw d where d.draw_id = i.draw_id)`,
    )
    expect(alerted).toEqual([])
  })

  test('leaves something to do for a unit whose people can sign in', async () => {
    const [open] = await read(
      sql<{ count: number }>`select count(*)::int as count from alerts.unit_item
        where unit_code = ${units[0]!} and state = 'dispatched' and due_on >= ${until}::date`,
    )
    expect(open?.count).toBeGreaterThan(0)
  })
})

describe('what becomes of an alert', () => {
  const terms = { explain: 3, judge: 5, rectify: 15, confirm: 5 }

  test('depends on its anchor alone and comes to an end', () => {
    for (let number = 0; number < 300; number += 1) {
      const alert = { pack: 'fiscal', anchor: `payment_id=P${number}`, level: 'red' } as const
      const story = () => {
        const fate = fateOf(alert)
        const steps: string[] = []
        for (let next = nextStep('explain', fate, terms); next; next = nextStep(next.step, fate, terms)) {
          expect(next.after).toBeGreaterThan(0)
          steps.push(`${next.step} ${next.after}`)
        }
        return steps
      }
      expect(story()).toEqual(story())
      expect(story().length).toBeLessThan(12)
    }
  })

  test('takes shares of sums to the fen', () => {
    expect(share('1234.57', 50)).toBe('617.28')
    expect(share('0.01', 100)).toBe('0.01')
    expect(share('90.05', 0)).toBe('0.00')
  })
})

test('payments are asked for on the last working days, and what is held is decided by two or waits', async () => {
  const { rows } = await house.database.asCaller(systemCaller, (trx) =>
    sql<{ state: string; day: string; sides: number }>`select r.state, r.requested_at::date::text as day,
        (select count(*)::int from fiscal.request_release l where l.request_key = r.request_key) as sides
      from fiscal.payment_request r`.execute(trx),
  )
  // Only yellow hits are there to be modelled on, and no payment of which nothing was found.
  expect(asked).toBe(10)
  expect(rows.length).toBe(asked)
  expect(rows.every(({ day }) => day >= '2026-11-07' && day <= until)).toBe(true)
  expect(rows.filter(({ state }) => state === 'released').every(({ sides }) => sides === 2)).toBe(true)
})

test('exceptions come from what was judged normal; the last one waits, and the rules are given the others', async () => {
  await arrangeExceptions(house, until)
  const { items } = await house.exceptions.list(systemCaller, { limit: 50 })
  expect(items).toHaveLength(6)
  expect(items[0]?.standing).toBe('proposed')
  for (const { standing, proposedBy, decidedBy } of items.slice(1)) {
    expect(['in_force', 'refused']).toContain(standing)
    expect(decidedBy?.userId).not.toBe(proposedBy.userId)
  }
  const given = await inSession(house.warehouse.open, (session) =>
    session.rows('select exception_id from rule_exception order by 1'),
  )
  const holding = items.filter(({ standing }) => standing === 'in_force').map(({ number }) => number)
  expect(given.map((row) => row.exception_id)).toEqual(holding.toSorted())
})
