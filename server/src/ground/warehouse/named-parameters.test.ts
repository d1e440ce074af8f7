import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseParameters } from './named-parameters.ts'

const numbered = (sql: string) => parseParameters(sql).rewrite((_name, place) => `$${place}`)

test('parameters are found once each and nothing else is touched', () => {
  const sql = `select '$no', "$no", $yes, 'it''s $no' -- $no\n, /* $no */ $other + $yes, $q$ $no $q$`
  expect(parseParameters(sql).names).toEqual(['yes', 'other'])
  expect(numbered(sql)).toBe(`select '$no', "$no", $1, 'it''s $no' -- $no\n, /* $no */ $2 + $1, $q$ $no $q$`)
})

test('whatever stands in a string literal stays as it is', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (left, right) => {
      const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
      const sql = `${literal(left)} || $a || ${literal(right)}`
      return numbered(sql) === `${literal(left)} || $1 || ${literal(right)}`
    }),
  )
})
