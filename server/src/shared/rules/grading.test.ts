import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadPack, shippedRules } from './catalogue.ts'
import { type GradedHit, type GradingRow, gradeOf } from './grading.ts'
import { levels } from './rule.schema.ts'

function tableOf(pack: string): readonly GradingRow[] {
  return parse(readFileSync(join(shippedRules, pack, 'pack.yaml'), 'utf8')).grading
}

const invoices = tableOf('invoices')

function hit(rule: string, condition: string, level: GradedHit['level'], amount = '100.00'): GradedHit {
  return { rule, condition, level, amount }
}

describe('the decision table of the invoices', () => {
  test.each<[string, readonly GradedHit[], string, number]>([
    ['a prohibited keyword', [hit('R01', 'prohibited', 'red')], 'red', 1],
    ['a specialty in a festival period', [hit('R01', 'festive', 'red')], 'red', 1],
    [
      'a prohibited keyword among others',
      [hit('R05', 'round_amount', 'blue'), hit('R01', 'prohibited', 'red')],
      'red',
      1,
    ],
    [
      'two rules, however light',
      [hit('R02', 'weekend', 'blue'), hit('R05', 'round_amount', 'blue')],
      'red',
      2,
    ],
    ['an amount at the threshold', [hit('R05', 'round_amount', 'blue', '50000.00')], 'red', 3],
    ['an amount one fen below', [hit('R05', 'round_amount', 'blue', '49999.99')], 'blue', 5],
    ['one yellow hit', [hit('R01', 'suspicious', 'yellow')], 'yellow', 4],
    ['one red hit that is no prohibited keyword', [hit('R07', 'relative', 'red')], 'yellow', 4],
    ['one blue hit', [hit('R01', 'noted', 'blue')], 'blue', 5],
    ['one rule with two hits', [hit('R01', 'noted', 'blue'), hit('R01', 'noted', 'blue')], 'blue', 5],
  ])('%s', (_what, hits, level, position) => {
    expect(gradeOf(invoices, hits)).toMatchObject({ level, position, reason: invoices[position - 1]!.title })
  })

  test('its conditions and rules are those of the pack', () => {
    const known = loadPack('invoices').flatMap((rule) =>
      rule.conditions.map(({ key }) => `${rule.code}.${key}`),
    )
    expect(invoices.flatMap((row) => row.conditions ?? []).filter((key) => !known.includes(key))).toEqual([])
  })
})

test('without a row that holds the heaviest hit decides', () => {
  const table = [{ level: 'blue' as const, title: { zh: '甲', en: 'a' }, rules: ['R99'] }]
  const grade = gradeOf(table, [hit('R02', 'weekend', 'blue'), hit('R07', 'official', 'red')])
  expect(grade).toMatchObject({ level: 'red', position: undefined })
})

test('an alert without hits is refused', () => {
  expect(() => gradeOf(invoices, [])).toThrow(RangeError)
})

const anyLevel = fc.constantFrom(...levels)
const anyHit = fc.record({
  rule: fc.constantFrom('R01', 'R02', 'R03'),
  condition: fc.constantFrom('a', 'b'),
  level: anyLevel,
  amount: fc.integer({ min: 0, max: 200_000 }).map((yuan) => `${yuan}.00`),
})
const anyRow: fc.Arbitrary<GradingRow> = fc.record(
  {
    level: anyLevel,
    title: fc.constant({ zh: '甲', en: 'a' }),
    hit_level: fc.uniqueArray(anyLevel, { minLength: 1 }),
    rules: fc.uniqueArray(fc.constantFrom('R01', 'R02', 'R03'), { minLength: 1 }),
    conditions: fc.uniqueArray(fc.constantFrom('R01.a', 'R02.b', 'R03.a'), { minLength: 1 }),
    min_rules: fc.integer({ min: 1, max: 3 }),
    min_amount: fc.integer({ min: 0, max: 200_000 }),
  },
  { requiredKeys: ['level', 'title'] },
)
const anyHits = fc.array(anyHit, { minLength: 1, maxLength: 6 })
const anyTable = fc.array(anyRow, { maxLength: 6 })

test('the first row that holds decides, whatever follows it', () => {
  fc.assert(
    fc.property(anyTable, anyTable, anyHits, (table, behind, hits) => {
      const grade = gradeOf(table, hits)
      if (grade.position === undefined) return
      expect(gradeOf([...table, ...behind], hits)).toEqual(grade)
      const before = table.slice(0, grade.position - 1)
      expect(gradeOf(before, hits).position).toBeUndefined()
      expect(gradeOf(table.slice(grade.position - 1), hits).level).toBe(table[grade.position - 1]!.level)
    }),
  )
})

test('every alert has a level, and the order of its hits does not matter', () => {
  fc.assert(
    fc.property(anyTable, anyHits, (table, hits) => {
      const grade = gradeOf(table, hits)
      expect(levels).toContain(grade.level)
      expect(gradeOf(table, [...hits].reverse())).toEqual(grade)
    }),
  )
})
