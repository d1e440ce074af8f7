import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import {
  openDuckdb,
  openPostgresWarehouse,
  parseParameters,
  type Warehouse,
  type WarehouseSession,
} from '#ground/warehouse/index.ts'
import { createTable, datasetByName } from '#shared/datasets/index.ts'
import { composableByName } from './composable-datasets.ts'
import {
  type Condition,
  type ConditionGroup,
  conditionGroup,
  isGroup,
  operatorsByType,
  queryFaults,
} from './composed-query.ts'
import { compileCondition } from './composed-sql.ts'

const payment = datasetByName('payment')!
const source = composableByName('payment')!
const columns = [
  'payment_id',
  'purpose',
  'payee_name',
  'amount',
  'paid_on',
  'settlement',
  'is_advance',
] as const
type Named = (typeof columns)[number]

/** Texts that would matter if one of them ever reached the statement unbound. */
const nasty = fc.constantFrom(
  "'; drop table payment; --",
  "' or '1'='1",
  '$purpose_1',
  '$$x$$',
  '{amount}',
  '%',
  '_',
  '\\',
  '"',
  '餐',
  '/*',
  '1=1',
  ':x',
  '?',
)
const texts = fc.oneof(
  nasty,
  fc
    .string({ minLength: 1, maxLength: 6 })
    .filter((text) => text.trim() === text && text !== '' && !text.includes('\0')),
)
const amounts = fc.integer({ min: -300, max: 300 }).map((fen) => (fen / 100).toFixed(2))
const days = fc.integer({ min: 1, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, '0')}`)

const values: Readonly<Record<Named, fc.Arbitrary<string | boolean>>> = {
  payment_id: texts,
  purpose: texts,
  payee_name: texts,
  amount: amounts,
  paid_on: days,
  settlement: fc.constantFrom('cash', 'transfer', 'cheque'),
  is_advance: fc.boolean(),
}

const condition: fc.Arbitrary<Condition> = fc.constantFrom(...columns).chain((field) => {
  const column = payment.columns[field]!
  return fc.constantFrom(...operatorsByType[column.type]).chain((operator) => {
    const one = values[field]
    const value: fc.Arbitrary<Condition['value']> = operator.endsWith('ull')
      ? fc.constant(null)
      : operator === 'between' || operator === 'notBetween'
        ? fc.tuple(one, one).map((pair) => [...pair])
        : operator === 'in' || operator === 'notIn'
          ? fc.array(one, { minLength: 1, maxLength: 3 })
          : one
    return value.map((chosen): Condition => ({ field, operator, value: chosen }))
  })
})

const query: fc.Arbitrary<ConditionGroup> = fc.letrec<{
  group: ConditionGroup
  part: Condition | ConditionGroup
}>((tie) => ({
  part: fc.oneof({ maxDepth: 3, withCrossShrink: true }, condition, tie('group')),
  group: fc.record({
    combinator: fc.constantFrom('and' as const, 'or' as const),
    not: fc.boolean(),
    rules: fc.array(tie('part'), { minLength: 1, maxLength: 3 }),
  }),
})).group

type Record_ = Readonly<Record<Named, string | boolean | null>>
const record: fc.Arbitrary<Record_> = fc.record({
  payment_id: texts,
  purpose: fc.option(texts),
  payee_name: fc.option(texts),
  amount: amounts,
  paid_on: days,
  settlement: fc.constantFrom('cash', 'transfer', 'cheque'),
  is_advance: fc.option(fc.boolean()),
})

/** What the conditions mean, said once more without SQL: null is "unknown", as for the engines. */
function meaning(part: Condition | ConditionGroup, row: Record_): boolean | null {
  if (isGroup(part)) {
    const answers = part.rules.map((inner) => meaning(inner, row))
    const decisive = part.combinator === 'or'
    const joined = answers.includes(decisive) ? decisive : answers.includes(null) ? null : !decisive
    return part.not ? (joined === null ? null : !joined) : joined
  }
  const { field, operator } = part
  const cell = row[field as Named]
  const list = (Array.isArray(part.value) ? part.value : [part.value]).map((value) =>
    typeof value === 'string' ? value.trim() : value,
  )
  const rank = (value: unknown) => (field === 'amount' ? Math.round(Number(value) * 100) : String(value))
  const order = (value: unknown) => {
    const [left, right] = [rank(cell), rank(value)]
    return left < right ? -1 : left > right ? 1 : 0
  }
  const text = cell === null ? '' : String(cell)
  const wanted = String(list[0])
  const negative = ['!=', 'notIn', 'notBetween'].includes(operator)
  switch (operator) {
    case 'null':
      return cell === null
    case 'notNull':
      return cell !== null
    case 'contains':
      return text.includes(wanted)
    case 'doesNotContain':
      return !text.includes(wanted)
    case 'beginsWith':
      return text.startsWith(wanted)
    case 'doesNotBeginWith':
      return !text.startsWith(wanted)
    case 'endsWith':
      return text.endsWith(wanted)
    default:
      if (cell === null) return negative ? true : null
  }
  switch (operator) {
    case '=':
      return order(list[0]) === 0
    case '!=':
      return order(list[0]) !== 0
    case '<':
      return order(list[0]) < 0
    case '<=':
      return order(list[0]) <= 0
    case '>':
      return order(list[0]) > 0
    case '>=':
      return order(list[0]) >= 0
    case 'in':
      return list.some((value) => order(value) === 0)
    case 'notIn':
      return list.every((value) => order(value) !== 0)
    case 'between':
      return order(list[0]) >= 0 && order(list[1]) <= 0
    default:
      return order(list[0]) < 0 || order(list[1]) > 0
  }
}

test('nothing that is typed reaches the statement: its text is the same whatever the values are', () => {
  const blank = (part: Condition | ConditionGroup): Condition | ConditionGroup => {
    if (isGroup(part)) return { ...part, rules: part.rules.map(blank) }
    const plain: Readonly<Record<Named, string | boolean>> = {
      payment_id: 'a',
      purpose: 'a',
      payee_name: 'a',
      amount: '1',
      paid_on: '2026-01-01',
      settlement: 'cash',
      is_advance: true,
    }
    const value = plain[part.field as Named]
    if (Array.isArray(part.value)) return { ...part, value: part.value.map(() => value) }
    return { ...part, value: part.value === null ? null : value }
  }
  fc.assert(
    fc.property(query, (composed) => {
      const read = conditionGroup.parse(composed)
      fc.pre(queryFaults(payment, read).length === 0)
      const { sql, bindings } = compileCondition(source, read)
      expect(sql).toBe(compileCondition(source, blank(read) as ConditionGroup).sql)
      expect([...parseParameters(sql).names].sort()).toEqual(Object.keys(bindings).sort())
      expect(sql).toMatch(/^[\w\s().,$<>='-]*$/)
    }),
    { numRuns: 500 },
  )
})

test('what the builder would let through by other ways is left out or refused', () => {
  const faulty = (part: object) =>
    queryFaults(payment, conditionGroup.parse({ combinator: 'and', rules: [part] })).length > 0
  expect(faulty({ field: 'amount) or (1=1', operator: '=', value: '1' })).toBe(true)
  expect(faulty({ field: 'constructor', operator: '=', value: '1' })).toBe(true)
  expect(faulty({ field: '__proto__', operator: '=', value: '1' })).toBe(true)
  expect(faulty({ field: '~', operator: '=', value: '1' })).toBe(true)
  expect(faulty({ field: 'batch_id', operator: '=', value: '1' })).toBe(true)
  expect(faulty({ field: 'amount', operator: '=', value: '1 or 1=1' })).toBe(true)
  expect(faulty({ field: 'settlement', operator: '=', value: 'toString' })).toBe(true)
  expect(faulty({ field: 'amount', operator: 'between', value: ['1'] })).toBe(true)
  expect(faulty({ field: 'amount', operator: 'contains', value: '1' })).toBe(true)
  expect(conditionGroup.safeParse({ combinator: 'or 1=1', rules: [] }).success).toBe(false)
  expect(
    conditionGroup.safeParse({
      combinator: 'and',
      rules: [{ field: 'amount', operator: 'or 1=1', value: '1' }],
    }).success,
  ).toBe(false)
  const asField = { field: 'purpose', operator: '=', value: 'payee_name', valueSource: 'field' }
  const { sql, bindings } = compileCondition(
    source,
    conditionGroup.parse({ combinator: 'and', rules: [asField] }),
  )
  expect(sql).toBe('(r.purpose = cast($purpose_1 as text))')
  expect(bindings).toEqual({ purpose_1: 'payee_name' })
})

const engines: Readonly<Record<string, () => Promise<Warehouse>>> = {
  duckdb: () => openDuckdb({ path: ':memory:' }),
  postgres: () =>
    openPostgresWarehouse({
      connection: { host: inject('postgresSocket'), user: 'postgres', database: 'postgres' },
      schema: 'pg_temp',
    }),
}

describe.each(Object.keys(engines))('on %s', (engine) => {
  let warehouse: Warehouse
  let session: WarehouseSession
  beforeAll(async () => {
    warehouse = await engines[engine]!()
    session = await warehouse.open()
    await session.run(createTable(payment))
  })
  afterAll(async () => {
    await session.close()
    await warehouse.close()
  })

  test('every query finds exactly the records that it means', async () => {
    await fc.assert(
      fc.asyncProperty(query, fc.array(record, { minLength: 1, maxLength: 12 }), async (composed, rows) => {
        const read = conditionGroup.parse(composed)
        fc.pre(queryFaults(payment, read).length === 0)
        await session.run('delete from payment')
        await session.insert(
          'payment',
          [...columns, 'batch_id'],
          rows.map((row, place) => [...columns.map((column) => row[column]), String(place)]),
        )
        const { sql, bindings } = compileCondition(source, read)
        const found = await session.rows(`select r.batch_id from payment r where ${sql}`, bindings)
        const meant = rows.flatMap((row, place) => (meaning(read, row) === true ? [String(place)] : []))
        expect(found.map((row) => String(row.batch_id)).sort()).toEqual(meant.sort())
      }),
      { numRuns: 150 },
    )
  })
})
