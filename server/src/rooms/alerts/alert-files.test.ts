import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeAll, expect, test } from 'vitest'
import type { Caller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import { createFiles } from '#shared/files/index.ts'
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

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T02:00:00Z')
const feed = aFeed()
const files = createFiles({ database, folder: mkdtempSync(join(tmpdir(), 'qingfeng-attached-')) })
const alerts = createAlerts({
  database,
  clock,
  feed,
  files,
  policies: new Map([['trial', trialPolicy]]),
})
const server = await aServer()
alertsRoutes(server, alerts)
const ask = asker(server)
const officer = aCaller(1, ['conduct_officer'])
const finance = aCaller(2, ['unit_finance'], '46.01.UU001')
const colleague = aCaller(3, ['unit_head'], '46.01.UU001')
const otherCity = aCaller(4, ['conduct_officer'], '46.02')
const otherUnit = aCaller(5, ['unit_finance'], '46.02.UU002')
const administrators = ['system_admin', 'security_admin', 'audit_admin'].map((role, at) =>
  aCaller(10 + at, [role]),
)
const bytes = Buffer.from('%PDF-1.7\n公务接待审批单\u0000\u00ff', 'latin1')

beforeAll(async () => {
  await createCalendar({ database }).load()
  await placeUnits(database)
  await anAccount(database, finance, 'U001')
  await alerts.prepare()
})

const upload = (by: Caller, fileName: string) =>
  files.upload(by, { fileName, content: Readable.from([bytes]) })

const download = (caller: Caller, url: string) =>
  server.inject({ url, headers: { 'x-caller': JSON.stringify(caller) } })

async function anExplained(fileIds: readonly string[]): Promise<string> {
  const hit = aHit({ level: 'red' })
  feed.put(hit)
  await alerts.arrivals.takeAll()
  const [row] = await database.owner<{ alert_id: string }>(
    'select alert_id from alerts.alert_hit where hit_id = $1',
    [hit.hitId],
  )
  const url = `/api/v1/unit-alerts/${row!.alert_id}/explanation`
  const said = await ask(finance, 'POST', url, { text: '情况说明。', contact: '张三 010-1', files: fileIds })
  expect(said.status).toBe(200)
  return row!.alert_id
}

test('what a unit attaches to its explanation the office reads back, byte for byte, and so does the unit', async () => {
  const { fileId } = await upload(finance, "审批单'(1)\u202efdp.pdf")
  const id = await anExplained([fileId])
  const { body } = await ask(officer, 'GET', `/api/v1/alerts/${id}`)
  expect(body.events.at(-1)).toMatchObject({
    kind: 'explain',
    contact: '张三 010-1',
    actorName: '某人',
    files: [{ fileId, byteCount: bytes.length }],
  })
  for (const [who, side] of [
    [officer, 'alerts'],
    [finance, 'unit-alerts'],
    [colleague, 'unit-alerts'],
  ] as const) {
    const answer = await download(who, `/api/v1/${side}/${id}/files/${fileId}`)
    expect(answer.statusCode).toBe(200)
    expect(answer.rawPayload.equals(bytes)).toBe(true)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-disposition':
        'attachment; filename="___\'(1)fdp.pdf"; ' +
        "filename*=UTF-8''%E5%AE%A1%E6%89%B9%E5%8D%95%27%281%29fdp.pdf",
    })
  }
  const log = await database.owner<{ actor_id: string; detail: object }>(
    "select actor_id, detail from audit.entry where action = 'files.download' and object_id = $1 order by 1",
    [fileId],
  )
  expect(log.map(({ actor_id }) => actor_id)).toEqual(
    [officer, finance, colleague].map(({ userId }) => userId),
  )
  expect(log[0]!.detail).toMatchObject({ through: 'alert', record: id })
})

test('nobody else gets it: another city, another unit, administrators, or by way of another record', async () => {
  const { fileId } = await upload(finance, '审批单.pdf')
  const id = await anExplained([fileId])
  const other = await anExplained([])
  expect((await download(otherCity, `/api/v1/alerts/${id}/files/${fileId}`)).statusCode).toBe(404)
  expect((await download(otherUnit, `/api/v1/unit-alerts/${id}/files/${fileId}`)).statusCode).toBe(404)
  expect((await download(finance, `/api/v1/alerts/${id}/files/${fileId}`)).statusCode).toBe(403)
  expect((await download(officer, `/api/v1/unit-alerts/${id}/files/${fileId}`)).statusCode).toBe(403)
  for (const administrator of administrators) {
    for (const side of ['alerts', 'unit-alerts']) {
      expect((await download(administrator, `/api/v1/${side}/${id}/files/${fileId}`)).statusCode).toBe(403)
    }
  }
  expect((await download(officer, `/api/v1/alerts/${other}/files/${fileId}`)).statusCode).toBe(404)
})

test("the office's own attachments stay with it where the unit must not notice the step", async () => {
  const { fileId } = await upload(officer, '核查底稿.pdf')
  const id = await anExplained([])
  const doubt = { verdict: 'doubtful', reason: '需再核。', files: [fileId] }
  expect((await ask(officer, 'POST', `/api/v1/alerts/${id}/judge`, doubt)).status).toBe(200)
  expect((await download(officer, `/api/v1/alerts/${id}/files/${fileId}`)).statusCode).toBe(200)
  expect((await download(finance, `/api/v1/unit-alerts/${id}/files/${fileId}`)).statusCode).toBe(404)
  expect((await ask(finance, 'GET', `/api/v1/unit-alerts/${id}`)).text).not.toContain(fileId)
})

test("another's file cannot be attached, and so not be read by its number", async () => {
  const { fileId } = await upload(officer, '内部.pdf')
  const hit = aHit({ level: 'red' })
  feed.put(hit)
  await alerts.arrivals.takeAll()
  const [row] = await database.owner<{ alert_id: string }>(
    'select alert_id from alerts.alert_hit where hit_id = $1',
    [hit.hitId],
  )
  const url = `/api/v1/unit-alerts/${row!.alert_id}/explanation`
  const answer = await ask(finance, 'POST', url, { text: '情况说明。', files: [fileId] })
  expect(answer).toMatchObject({ status: 404, body: { code: 'files.not_found' } })
})

test('the unit is not told who of the office took a step', async () => {
  const id = await anExplained([])
  await ask(officer, 'POST', `/api/v1/alerts/${id}/send-back`, { note: '请补附审批单。' })
  const { body } = await ask(finance, 'GET', `/api/v1/unit-alerts/${id}`)
  expect(body.events.at(-1)).toMatchObject({ actor: 'office', actorId: '', actorName: null })
})
