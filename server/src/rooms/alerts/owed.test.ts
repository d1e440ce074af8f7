import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import { createFiles } from '#shared/files/index.ts'
import { createBell, createChangeStream, noticesRoutes } from '#shared/notices/index.ts'
import {
  aCaller,
  aFeed,
  aHit,
  anAccount,
  aServer,
  asker,
  placeUnits,
  trialPolicy,
} from './alerts.builders.ts'
import { alertsRoutes } from './alerts.routes.ts'
import { createAlerts } from './alerts.ts'
import { type PackPolicy, packPolicySchema } from './pack-policy.ts'

const strict: PackPolicy = {
  ...trialPolicy,
  readers: [...trialPolicy.readers, 'finance_supervisor'],
  dispatch: { red: 'automatic', yellow: 'automatic', blue: 'record' },
  dispatch_push: ['finance_supervisor'],
  explanation: { yellow: { attachment: 'required', contact: 'required' } },
  verify: { red: 'required' },
}
const database = await createTestDatabase()
const files = createFiles({ database, folder: mkdtempSync(join(tmpdir(), 'qingfeng-owed-')) })
const clock = fakeClock('2026-11-24T02:00:00Z')
const feed = aFeed()
const policies = new Map([['trial', strict]])
const alerts = createAlerts({ database, clock, feed, policies, files })
const server = await aServer()
alertsRoutes(server, alerts)
noticesRoutes(server, { bell: createBell({ database, clock }), stream: createChangeStream({ database }) })
const ask = asker(server)
const officer = aCaller(1, ['conduct_officer'])
const finance = aCaller(2, ['unit_finance'], '46.01.UU001')
const supervisor = aCaller(3, ['finance_supervisor'])

beforeAll(async () => {
  await createCalendar({ database }).load()
  await placeUnits(database)
  await alerts.prepare()
  await anAccount(database, finance, 'U001')
  await anAccount(database, officer)
  await anAccount(database, supervisor)
})

async function anAlert(given: Parameters<typeof aHit>[0]): Promise<string> {
  const hit = aHit(given)
  feed.put(hit)
  await alerts.arrivals.takeAll()
  const [row] = await database.owner<{ alert_id: string }>(
    'select alert_id from alerts.alert_hit where hit_id = $1',
    [hit.hitId],
  )
  return row!.alert_id
}

const notices = async (caller: typeof supervisor) => (await ask(caller, 'GET', '/api/v1/notices')).text

test('an explanation needs what the level owes beside its words, and says so before it is written', async () => {
  const id = await anAlert({ level: 'yellow', amount: '900.00' })
  const url = `/api/v1/unit-alerts/${id}`
  expect((await ask(finance, 'GET', url)).body.owed).toEqual({ attachment: true, contact: true })
  const approval = { fileName: '审批单.txt', content: Readable.from(['审批单摘录']) }
  const { fileId: file } = await files.upload(finance, approval)
  const explain = (more: object) =>
    ask(finance, 'POST', `${url}/explanation`, { text: '情况说明。', ...more })
  const bare = await explain({ contact: '张某' })
  expect(bare).toMatchObject({ status: 422, body: { code: 'alerts.attachment_owed' } })
  const blank = await explain({ files: [file], contact: '  ' })
  expect(blank).toMatchObject({ status: 422, body: { code: 'alerts.contact_owed' } })
  expect((await explain({ files: [file], contact: '张某' })).body).toMatchObject({ state: 'explained' })
})

test('a level of which nothing is said owes the words only', async () => {
  const id = await anAlert({ level: 'red', amount: '900.00' })
  const url = `/api/v1/unit-alerts/${id}`
  expect((await ask(finance, 'GET', url)).body.owed).toEqual({ attachment: false, contact: false })
  expect((await ask(finance, 'POST', `${url}/explanation`, { text: '情况说明。' })).status).toBe(200)
})

test('a red alert that nobody explained is judged normal only with words on its verification, kept from the unit', async () => {
  const normal = { verdict: 'normal', reason: '核查后认定正常。' }
  const judge = (id: string, more: object = {}) =>
    ask(officer, 'POST', `/api/v1/alerts/${id}/judge`, { ...normal, ...more })
  const unsent = await anAlert({ level: 'red', unitCode: null })
  expect(await judge(unsent)).toMatchObject({ status: 422, body: { code: 'alerts.verification_owed' } })
  expect(await judge(unsent, { verification: '  ' })).toMatchObject({ status: 400 })
  const sent = await anAlert({ level: 'red', amount: '700.00' })
  clock.set('2026-12-01T02:00:00Z')
  expect(await judge(sent)).toMatchObject({ status: 422, body: { code: 'alerts.verification_owed' } })
  for (const id of [unsent, sent])
    expect(await judge(id, { verification: '调阅凭证，已核实。' })).toMatchObject({ status: 200 })
  const { body } = await ask(officer, 'GET', `/api/v1/alerts/${sent}`)
  const kinds = body.events.map((event: { kind: string }) => event.kind)
  expect(kinds.slice(-2)).toEqual(['verify', 'judge_normal'])
  const seen = await ask(finance, 'GET', `/api/v1/unit-alerts/${sent}`)
  expect(seen.body.state).toBe('closed')
  expect(seen.text).not.toContain('调阅凭证')
  const yellow = await anAlert({ level: 'yellow', unitCode: null })
  expect(await judge(yellow)).toMatchObject({ status: 200 })
})

test('those who follow dispatches hear of a yellow one without what it is about, and of no record', async () => {
  await anAlert({ level: 'yellow', amount: '654.32' })
  const heard = await notices(supervisor)
  expect(heard).toContain('alerts.sent_out')
  expect(heard).not.toContain('654.32')
  expect(await notices(officer)).not.toContain('alerts.sent_out')
  const before = await notices(supervisor)
  await anAlert({ level: 'blue', amount: '100.00' })
  expect(await notices(supervisor)).toBe(before)
  const blue = await ask(officer, 'GET', '/api/v1/alerts?level=blue')
  await ask(officer, 'POST', '/api/v1/alerts/dispatch', { alertIds: [blue.body.items[0].alertId] })
  expect(await notices(supervisor)).not.toBe(before)
})

test('a pack cannot push to a unit what the unit hears of by its dispatch', () => {
  const pushed = packPolicySchema.safeParse({ ...strict, red_push: ['conduct_officer', 'unit_head'] })
  expect(pushed.error?.issues.map(({ path }) => path)).toEqual([['red_push', 1]])
})
