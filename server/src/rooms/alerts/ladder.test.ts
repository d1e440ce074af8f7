import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import { createSupervision } from '#shared/supervise/index.ts'
import { aCaller, aFeed, aHit, placeUnits, trialPolicy } from './alerts.builders.ts'
import { createAlerts } from './alerts.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T02:00:00Z')
const feed = aFeed()
const policies = new Map([['trial', trialPolicy]])
const alerts = createAlerts({ database, clock, feed, policies, files: { describe: async () => [] } })
const calendar = createCalendar({ database })
const officer = aCaller(1, ['conduct_officer'])
const head = aCaller(3, ['unit_head'], '46.01.UU001')

beforeAll(async () => {
  await calendar.load()
  await placeUnits(database)
  await alerts.prepare()
})

async function aRedAlert(): Promise<string> {
  clock.set('2026-11-24T02:00:00Z')
  const hit = aHit({ level: 'red' })
  feed.put(hit)
  await alerts.arrivals.takeAll()
  const [row] = await database.owner<{ alert_id: string }>(
    'select alert_id from alerts.alert_hit where hit_id = $1',
    [hit.hitId],
  )
  return row!.alert_id
}

const climbedBy = async (id: string) =>
  (await alerts.desk.detail(officer, id)).events
    .map((event) => event.kind)
    .filter((kind) => !['raised', 'dispatched'].includes(kind))

// Dispatched on Tuesday 24 November with three working days: due on Friday the 27th.
const rungs = [
  ['2026-11-25', []],
  ['2026-11-26', ['reminder']],
  ['2026-11-27', ['reminder']],
  ['2026-11-28', ['reminder']],
  ['2026-11-30', ['reminder', 'overdue']],
  ['2026-12-02', ['reminder', 'overdue', 'slip']],
  ['2026-12-04', ['reminder', 'overdue', 'slip', 'escalate']],
  ['2026-12-11', ['reminder', 'overdue', 'slip', 'escalate', 'escalate']],
] as const

test('each rung of the ladder is climbed on its working day, and once', async () => {
  const id = await aRedAlert()
  for (const [day, expected] of rungs) {
    clock.set(`${day}T02:00:00Z`)
    await alerts.ladder.climb()
    await alerts.ladder.climb()
    expect([day, await climbedBy(id)]).toEqual([day, [...expected]])
  }
  const { items } = await createSupervision({ database, clock }).list(head, { limit: 10, subjectId: id })
  expect(items).toMatchObject([{ state: 'issued', termDays: 3, issuedOn: '2026-12-02' }])
})

test('a product that was away for days climbs every missed rung, in order', async () => {
  const id = await aRedAlert()
  clock.set('2026-12-04T02:00:00Z')
  await alerts.ladder.climb()
  expect(await climbedBy(id)).toEqual(['reminder', 'overdue', 'slip', 'escalate'])
})

test('a day off announced later moves the end of open terms', async () => {
  const id = await aRedAlert()
  const admin = aCaller(9, ['information_officer'])
  await calendar.correct(admin, {
    onDate: '2026-11-26',
    isWorkday: false,
    holiday: null,
    reason: '台风停工通知',
  })
  await alerts.ladder.climb()
  expect((await alerts.desk.detail(officer, id)).dueOn).toBe('2026-11-30')
  expect((await alerts.units.detail(head, id)).dueOn).toBe('2026-11-30')
})
