import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDuckdb, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import { createJudging, type FactView, type Judging } from './judging.ts'
import { paymentView, withUsedIndicators } from './sight.ts'

let warehouse: Warehouse
let session: WarehouseSession
let judging: Judging

beforeAll(async () => {
  warehouse = await openDuckdb({ path: ':memory:' })
  session = await warehouse.open()
  for (const dataset of datasets) await session.run(createTable(dataset))
  judging = createJudging({ warehouse, memoryMegabytes: 100 })
})
afterAll(async () => {
  await judging.close()
  await session.close()
  await warehouse.close()
})

const few = (letter: string) =>
  fc.option(
    fc.integer({ min: 1, max: 4 }).map((number) => `${letter}${number}`),
    { nil: null },
  )
const payments = fc.array(fc.record({ unit: few('U'), indicator: few('I') }), { maxLength: 30 })

async function numbersIn(view: FactView): Promise<readonly unknown[]> {
  const rows = await judging
    .lane('sight')
    .over(view, (lane) => lane.rows('select payment_id from payment order by payment_id'))
  return rows.map((row) => row.payment_id)
}

test('of the unit are its own payments, and those that others charge to an indicator it uses or names, each once', async () => {
  await fc.assert(
    fc.asyncProperty(payments, few('I'), async (given, named) => {
      await session.run('delete from payment')
      const rows = given.map(({ unit, indicator }, place) => [`P${place + 10}`, unit, indicator])
      await session.insert('payment', ['payment_id', 'unit_code', 'indicator_id'], rows)
      const keys = { units: ['U1', 'U2'], accounts: [], indicators: named ? [named] : [] }
      const own = ({ unit }: { unit: string | null }) => unit === 'U1' || unit === 'U2'
      const used = new Set([named, ...given.filter(own).map(({ indicator }) => indicator)].filter(Boolean))
      const expected = given.flatMap((payment, place) =>
        own(payment) || used.has(payment.indicator) ? [`P${place + 10}`] : [],
      )
      const lookedUp = await withUsedIndicators(session, keys)
      expect(new Set([...lookedUp.used!, ...keys.indicators])).toEqual(used)
      expect(await numbersIn(paymentView('unit', lookedUp, 'false'))).toEqual(expected)
      expect(await numbersIn(paymentView('unit', keys, 'false'))).toEqual(expected)
    }),
    { numRuns: 40 },
  )
})
