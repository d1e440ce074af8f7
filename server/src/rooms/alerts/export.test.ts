import { text } from 'node:stream/consumers'
import { beforeAll, expect, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import { createExports, exportsRoutes } from '#shared/exports/index.ts'
import { aCaller, aFeed, aHit, aServer, asker, noFiles, placeUnits, trialPolicy } from './alerts.builders.ts'
import { alertsRoutes } from './alerts.routes.ts'
import { createAlerts } from './alerts.ts'
import { alertExportRoutes } from './export.routes.ts'
import { createAlertExports } from './export.service.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T02:00:00Z')
const feed = aFeed()
const policies = new Map([['trial', trialPolicy]])
const alerts = createAlerts({ database, clock, feed, files: noFiles, policies })
const exports = createExports({ database, clock, organName: '试验省纪委监委' })
const personal = { name: 'payee_name', kind: 'text', title: { zh: '收款人', en: 'payee' }, personal: true }
const rule = {
  code: 'TR01',
  pack: 'trial',
  title: { zh: '试验规则', en: 'trial rule' },
  evidence: [personal],
}
const rules = async () => [rule as never]
const server = await aServer()
alertsRoutes(server, alerts)
exportsRoutes(server, exports)
alertExportRoutes(server, createAlertExports({ database, clock, exports, policies, rules }))
const ask = asker(server)
const officer = aCaller(1, ['conduct_officer'])
const nextCity = aCaller(2, ['conduct_officer'], '46.02')
const caseManager = aCaller(3, ['case_manager'])
const auditor = aCaller(4, ['audit_admin'])
const finance = aCaller(5, ['unit_finance'], '46.01.UU001')

const take = (caller: typeof officer, query: string, body: object) =>
  server.inject({
    method: 'POST',
    url: `/api/v1/alerts/export${query}`,
    headers: { 'x-caller': JSON.stringify(caller) },
    payload: body,
  })
const wanted = { form: 'csv', purpose: '向分管领导汇报' }
const register = () =>
  database.owner<{ mark: string; row_count: number; state: string; purpose: string; conditions: object }>(
    'select mark, row_count, state, purpose, conditions from exports.register order by entry_id',
  )

beforeAll(async () => {
  await createCalendar({ database }).load()
  await placeUnits(database)
  await alerts.prepare()
  feed.put(
    aHit({ level: 'red', evidence: { payee_name: '疑似TR' } }),
    aHit({ level: 'red', unitCode: 'U002', amount: '99.50' }),
    aHit({ level: 'yellow' }),
  )
  await alerts.arrivals.takeAll()
})

test('a list is what the caller sees by the same filter, with its letterhead, and stands in the register', async () => {
  const answer = await take(officer, '?level=red', wanted)
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['content-disposition']).toContain('.csv')
  const lines = answer.body.split('\r\n')
  expect(lines[0]).toContain('编号,类别,级别')
  expect(lines.filter((line) => line.startsWith('YJ'))).toHaveLength(2)
  expect(answer.body).toContain('试验省纪委监委')
  expect(answer.body).toContain('向分管领导汇报')
  const [entry] = await register()
  expect(answer.body).toContain(entry!.mark)
  expect(entry).toMatchObject({
    mark: 'DC20260000001',
    row_count: 2,
    state: 'finished',
    conditions: { level: 'red' },
  })
})

test('personal values within sentences are hidden', async () => {
  const { body } = await take(officer, '?level=red', wanted)
  expect(body).toContain('疑**01')
})

test('another organ gets its own rows, nobody gets any without the permission, and no purpose means no file', async () => {
  const { body } = await take(nextCity, '', wanted)
  expect(body.split('\r\n').filter((line) => line.startsWith('YJ'))).toHaveLength(1)
  expect(body).toContain('99.50')
  expect((await take(caseManager, '', wanted)).statusCode).toBe(403)
  expect((await take(finance, '', wanted)).statusCode).toBe(403)
  expect((await take(officer, '', { form: 'csv', purpose: '' })).statusCode).toBe(400)
})

test('what is longer than a sheet is refused as a workbook, before anything is entered or sent', async () => {
  const before = await register()
  const short = await aServer()
  const few = createAlertExports({ database, clock, exports, policies, rules, sheetRows: 2 })
  alertExportRoutes(short, few)
  const { status, body } = await asker(short)(officer, 'POST', '/api/v1/alerts/export', {
    ...wanted,
    form: 'xlsx',
  })
  expect([status, body.code]).toEqual([422, 'alerts.too_many_for_sheet'])
  expect(await register()).toEqual(before)
})

test('a list keeps the order in which it stands on the screen', async () => {
  const { body } = await take(officer, '?sort=amount', wanted)
  const amounts = body
    .split('\r\n')
    .filter((line) => line.startsWith('YJ'))
    .map((line) => Number(line.split(',')[8]))
  expect(amounts).toEqual(amounts.toSorted((one, other) => other - one))
  expect(new Set(amounts).size).toBeGreaterThan(1)
})

test('in a workbook amounts are numbers, codes are texts, and the letterhead is a sheet of its own', async () => {
  const answer = await take(officer, '?level=red&sort=amount', { ...wanted, form: 'xlsx' })
  expect(answer.statusCode).toBe(200)
  const rows = await partOf(answer.rawPayload, 'xl/worksheets/sheet1.xml')
  expect(rows.match(/<row /g)).toHaveLength(3)
  expect(rows).toMatch(/<c r="I3" s="\d"><v>99\.50<\/v><\/c>/)
  expect(rows).toMatch(/<c r="F3" s="0" t="inlineStr"><is><t xml:space="preserve">U002<\/t>/)
  const letterhead = await partOf(answer.rawPayload, 'xl/worksheets/sheet2.xml')
  for (const text of ['试验省纪委监委', '向分管领导汇报', String(answer.headers['x-export-mark'])])
    expect(letterhead).toContain(text)
})

async function partOf(workbook: Buffer, name: string): Promise<string> {
  const zip = await fromBufferPromise(workbook)
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === name) return text(await zip.openReadStreamPromise(entry))
  }
  throw new Error(`the workbook has no ${name}`)
}

test('the audit administrator sees who took what and why, but not what was looked for; others do not', async () => {
  await take(officer, `?text=${encodeURIComponent('某某宾馆')}`, wanted)
  const { status, body } = await ask(auditor, 'GET', '/api/v1/exports')
  expect(status).toBe(200)
  expect(body.items[0]).toMatchObject({
    subject: 'alerts.list',
    form: 'csv',
    conditions: { text: '…' },
    purpose: '向分管领导汇报',
    rowCount: 0,
  })
  expect(JSON.stringify(body)).not.toContain('某某宾馆')
  expect((await ask(officer, 'GET', '/api/v1/exports')).status).toBe(403)
  const elsewhere = aCaller(9, ['audit_admin'], '46.02')
  const { body: theirs } = await ask(elsewhere, 'GET', '/api/v1/exports')
  expect(theirs.items.map(({ userId }: { userId: string }) => userId)).toEqual([nextCity.userId])
})

test('an explanation request holds what the unit was given, and its print is entered', async () => {
  const { body: list } = await ask(officer, 'GET', '/api/v1/alerts?level=red&unit=U001')
  const path = `/api/v1/alerts/${list.items[0].alertId}/explanation-request`
  const { status, body } = await ask(officer, 'POST', path, { purpose: '送达被监督单位' })
  expect(status).toBe(200)
  expect(body).toMatchObject({ unitName: '甲局', dueOn: '2026-11-27', organName: '试验省纪委监委' })
  expect(body.barcode).toContain('<svg')
  expect((await register()).at(-1)).toMatchObject({ mark: body.mark, row_count: 1, state: 'finished' })
  expect((await ask(nextCity, 'POST', path, { purpose: '送达被监督单位' })).status).toBe(404)
  expect((await ask(finance, 'POST', path, { purpose: '送达被监督单位' })).status).toBe(403)
  const { body: undispatched } = await ask(officer, 'GET', '/api/v1/alerts?level=yellow')
  const early = `/api/v1/alerts/${undispatched.items[0].alertId}/explanation-request`
  expect((await ask(officer, 'POST', early, { purpose: '送达被监督单位' })).body.code).toBe(
    'alerts.not_dispatched',
  )
})
