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
const alerts = createAlerts({
  database,
  clock,
  feed,
  files: noFiles,
  policies: new Map([['trial', trialPolicy]]),
})
const server = await aServer()
alertsRoutes(server, alerts)
const ask = asker(server)
const officer = aCaller(1, ['conduct_officer'])
const finance = aCaller(2, ['unit_finance'], '46.01.UU001')
const deputy = aCaller(3, ['deputy'])

beforeAll(async () => {
  await createCalendar({ database }).load()
  await placeUnits(database)
  await alerts.prepare()
})

async function anAlert(given: Parameters<typeof aHit>[0] = {}): Promise<string> {
  const hit = aHit({ level: 'red', ...given })
  feed.put(hit)
  await alerts.arrivals.takeAll()
  const [row] = await database.owner<{ alert_id: string }>(
    'select alert_id from alerts.alert_hit where hit_id = $1',
    [hit.hitId],
  )
  return row!.alert_id
}

test('a hit becomes an alert, is dispatched, explained, judged, rectified and closed', async () => {
  feed.put(aHit({ level: 'red', amount: '8000.00' }))
  expect(await alerts.arrivals.takeAll()).toEqual({ hits: 1, raised: 1, dispatched: 1, reopened: 0 })
  const { body: list } = await ask(officer, 'GET', '/api/v1/alerts')
  expect(list.total).toEqual({ count: 1, capped: false })
  expect(list.items[0]).toMatchObject({
    level: 'red',
    state: 'dispatched',
    unitName: '甲局',
    dueOn: '2026-11-27',
  })
  const id = list.items[0].alertId
  const { body: mine } = await ask(finance, 'GET', '/api/v1/unit-alerts')
  expect(mine).toMatchObject({ open: 1, items: [{ state: 'dispatched', amount: '8000.00' }] })
  await ask(finance, 'POST', `/api/v1/unit-alerts/${id}/explanation`, { text: '系公务接待，附公函。' })
  const violation = { verdict: 'violation', reason: '超标准接待。', irregularity: 'over_standard' }
  await ask(officer, 'POST', `/api/v1/alerts/${id}/judge`, { ...violation, violationAmount: '3000.00' })
  const { body: asked } = await ask(finance, 'GET', `/api/v1/unit-alerts/${id}`)
  expect(asked).toMatchObject({ state: 'rectifying', verdict: 'violation', violationAmount: '3000.00' })
  await ask(finance, 'POST', `/api/v1/unit-alerts/${id}/rectification`, {
    text: '已退回。',
    recoveredAmount: '3000.00',
  })
  await ask(officer, 'POST', `/api/v1/alerts/${id}/close`, { note: '已核对入账凭证。' })

  const { body: closed } = await ask(officer, 'GET', `/api/v1/alerts/${id}`)
  expect(closed).toMatchObject({
    state: 'closed',
    recoveredAmount: '3000.00',
    grade: { titleZh: '命中红色规则' },
  })
  const kinds = closed.events.map((event: { kind: string }) => event.kind)
  expect(kinds).toEqual(['raised', 'dispatched', 'explain', 'judge_violation', 'rectify', 'close'])
})

test('the unit that an alert concerns cannot judge or close it, whatever roles it claims', async () => {
  const id = await anAlert()
  await ask(finance, 'POST', `/api/v1/unit-alerts/${id}/explanation`, { text: '情况说明。' })
  const within = { ...finance, roles: ['conduct_officer', 'unit_finance'] }
  const body = { verdict: 'normal', reason: '没有问题。' }
  expect((await ask(finance, 'POST', `/api/v1/alerts/${id}/judge`, body)).status).toBe(403)
  expect((await ask(within, 'POST', `/api/v1/alerts/${id}/judge`, body)).status).toBe(404)
  expect((await ask(within, 'POST', `/api/v1/alerts/${id}/close`, { note: '办结。' })).status).toBe(404)
})

test('a weak explanation is sent back with what is missing, and the term starts again', async () => {
  const id = await anAlert()
  await ask(finance, 'POST', `/api/v1/unit-alerts/${id}/explanation`, { text: '属实。' })
  await ask(officer, 'POST', `/api/v1/alerts/${id}/send-back`, { note: '请补附审批单。' })
  const { body } = await ask(finance, 'GET', `/api/v1/unit-alerts/${id}`)
  expect(body).toMatchObject({ state: 'dispatched', request: '请补附审批单。', dueOn: '2026-11-27' })
})

test('without an explanation nothing is judged before the term is over', async () => {
  const id = await anAlert()
  const body = { verdict: 'violation', reason: '未说明。', irregularity: 'over_standard' }
  expect((await ask(officer, 'POST', `/api/v1/alerts/${id}/judge`, body)).body.code).toBe(
    'alerts.awaits_explanation',
  )
  clock.set('2026-11-30T02:00:00Z')
  expect((await ask(officer, 'POST', `/api/v1/alerts/${id}/judge`, body)).status).toBe(200)
  clock.set('2026-11-24T02:00:00Z')
})

test('a held alert reaches no unit; released, it can be dispatched with others at once', async () => {
  const [one, two] = [await anAlert({ level: 'yellow' }), await anAlert({ level: 'yellow' })]
  const before = await ask(finance, 'GET', '/api/v1/unit-alerts')
  await ask(officer, 'POST', '/api/v1/alerts/hold', { alertIds: [one], note: '配合核查，暂缓下发。' })
  const both = { alertIds: [one, two] }
  expect((await ask(officer, 'POST', '/api/v1/alerts/dispatch', both)).status).toBe(409)
  expect((await ask(finance, 'GET', '/api/v1/unit-alerts')).text).toBe(before.text)
  await ask(officer, 'POST', '/api/v1/alerts/release', { alertIds: [one] })
  expect((await ask(officer, 'POST', '/api/v1/alerts/dispatch', both)).body).toEqual({ done: 2 })
  const after = await ask(finance, 'GET', '/api/v1/unit-alerts')
  expect(after.body.open).toBe(before.body.open + 2)
})

test('new evidence on a closed alert opens it again, visibly, and the same evidence does not', async () => {
  const anchor = 'payment_id=AGAIN'
  const hit = aHit({ level: 'red', anchor, amount: '900.00' })
  feed.put(hit)
  await alerts.arrivals.takeAll()
  const { body: list } = await ask(officer, 'GET', '/api/v1/alerts?limit=1')
  const id = list.items[0].alertId
  await ask(finance, 'POST', `/api/v1/unit-alerts/${id}/explanation`, { text: '情况说明。' })
  await ask(officer, 'POST', `/api/v1/alerts/${id}/judge`, { verdict: 'normal', reason: '手续齐全。' })
  feed.put(hit)
  expect(await alerts.arrivals.takeAll()).toMatchObject({ raised: 0, reopened: 0 })
  feed.put({ ...hit, amount: '1900.00', evidenceVersion: 2 })
  expect(await alerts.arrivals.takeAll()).toMatchObject({ raised: 0, reopened: 1 })
  const { body } = await ask(officer, 'GET', `/api/v1/alerts/${id}`)
  expect(body).toMatchObject({ state: 'dispatched', reopened: 1, amount: '1900.00', verdict: null })
  expect(body.events.at(-1).kind).toBe('reopened')
})

test('somebody quicker is noticed by the version', async () => {
  const id = await anAlert({ level: 'yellow' })
  const { body } = await ask(officer, 'GET', `/api/v1/alerts/${id}`)
  const normal = { verdict: 'normal', reason: '系统误报。', version: body.version }
  expect((await ask(officer, 'POST', `/api/v1/alerts/${id}/judge`, normal)).status).toBe(200)
  expect((await ask(officer, 'POST', `/api/v1/alerts/${id}/judge`, normal)).body.code).toBe(
    'alerts.changed_meanwhile',
  )
  expect((await ask(deputy, 'POST', `/api/v1/alerts/${id}/reopen`, { note: '再核。' })).status).toBe(200)
})
