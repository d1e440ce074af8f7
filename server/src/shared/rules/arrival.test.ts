import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  openDuckdb,
  type Parameter,
  quoted,
  type Warehouse,
  type WarehouseSession,
} from '#ground/warehouse/index.ts'
import { datasetByName } from '#shared/datasets/index.ts'
import { judgeArrival } from './arrival.ts'
import { loadPack } from './catalogue.ts'
import { openExampleSession } from './examples.ts'
import { createJudging, type Judging } from './judging.ts'
import { effectiveParameters } from './parameters.ts'
import { fillReferenceRelations, shippedReference } from './reference-relations.ts'
import type { ExampleCase, Rule } from './rule.schema.ts'
import { queryHits } from './runner.ts'

const rules = [...loadPack('fiscal'), ...loadPack('invoices')]
const arriving = rules.filter(
  ({ subject, sight }) =>
    (subject === 'payment' && sight !== 'all') ||
    (subject === 'invoice' && (sight === 'record' || sight === 'counterparty')),
)
let warehouse: Warehouse
let session: WarehouseSession
let judging: Judging

beforeAll(async () => {
  warehouse = await openDuckdb({ path: ':memory:' })
  session = await openExampleSession(warehouse)
  judging = createJudging({ warehouse, memoryMegabytes: 300 })
})
afterAll(async () => {
  await judging.close()
  await session.close()
  await warehouse.close()
})

async function give(rule: Rule, given: ExampleCase['given']): Promise<void> {
  for (const [name, rows] of Object.entries(given)) {
    const columns = Object.keys(datasetByName(name)!.columns)
    await session.run(`delete from ${quoted(name)}`)
    const values = rows.map((row) => {
      const whole = { ...rule.examples.base[name], ...row } as Record<string, Parameter>
      return columns.map((column) => whole[column] ?? null)
    })
    await session.insert(name, columns, values)
    judging.changed(name)
  }
}

async function clear(given: ExampleCase['given']): Promise<void> {
  for (const name of Object.keys(given)) {
    await session.run(`delete from ${quoted(name)}`)
    judging.changed(name)
  }
  if (!('keyword' in given || 'calendar_day' in given)) return
  await fillReferenceRelations(session, shippedReference())
  for (const name of ['keyword', 'calendar_day']) judging.changed(name)
}

const found = (hits: readonly { anchor: string; evidenceHash: string }[]) =>
  hits.map(({ anchor, evidenceHash }) => `${anchor} ${evidenceHash}`).sort()

test.each(arriving.map((rule) => [rule.code, rule] as const))(
  '%s finds in an arriving batch what it finds over everything',
  async (_code, rule) => {
    for (const example of rule.examples.cases) {
      await give(rule, example.given)
      await session.run(`update ${quoted(rule.subject)} set batch_id = 'B1'`)
      const parameters = effectiveParameters(rule, example.parameters)
      const asOf = example.as_of ?? '2026-12-31'
      const everything = await queryHits(session, rule, parameters, asOf)
      const batch = { batchId: 'B1', dataset: rule.subject, rows: 10 }
      const options = { asOf, parameters: { [rule.code]: parameters } }
      const outcomes = await judgeArrival({ judging, warehouse }, batch, [rule], options)
      for (const { state, hits, suppressed } of outcomes) {
        expect(state, example.name.en).not.toBe('failed')
        if (state === 'ok')
          expect(found([...hits, ...suppressed]), example.name.en).toEqual(found(everything))
      }
      await clear(example.given)
    }
  },
)

const pay = (id: string, more: Record<string, Parameter> = {}): Record<string, Parameter> => ({
  payment_id: id,
  unit_code: 'U1',
  paid_on: '2026-03-02',
  amount: '30000.00',
  settlement: 'transfer',
  payee_name: '甲公司',
  payee_account: '622200001',
  payment_kind: 'ordinary',
  payment_state: 'paid',
  ...more,
})

async function arrive(batchId: string, rows: readonly Record<string, Parameter>[], codes: readonly string[]) {
  const columns = [...Object.keys(datasetByName('payment')!.columns), 'batch_id']
  await session.insert(
    'payment',
    columns,
    rows.map((row) => columns.map((column) => (column === 'batch_id' ? batchId : (row[column] ?? null)))),
  )
  judging.changed('payment')
  const batch = { batchId, dataset: 'payment', rows: rows.length }
  const chosen = rules.filter(({ code }) => codes.includes(code))
  const outcomes = await judgeArrival({ judging, warehouse }, batch, chosen, { asOf: '2026-03-31' })
  return outcomes.flatMap(({ hits }) => hits)
}

test('rules of history see what came before, of the unit and of the payee, and nothing is made of parts of other units', async () => {
  expect(
    await arrive('B1', [pay('P1', { amount: '30000.00', invoice_no: '10000001' })], ['ZF13', 'ZF14']),
  ).toEqual([])
  // The same payee, amount and invoice at another unit; and splitting within the unit.
  const repeated = await arrive(
    'B2',
    [pay('P2', { unit_code: 'U2', amount: '30000.00', invoice_no: '10000001' })],
    ['ZF14'],
  )
  expect(repeated.map(({ rule, keys, condition }) => [rule, keys.payment_id, condition])).toEqual([
    ['ZF14', 'P2', 'invoice'],
  ])
  const split = await arrive('B3', [pay('P3', { paid_on: '2026-03-03', amount: '30000.00' })], ['ZF13'])
  expect(split.map(({ rule, unitCode }) => [rule, unitCode])).toEqual([['ZF13', 'U1']])
  await session.run('delete from payment')
})

test('a large batch is judged record by record where it lies, and history is left to the schedule', async () => {
  const cash = { settlement: 'cash', amount: '90000.00' }
  await arrive('B4', [pay('P4', { purpose: '购买茅台酒', amount: '9000.00' }), pay('P5', cash)], [])
  await arrive('B5', [pay('P6', { purpose: '购买茅台酒', amount: '9000.00' })], [])
  const batch = { batchId: 'B4', dataset: 'payment', rows: 6000 }
  const outcomes = await judgeArrival({ judging, warehouse }, batch, rules, { asOf: '2026-03-31' })
  expect(outcomes.map(({ rule }) => rule.sight).filter((sight) => sight !== 'record')).toEqual([])
  const hits = outcomes.flatMap((outcome) => outcome.hits)
  expect(hits.map(({ rule, keys }) => [rule, keys.payment_id])).toEqual([['ZF16', 'P4']])
  // The view is gone: the table is there again for the next one.
  expect(await session.rows('select count(*) as n from payment')).toEqual([{ n: '3' }])
  await session.run('delete from payment')
})

test('nothing is planned anew for the next batch, and a changed register counts at once', async () => {
  const rule = rules.filter(({ code }) => code === 'ZF16')
  const one = await arrive('B6', [pay('P7', { purpose: '购买茅台酒', amount: '9000.00' })], ['ZF16'])
  expect(one).toHaveLength(1)
  await session.run('delete from keyword')
  judging.changed('keyword')
  const batch = { batchId: 'B6', dataset: 'payment', rows: 1 }
  const [outcome] = await judgeArrival({ judging, warehouse }, batch, rule, { asOf: '2026-03-31' })
  expect(outcome).toMatchObject({ state: 'not_computable', missing: ['keyword'] })
  await fillReferenceRelations(session, shippedReference())
  judging.changed('keyword')
  const [again] = await judgeArrival({ judging, warehouse }, batch, rule, { asOf: '2026-03-31' })
  expect(again?.hits).toHaveLength(1)
  await session.run('delete from payment')
})

test.each([
  ['a few', 2],
  ['many', 6000],
] as const)('invoices reversed by an earlier batch are reversed for %s arrivals too', async (_size, rows) => {
  const invoice = (number: string, more: Record<string, Parameter> = {}): Record<string, Parameter> => ({
    invoice_code: '4600201130',
    invoice_no: number,
    issued_on: '2026-03-04',
    seller_name: '椰风商贸有限公司',
    seller_tax_no: 'E1',
    total: '10000.00',
    invoice_state: 'normal',
    batch_id: 'B2',
    ...more,
  })
  const reversal = {
    batch_id: 'B1',
    invoice_state: 'red',
    total: '-10000.00',
    red_of_code: '4600201130',
    red_of_no: '10000001',
  }
  const given = [invoice('10000009', reversal), invoice('10000001'), invoice('10000002')]
  const columns = [...Object.keys(datasetByName('invoice')!.columns), 'batch_id']
  await session.insert(
    'invoice',
    columns,
    given.map((row) => columns.map((column) => row[column] ?? null)),
  )
  judging.changed('invoice')
  const rule = rules.filter(({ code }) => code === 'R05')
  const options = { asOf: '2026-03-31' }
  const batch = { batchId: 'B2', dataset: 'invoice', rows }
  const outcomes = await judgeArrival({ judging, warehouse }, batch, rule, options)
  const hits = outcomes.flatMap((outcome) => outcome.hits)
  expect(hits.map(({ keys }) => keys.invoice_no)).toEqual(['10000002'])
  await session.run('delete from invoice')
  judging.changed('invoice')
})
