import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { aCaller, aFeed, aServer, noFiles, trialPolicy } from './alerts.builders.ts'
import { alertsRoutes } from './alerts.routes.ts'
import { createAlerts } from './alerts.ts'

const database = await createTestDatabase()
const alerts = createAlerts({
  database,
  clock: fakeClock('2026-09-01T02:00:00Z'),
  feed: aFeed(),
  policies: new Map([['trial', trialPolicy]]),
  files: noFiles,
})
const server = await aServer()
alertsRoutes(server, alerts)
const officer = aCaller(1, ['conduct_officer'])
const colleague = aCaller(2, ['conduct_officer'])

async function ask(caller: typeof officer, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
  const headers = { 'x-caller': JSON.stringify(caller) }
  const answer = await server.inject({ method, url, headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.body ? answer.json() : undefined }
}
const save = (caller: typeof officer, title: string, conditions: object = { level: 'red' }) =>
  ask(caller, 'POST', '/api/v1/alert-views', { title, conditions })

beforeAll(() => alerts.prepare())

test('a view is kept for the one who saved it and seen by nobody else', async () => {
  const { status, body } = await save(officer, '红色', { level: 'red', state: 'raised,explained' })
  expect(status).toBe(201)
  expect((await ask(officer, 'GET', '/api/v1/alert-views')).body).toEqual([body])
  expect((await ask(colleague, 'GET', '/api/v1/alert-views')).body).toEqual([])
  expect((await ask(colleague, 'DELETE', `/api/v1/alert-views/${body.viewId}`)).status).toBe(404)
  expect((await ask(officer, 'DELETE', `/api/v1/alert-views/${body.viewId}`)).status).toBe(204)
  expect((await ask(officer, 'GET', '/api/v1/alert-views')).body).toEqual([])
})

test('saving under a name that is taken replaces the view, also where no more would fit', async () => {
  for (let index = 1; index <= 12; index++) await save(officer, `视图${index}`)
  expect((await save(officer, '视图13')).body.code).toBe('alerts.too_many_views')
  expect((await save(officer, '视图3', { level: 'blue' })).status).toBe(201)
  const { body } = await ask(officer, 'GET', '/api/v1/alert-views')
  expect(body.length).toBe(12)
  expect(body.at(-1)).toMatchObject({ title: '视图3', conditions: { level: 'blue' } })
})

test('who may not see alerts has no views, and conditions are texts', async () => {
  expect((await ask(aCaller(3, ['system_admin']), 'GET', '/api/v1/alert-views')).status).toBe(403)
  expect((await save(officer, '坏', { level: 1 })).status).toBe(400)
  expect((await save(officer, '坏', { 'a b': 'x' })).status).toBe(400)
})
