import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fenOf, groupedYuan, yuanOf } from './fen.ts'

test('yuan texts become fen without a float in between', () => {
  expect(fenOf('1234.5')).toBe(123450n)
  expect(fenOf('-0.30')).toBe(-30n)
  expect(fenOf('9007199254740993.01')).toBe(900719925474099301n)
  for (const wrong of ['', '1.234', '1e3', '１２', '1,000', 'NaN'])
    expect(() => fenOf(wrong)).toThrow(RangeError)
})

test('what people read has separators and two decimals', () => {
  expect(groupedYuan(123456780n)).toBe('1,234,567.80')
  expect(groupedYuan(-100000n)).toBe('-1,000.00')
  expect(groupedYuan(5n)).toBe('0.05')
})

test('every amount survives writing and reading', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), (fen) => fenOf(yuanOf(fen)) === fen),
  )
})
