import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { createHttpServer } from '#ground/http/index.ts'
import { quietLog } from '#ground/log/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { aHolder } from './notices.builders.ts'
import { noticesRoutes } from './notices.routes.ts'
import { createBell } from './notices.service.ts'
import { postToRoles } from './notices.store.ts'
import { createChangeStream, type StreamEvent } from './stream.ts'
import { sendWaitingMessages } from './text-messages.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T02:00:00Z')
const stream = createChangeStream({ database })
const who = (number: number, roles: string[], scope: string): Caller => ({
  userId: `01900000-0000-7000-8000-00000000000${number}`,
  roles,
  scope,
})
const province = who(1, ['conduct_officer'], '46')
const city = who(2, ['conduct_officer'], '46.01')
const unit = who(3, ['unit_finance'], '46.01.UU001')
const kin = 'a'.repeat(64)
const server = await createHttpServer({
  log: quietLog,
  authority: {
    authenticate: async (request) => JSON.parse(String(request.headers['x-caller'])) as Caller,
    isPermission: () => true,
    may: () => true,
    onRefused: async () => {},
  },
})
noticesRoutes(server, { bell: createBell({ database, clock }), stream })
const ask = async (caller: Caller, method: 'GET' | 'POST', url: string, payload?: object) =>
  (
    await server.inject({
      method,
      url,
      headers: { 'x-caller': JSON.stringify(caller) },
      ...(payload && { payload }),
    })
  ).json()

beforeAll(async () => {
  await database.owner(`insert into organisation.unit (unit_code, valid_from, unit_name, region_code)
    values ('U001', '2020-01-01', '甲局', '460100')`)
  await aHolder(database, province)
  await aHolder(database, { ...city, personKey: kin })
  await aHolder(database, { ...unit, unitCode: 'U001' })
  await stream.start()
})
afterAll(async () => {
  await stream.stop()
  await server.close()
})

const notice = {
  kind: 'alerts.overdue',
  titleZh: '有预警超期',
  titleEn: 'An alert is overdue',
  link: '/alerts/1',
}
const post = (place: string, persons: string[] = [], extra: object = {}) =>
  database.asCaller(systemCaller, (trx) =>
    postToRoles(trx, { roles: ['conduct_officer'], place, persons }, { ...notice, ...extra }, clock.now()),
  )

test('the nearest holder of a role hears of it, once, and reads it off his bell', async () => {
  expect(await post('46.01.UU001')).toBe(1)
  expect(await post('46.01.UU001')).toBe(0)
  expect(await ask(province, 'GET', '/api/v1/notices')).toMatchObject({ items: [], unread: 0 })
  const mine = await ask(city, 'GET', '/api/v1/notices')
  expect(mine).toMatchObject({ unread: 1, items: [{ titleZh: '有预警超期', readAt: null }] })
  expect(await ask(city, 'POST', '/api/v1/notices/read', { noticeIds: [mine.items[0].noticeId] })).toEqual({
    unread: 0,
  })
})

test('a person whom the matter concerns hears nothing: the next above does', async () => {
  expect(await post('46.01.UU001', [kin], { link: '/alerts/2' })).toBe(1)
  expect(await ask(province, 'GET', '/api/v1/notices?unread=true')).toMatchObject({ unread: 1 })
  expect(await ask(city, 'GET', '/api/v1/notices?unread=true')).toMatchObject({ unread: 0 })
})

test('a text message says nothing of the matter, waits longer after each refusal, and leaves once', async () => {
  await post('46.01.UU001', [], { link: '/alerts/3', byTextMessage: true })
  const bodies: string[] = []
  let status = 500
  const gateway = createServer((request, response) => {
    request.on('data', (chunk) => bodies.push(String(chunk)))
    request.on('end', () => response.writeHead(status).end())
  })
  await new Promise<void>((listening) => gateway.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/sms`
  const send = () =>
    sendWaitingMessages({
      database,
      clock,
      route: { kind: 'http', url },
      mobiles: { mobileOf: async () => '13800000000' },
    })
  expect(await send()).toBe(0)
  status = 200
  expect(await send()).toBe(0)
  clock.advance(60_000)
  expect(await send()).toBe(1)
  expect(await send()).toBe(0)
  gateway.close()
  expect(bodies).toHaveLength(2)
  expect(JSON.parse(bodies[1]!).body).toBe('【清风】您有需要及时处理的事项，请登录系统查看。')
})

test('without a gateway the messages lie as whole files in the outgoing folder', async () => {
  await post('46.01.UU001', [], { link: '/alerts/4', byTextMessage: true })
  const folder = join(mkdtempSync(join(tmpdir(), 'qingfeng-sms-')), 'outgoing')
  const mobiles = { mobileOf: async () => '13800000000' }
  expect(await sendWaitingMessages({ database, clock, route: { kind: 'folder', folder }, mobiles })).toBe(1)
  const files = readdirSync(folder)
  expect(files).toHaveLength(1)
  expect(JSON.parse(readFileSync(join(folder, files[0]!), 'utf8'))).toMatchObject({ mobile: '13800000000' })
})

test('the stream tells each listener only what he may know, and no contents', async () => {
  const heard = new Map<Caller, StreamEvent[]>([province, city, unit].map((caller) => [caller, []]))
  const ends = [...heard].map(([caller, events]) => stream.open(caller, (event) => events.push(event)))
  stream.register('alerts', async (caller, ids) => (caller === city ? [] : ids))
  const say = (change: object) =>
    database.asCaller(systemCaller, (trx) =>
      sql`select pg_notify('qingfeng', ${JSON.stringify(change)})`.execute(trx),
    )
  await say({ topic: 'alerts', path: '46.01.UU001', audience: 'office', ids: ['a1'] })
  await say({ topic: 'alerts', path: '46.02.UU002', audience: 'unit', ids: ['a2'] })
  await post('46.01.UU001', [], { link: '/alerts/5' })
  await expect.poll(() => heard.get(city)).toEqual([{ topic: 'notices', ids: [] }])
  expect(heard.get(province)).toEqual([{ topic: 'alerts', ids: ['a1'] }])
  expect(heard.get(unit)).toEqual([])
  for (const end of ends) end()
})

test('the stream over HTTP begins with a greeting and carries events', async () => {
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  const stop = new AbortController()
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/stream`, {
    headers: { 'x-caller': JSON.stringify(city), 'accept-encoding': 'identity' },
    signal: stop.signal,
  })
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  const reading = (async () => {
    for await (const chunk of answer.body!) text += Buffer.from(chunk).toString('utf8')
  })().catch(() => {})
  await expect.poll(() => text).toContain('event: hello')
  await post('46.01.UU001', [], { link: '/alerts/6' })
  await expect.poll(() => text).toContain('event: notices')
  stop.abort()
  await reading
})
