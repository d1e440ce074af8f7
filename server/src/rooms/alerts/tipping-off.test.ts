import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import { createBell, createChangeStream, noticesRoutes } from '#shared/notices/index.ts'
import { createSupervision, superviseRoutes } from '#shared/supervise/index.ts'
import {
  aCaller,
  aFeed,
  aHit,
  anAccount,
  aServer,
  asker,
  noFiles,
  placeUnits,
  trialPolicy,
} from './alerts.builders.ts'
import { alertsRoutes } from './alerts.routes.ts'
import { createAlerts } from './alerts.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T02:00:00Z')
const feed = aFeed()
const policies = new Map([['trial', trialPolicy]])
const alerts = createAlerts({ database, clock, feed, policies, files: noFiles })
const server = await aServer()
alertsRoutes(server, alerts)
noticesRoutes(server, { bell: createBell({ database, clock }), stream: createChangeStream({ database }) })
superviseRoutes(server, createSupervision({ database, clock }))
const ask = asker(server)
const officer = aCaller(1, ['conduct_officer'])
const manager = aCaller(4, ['case_manager'])
const unitPeople = [aCaller(2, ['unit_finance'], '46.01.UU001'), aCaller(3, ['unit_head'], '46.01.UU001')]

beforeAll(async () => {
  await createCalendar({ database }).load()
  await placeUnits(database)
  await alerts.prepare()
  for (const person of unitPeople) await anAccount(database, person, 'U001')
})

/** Everything the unit's people can ask of the product, as text. */
async function wholeView(): Promise<string> {
  const seen: string[] = []
  for (const person of unitPeople) {
    const list = await ask(person, 'GET', '/api/v1/unit-alerts?limit=200')
    seen.push(list.text)
    for (const state of ['dispatched', 'explained', 'rectifying', 'rectified', 'closed'])
      seen.push((await ask(person, 'GET', `/api/v1/unit-alerts?state=${state}`)).text)
    for (const item of list.body.items)
      seen.push((await ask(person, 'GET', `/api/v1/unit-alerts/${item.alertId}`)).text)
    for (const url of ['/api/v1/notices', '/api/v1/supervision'])
      seen.push((await ask(person, 'GET', url)).text)
  }
  return seen.join('\n')
}

async function inState(state: 'dispatched' | 'explained' | 'rectifying' | 'rectified' | 'closed') {
  const hit = aHit({ level: 'red', amount: '6000.00' })
  feed.put(hit)
  await alerts.arrivals.takeAll()
  const [row] = await database.owner<{ alert_id: string }>(
    'select alert_id from alerts.alert_hit where hit_id = $1',
    [hit.hitId],
  )
  const id = row!.alert_id
  const unit = unitPeople[0]!
  if (state === 'dispatched') return id
  await ask(unit, 'POST', `/api/v1/unit-alerts/${id}/explanation`, { text: '情况说明。' })
  if (state === 'explained') return id
  const violation = { verdict: 'violation', reason: '超标准。', irregularity: 'over_standard' }
  await ask(officer, 'POST', `/api/v1/alerts/${id}/judge`, violation)
  if (state === 'rectifying') return id
  await ask(unit, 'POST', `/api/v1/unit-alerts/${id}/rectification`, { text: '已退回。' })
  if (state === 'rectified') return id
  await ask(officer, 'POST', `/api/v1/alerts/${id}/close`, { note: '已核对。' })
  return id
}

for (const state of ['dispatched', 'explained', 'rectifying', 'rectified', 'closed'] as const) {
  test(`handing on an alert that is ${state} changes not one byte of what the unit can see`, async () => {
    const id = await inState(state)
    const before = await wholeView()
    expect(before).toContain(id)
    expect(before).toContain('alerts.dispatched')
    clock.advance(3_600_000)
    const handed = await ask(officer, 'POST', `/api/v1/alerts/${id}/hand-on`, { reason: '涉嫌违纪，移送。' })
    expect(handed.status).toBe(200)
    expect(await wholeView()).toBe(before)
    clock.advance(-3_600_000)
    expect((await ask(manager, 'GET', `/api/v1/alerts/${id}`)).body).toMatchObject({ handedOn: true })
    const back = await ask(manager, 'POST', `/api/v1/alerts/${id}/take-back`, { reason: '不符合受理范围。' })
    expect(back.body).toEqual({ done: 1 })
    expect(await wholeView()).toBe(before)
    expect((await ask(manager, 'GET', `/api/v1/alerts/${id}`)).status).toBe(404)
  })
}

test('doubt, and evidence that the unit must not learn of, change nothing in its view either', async () => {
  const id = await inState('explained')
  const anchor = 'payment_id=HIDDEN'
  const open = aHit({ level: 'red', anchor })
  feed.put(open)
  await alerts.arrivals.takeAll()
  const before = await wholeView()
  await ask(officer, 'POST', `/api/v1/alerts/${id}/judge`, { verdict: 'doubtful', reason: '存疑待查。' })
  feed.put(aHit({ level: 'red', anchor, rule: 'TR09', amount: '90000.00' }))
  expect(await alerts.arrivals.takeAll()).toMatchObject({ hits: 1, raised: 0 })
  expect(await wholeView()).toBe(before)
})

test('after a handing on, what the unit owes is urged exactly as without it', async () => {
  const [kept, handed] = [await inState('dispatched'), await inState('dispatched')]
  await ask(officer, 'POST', `/api/v1/alerts/${handed}/hand-on`, { reason: '涉嫌违纪，移送。' })
  for (const day of ['26', '27', '30']) {
    clock.set(`2026-11-${day}T02:00:00Z`)
    await alerts.ladder.climb()
  }
  const storyOf = async (id: string) => {
    const { body } = await ask(unitPeople[0]!, 'GET', `/api/v1/unit-alerts/${id}`)
    return body.events.map((event: { kind: string; at: string }) => [event.kind, event.at])
  }
  expect(await storyOf(handed)).toEqual(await storyOf(kept))
  expect((await storyOf(kept)).map(([kind]: string[]) => kind)).toContain('overdue')
})
