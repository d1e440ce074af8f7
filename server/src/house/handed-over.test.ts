import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '#ground/config/index.ts'
import { openKeyRing } from '#ground/crypto/index.ts'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { createHttpServer } from '#ground/http/index.ts'
import { quietLog } from '#ground/log/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { inSession, openDuckdb } from '#ground/warehouse/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import { identityRoutes } from '#shared/identity/index.ts'
import { isPermission, may } from '#shared/permissions/index.ts'
import { createServices, type Services } from './services.ts'

const database = await createTestDatabase()
const home = mkdtempSync(join(tmpdir(), 'qingfeng-handover-'))
const clock = fakeClock('2026-11-24T02:00:00Z')
const warehouse = await openDuckdb({ path: join(home, 'facts.duckdb'), memoryMegabytes: 300 })
let services: Services
let caller: Caller = systemCaller
const server = await createHttpServer({
  log: quietLog,
  authority: { authenticate: async () => caller, isPermission, may, onRefused: async () => {} },
})

const person = (last: number, role: string): Caller => ({
  userId: `01900000-0000-7000-8000-00000000000${last}`,
  scope: '46',
  roles: [role],
})
const administrator = person(1, 'system_admin')
const officer = person(2, 'supervision_officer')
const successor = person(3, 'supervision_officer')
const deputy = person(4, 'deputy')

beforeAll(async () => {
  await inSession(warehouse.open, async (session) => {
    for (const dataset of datasets) await session.run(createTable(dataset))
  })
  services = await createServices({
    config: readConfig({ DATA_DIR: home, LOG_LEVEL: 'silent' }),
    clock,
    log: quietLog,
    keys: openKeyRing(join(home, 'keys'), 'default', () => clock.now()),
    connection: database.connection,
    database,
    warehouse,
  })
  identityRoutes(server, services.identity)
  await database.owner(`insert into organisation.organ (organ_code, name, region_code) values ('O46', '省纪委', '460000')
    on conflict do nothing`)
  for (const { userId, roles } of [administrator, officer, successor, deputy]) {
    await database.owner(
      `insert into identity.account (user_id, username, display_name, organ_code, scope, created_at, created_by,
        state_changed_at) values ($1, $2, '某人', 'O46', '46', now(), $1, now())`,
      [userId, `u${userId.slice(-6)}`],
    )
    await database.owner(
      `insert into identity.role_holding (user_id, role, state, valid_from, requested_by, requested_at, reason, decided_by)
        values ($1, $2, 'active', '2020-01-01', $3, now(), '测试', $3)`,
      [userId, roles[0], systemCaller.userId],
    )
  }
})
afterAll(async () => {
  await services.rules.close()
  await warehouse.close()
  rmSync(home, { recursive: true, force: true })
})

async function as(who: Caller, method: 'GET' | 'POST', url: string, payload?: object) {
  caller = who
  const answer = await server.inject({ method, url: `/api/v1/${url}`, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.json() }
}

test('who leaves hands his open work over on a list that the successor and a leader sign', async () => {
  expect(services.identity.work?.map(({ room }) => room)).toEqual(['alerts', 'fiscal', 'supervise'])
  const { slipId, number } = await database.asCaller(systemCaller, (trx) =>
    services.supervision.issueToOffice(trx, {
      room: 'alerts',
      subjectId: 'a1',
      subjectTitle: '预警超期',
      link: '/alerts/a1',
      orgPath: '46.01.UU001',
      addresseeRoles: ['supervision_officer'],
      supervisorRoles: ['deputy'],
      demand: '请限期办理。',
      termDays: 3,
    }),
  )
  const leave = { kind: 'leave', reason: '退休' }
  const path = `accounts/${officer.userId}/departure`
  expect((await as(administrator, 'POST', path, leave)).body).toMatchObject({
    code: 'identity.successor_needed',
  })
  const gone = await as(administrator, 'POST', path, { ...leave, successorId: successor.userId })
  const { handoverId } = gone.body
  const seen = await as(successor, 'GET', `handovers/${handoverId}`)
  expect(seen.body.items).toEqual([
    { room: 'supervise', kind: 'slip', itemId: slipId, title: `督办单 ${number}` },
  ])
  expect((await as(administrator, 'GET', `handovers/${handoverId}`)).body).toMatchObject({
    items: [],
    itemCount: 1,
  })
  const { digest } = seen.body
  for (const signer of [successor, deputy])
    expect((await as(signer, 'POST', `handovers/${handoverId}/signature`, { digest })).status).toBe(200)
  expect((await as(deputy, 'GET', `handovers/${handoverId}`)).body.completedAt).not.toBeNull()
  const { events } = await services.supervision.detail(successor, slipId)
  expect(events.map(({ kind }) => kind)).toEqual(['issued', 'handed_over'])
})
