import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { createHttpServer } from '#ground/http/index.ts'
import { quietLog } from '#ground/log/index.ts'
import type { TestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { openDuckdb, type Parameter } from '#ground/warehouse/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import { createTable, datasetByName, datasets } from '#shared/datasets/index.ts'
import { ensureRegions, syncUnits } from '#shared/organisation/index.ts'
import { isPermission, may } from '#shared/permissions/index.ts'
import { createJudging, fillReferenceRelations, loadPack, shippedReference } from '#shared/rules/index.ts'
import { createSupervision } from '#shared/supervise/index.ts'
import { fiscalRoutes } from './fiscal.routes.ts'
import { createFiscal } from './fiscal.ts'

/** Builders for the room's tests: the room on stores of its own, the people who use it, a request in order. */

const person = (last: number, scope: string, role: string): Caller => ({
  userId: `01900000-0000-7000-8000-0000000000${String(last).padStart(2, '0')}`,
  scope,
  roles: [role],
})
export const people = {
  finance: person(1, '46', 'finance_supervisor'),
  supervision: person(2, '46', 'supervision_officer'),
  otherCity: person(3, '46.02', 'supervision_officer'),
  unit: person(4, '46.01.UU1', 'unit_finance'),
  otherUnit: person(5, '46.02.UU2', 'unit_finance'),
  conduct: person(6, '46', 'conduct_officer'),
  deputy: person(8, '46', 'deputy'),
  feed: { ...person(7, '46', 'feed'), datasets: ['payment'] },
}

/** A key as the key ring makes them, without a key. */
export const personKey = (id: string) => createHash('sha256').update(id).digest('hex')

/** A plain payment by transfer to a company, within its indicator: nothing is found in it. */
export const plain = (no: string, more: Record<string, unknown> = {}) => ({
  request_id: no,
  unit_code: 'U1',
  indicator_id: 'I1',
  amount: '1234.50',
  settlement: 'transfer',
  payee_name: '某文具公司',
  payee_account: '6222000011112222',
  payee_kind: 'organisation',
  economic_code: '30201',
  purpose: '购买打印纸',
  payment_kind: 'ordinary',
  ...more,
})

export async function aFiscalRoom(database: TestDatabase) {
  const clock = fakeClock('2026-03-03T01:00:00Z')
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-fiscal-'))
  const warehouse = await openDuckdb({ path: join(folder, 'facts.duckdb') })
  const session = await warehouse.open()
  for (const dataset of datasets) await session.run(createTable(dataset))
  await fillReferenceRelations(session, shippedReference())
  const judging = createJudging({ warehouse, memoryMegabytes: 300 })
  const put = async (name: string, ...rows: Record<string, Parameter>[]) => {
    const columns = [...Object.keys(datasetByName(name)!.columns), 'batch_id']
    await session.insert(
      name,
      columns,
      rows.map((row) => columns.map((column) => row[column] ?? null)),
    )
    judging.changed(name)
  }
  await put('budget_indicator', {
    indicator_id: 'I1',
    unit_code: 'U1',
    budget_year: 2026,
    fund_kind: 'office',
    amount: '9000000.00',
    issued_on: '2026-01-02',
  })
  const calendar = createCalendar({ database })
  await database.asCaller(systemCaller, async (trx) => {
    await ensureRegions(trx)
    const unit = (unit_code: string, unit_name: string, region_code: string) => ({
      unit_code,
      unit_name,
      region_code,
      kind: 'organ',
      valid_from: '2020-01-01',
    })
    await syncUnits(trx, [unit('U1', '市水务局', '460100'), unit('U2', '市园林所', '460200')])
  })
  await calendar.load()
  const supervision = createSupervision({ database, clock })
  const fiscal = createFiscal({
    database,
    supervision,
    warehouse,
    judging,
    clock,
    allowDemo: true,
    catalogue: loadPack('fiscal'),
    policy: {
      undisclosed: ['ZF18.related'],
      explainDays: 3,
      urging: {
        reminder: 1,
        ladder: [
          { after: 1, step: 'overdue', to: ['unit_finance', 'finance_supervisor'] },
          { after: 3, step: 'slip', to: ['unit_head', 'supervision_officer'] },
          { after: 5, step: 'escalate', to: ['supervision_officer', 'deputy'] },
        ],
      },
    },
    inForce: async () => ({
      grading: [
        { level: 'red', title: { zh: '红', en: 'red' }, hit_level: ['red'] },
        { level: 'yellow', title: { zh: '黄', en: 'yellow' }, hit_level: ['yellow'] },
      ],
    }),
    personKey,
  })
  let caller: Caller = people.feed
  const server = await createHttpServer({
    log: quietLog,
    authority: { authenticate: async () => caller, isPermission, may, onRefused: async () => {} },
  })
  fiscalRoutes(server, fiscal)
  const ask = async (who: Caller, method: 'GET' | 'POST', url: string, payload?: object, key?: string) => {
    caller = who
    const answer = await server.inject({
      method,
      url: `/api/v1/${url}`,
      ...(payload ? { payload } : {}),
      ...(key ? { headers: { 'idempotency-key': key } } : {}),
    })
    return { status: answer.statusCode, body: answer.json(), replayed: answer.headers['idempotent-replayed'] }
  }
  return {
    clock,
    warehouse,
    session,
    fiscal,
    supervision,
    put,
    ask,
    submit: (request: object, key: string, who: Caller = people.feed) =>
      ask(who, 'POST', 'fiscal/payment-requests', { request }, key),
    close: async () => {
      await fiscal.requests.close()
      await judging.close()
      await session.close()
      await warehouse.close()
    },
  }
}
