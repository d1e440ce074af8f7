import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guardedCell } from './csv-guard.ts'

test('what begins like a formula is kept from running', () => {
  expect(guardedCell('=HYPERLINK("http://x")', true)).toBe(`"'=HYPERLINK(""http://x"")"`)
  expect(guardedCell('@SUM(A1)', false)).toBe("'@SUM(A1)")
  expect(guardedCell('-12.50', false)).toBe('-12.50')
  expect(guardedCell('-1+1', false)).toBe("'-1+1")
})

test('numbers that are names keep their digits, quantities stay numbers', () => {
  expect(guardedCell('001103', true)).toBe('"\t001103"')
  expect(guardedCell('914601060000389321', true)).toBe('"\t914601060000389321"')
  expect(guardedCell('1200.00', false)).toBe('1200.00')
})

test('no text of any kind begins a formula in the opened cell, and none is lost', () => {
  fc.assert(
    fc.property(fc.string(), fc.boolean(), (text, name) => {
      const cell = guardedCell(text, name)
      const opened = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
      expect(opened.endsWith(text)).toBe(true)
      expect(/^[=+@]/.test(opened)).toBe(false)
    }),
  )
})
