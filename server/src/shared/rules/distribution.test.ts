import fc from 'fast-check'
import { expect, test } from 'vitest'
import { yuanOf } from '#ground/money/index.ts'
import { openDuckdb } from '#ground/warehouse/index.ts'
import { loadPack } from './catalogue.ts'
import { readDistribution } from './distribution.ts'
import { openExampleSession } from './examples.ts'
import { effectiveParameters } from './parameters.ts'
import { queryHits } from './runner.ts'

const warehouse = await openDuckdb({ path: ':memory:' })
const session = await openExampleSession(warehouse)
const rules = [...loadPack('fiscal'), ...loadPack('invoices')].filter(({ threshold }) => threshold)
const period = { from: '2025-04-01', to: '2026-03-31' }

const payments = [
  'payment_id',
  'unit_code',
  'paid_on',
  'amount',
  'settlement',
  'payee_kind',
  'payee_name',
  'economic_code',
  'payment_kind',
  'payment_state',
]
const invoices = ['invoice_no', 'invoice_kind', 'issued_on', 'seller_name', 'total', 'invoice_state']
const lines = ['invoice_no', 'line_no', 'item_name', 'amount']

/** Payments to persons, in cash or not, and invoices of meals, of the given amounts. */
async function given(amounts: readonly string[]) {
  for (const table of ['payment', 'invoice', 'invoice_line']) await session.run(`delete from ${table}`)
  if (amounts.length === 0) return
  await session.insert(
    'payment',
    payments,
    amounts.map((amount, place) => {
      const day = `2026-0${(place % 3) + 1}-11`
      const settlement = place % 2 ? 'cash' : 'transfer'
      return [
        `P${place}`,
        `U${place % 4}`,
        day,
        amount,
        settlement,
        'person',
        '某某',
        '30211',
        'ordinary',
        'paid',
      ]
    }),
  )
  const number = (place: number) => String(10_000_000 + place)
  await session.insert(
    'invoice',
    invoices,
    amounts.map((amount, place) => [number(place), 'vat_ordinary', '2026-03-02', '某酒楼', amount, 'normal']),
  )
  await session.insert(
    'invoice_line',
    lines,
    amounts.map((amount, place) => [number(place), 1, '*餐饮服务*餐费', amount]),
  )
}

test('several rules name a main threshold', () => {
  expect(rules.map(({ code }) => code)).toEqual(['ZF10', 'ZF11', 'ZF12', 'R04', 'R05', 'R10'])
})

test.each(rules.map((rule) => [rule.code, rule] as const))(
  '%s: what each threshold would give is what the rule finds with it',
  async (_code, rule) => {
    const amount = fc.oneof(
      fc.bigInt({ min: 100n, max: 30_000_000n }).map(yuanOf),
      fc.constantFrom('1000.00', '50000.00', '49999.99', '3000.00', '10000.00', '500.00', '2000.00'),
    )
    const parameters = effectiveParameters(rule)
    await fc.assert(
      fc.asyncProperty(
        fc.array(amount, { maxLength: 25 }),
        fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
        async (amounts, places) => {
          await given(amounts)
          const found = (await readDistribution(session, rule, parameters, period))!
          expect(found.thresholds).toContain(found.value)
          for (const place of places.map((nat) => nat % found.thresholds.length)) {
            const tried = { ...parameters, [found.parameter]: found.thresholds[place]! }
            const hits = await queryHits(session, rule, tried, period.to)
            expect(found.hits[place]! + found.others).toBe(hits.length)
          }
        },
      ),
      { numRuns: 12 },
    )
  },
)

test('what lies outside the period does not count, and a rule without main threshold has none', async () => {
  await given(['60000.00'])
  const zf12 = rules.find(({ code }) => code === 'ZF12')!
  const before = { from: '2024-01-01', to: '2024-12-31' }
  const found = (await readDistribution(session, zf12, effectiveParameters(zf12), before))!
  expect(Math.max(...found.hits)).toBe(0)
  const other = loadPack('fiscal').find(({ code }) => code === 'ZF13')!
  expect(await readDistribution(session, other, effectiveParameters(other), before)).toBeUndefined()
})
