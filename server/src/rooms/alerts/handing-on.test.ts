import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import { aCaller, aFeed, aHit, aServer, asker, noFiles, placeUnits, trialPolicy } from './alerts.builders.ts'
import { alertsRoutes } from './alerts.routes.ts'
import { createAlerts } from './alerts.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T02:00:00Z')
const feed = aFeed()
const policies = new Map([['trial', trialPolicy]])
const alerts = createAlerts({ database, clock, feed, files: noFiles, policies })
const server = await aServer()
alertsRoutes(server, alerts)
const ask = asker(server)
const officer = aCaller(1, ['conduct_officer'])
const finance = aCaller(2, ['unit_finance'], '46.01.UU001')
const deputy = aCaller(3, ['deputy'])
const caseManager = aCaller(4, ['case_manager'])

beforeAll(async () => {
  await createCalendar({ database }).load()
  await placeUnits(database)
  await alerts.prepare()
})

async function anAlert(): Promise<string> {
  const hit = aHit({ level: 'red' })
  feed.put(hit)
  await alerts.arrivals.takeAll()
  const [row] = await database.owner<{ alert_id: string }>(
    'select alert_id from alerts.alert_hit where hit_id = $1',
    [hit.hitId],
  )
  return row!.alert_id
}

const handedOn = '/api/v1/alerts?handedOn=true'
const reason = { reason: '涉嫌违纪，移送核查。' }

test('the case office finds what was handed on, and gives it back with a reason', async () => {
  const id = await anAlert()
  expect((await ask(caseManager, 'GET', `/api/v1/alerts/${id}`)).status).toBe(404)
  const before = await ask(finance, 'GET', `/api/v1/unit-alerts/${id}`)
  expect((await ask(officer, 'POST', `/api/v1/alerts/${id}/hand-on`, reason)).status).toBe(200)
  expect((await ask(finance, 'GET', `/api/v1/unit-alerts/${id}`)).text).toBe(before.text)
  const { body: listed } = await ask(caseManager, 'GET', handedOn)
  expect(listed.items).toMatchObject([{ alertId: id, handedOn: true, dueOn: null, daysLeft: null }])
  const takeBack = `/api/v1/alerts/${id}/take-back`
  expect((await ask(officer, 'POST', takeBack, reason)).status).toBe(403)
  expect((await ask(caseManager, 'POST', takeBack, { reason: '线索不成立。' })).status).toBe(200)
  expect((await ask(caseManager, 'GET', handedOn)).body.items).toEqual([])
  const { body } = await ask(officer, 'GET', `/api/v1/alerts/${id}`)
  expect(body).toMatchObject({ handedOn: false, dueOn: '2026-11-27', daysLeft: 3 })
  expect(body.events.slice(-2)).toMatchObject([
    { kind: 'handed_on', note: reason.reason },
    { kind: 'taken_back', note: '线索不成立。' },
  ])
})

test('a closed alert is opened again by a leader only', async () => {
  const id = await anAlert()
  await ask(finance, 'POST', `/api/v1/unit-alerts/${id}/explanation`, { text: '情况说明。' })
  await ask(officer, 'POST', `/api/v1/alerts/${id}/judge`, { verdict: 'normal', reason: '手续齐全。' })
  const reopen = { note: '另有反映，再核。' }
  expect((await ask(officer, 'POST', `/api/v1/alerts/${id}/reopen`, reopen)).status).toBe(403)
  expect((await ask(deputy, 'POST', `/api/v1/alerts/${id}/reopen`, reopen)).status).toBe(200)
  expect((await ask(officer, 'GET', `/api/v1/alerts/${id}`)).body).toMatchObject({
    state: 'dispatched',
    reopened: 1,
  })
})

test('the time that is left is counted in working days, over the weekend and past the term', async () => {
  const id = await anAlert()
  const daysLeft = async () => (await ask(finance, 'GET', `/api/v1/unit-alerts/${id}`)).body.daysLeft
  expect(await daysLeft()).toBe(3)
  // The term ends on Friday the 27th; on Sunday none of the working days after it has begun.
  for (const [day, left] of [
    ['2026-11-27', 0],
    ['2026-11-29', 0],
    ['2026-11-30', -1],
    ['2026-12-02', -3],
  ] as const) {
    clock.set(`${day}T02:00:00Z`)
    expect([day, await daysLeft()]).toEqual([day, left])
  }
})
