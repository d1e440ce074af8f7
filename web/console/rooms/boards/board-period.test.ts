import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currentPeriod, monthsWithin, periodBefore } from './board-period.ts'

test('a period under way ends today and begins with its month, quarter or year', () => {
  expect(currentPeriod('month', '2026-11-24')).toEqual({ from: '2026-11-01', to: '2026-11-24' })
  expect(currentPeriod('quarter', '2026-11-24')).toEqual({ from: '2026-10-01', to: '2026-11-24' })
  expect(currentPeriod('year', '2026-11-24')).toEqual({ from: '2026-01-01', to: '2026-11-24' })
})

test('it is compared with the same days of the one before, at the end of a shorter month with its last day', () => {
  expect(periodBefore('month', { from: '2026-03-01', to: '2026-03-31' })).toEqual({
    from: '2026-02-01',
    to: '2026-02-28',
  })
  expect(periodBefore('month', { from: '2026-01-01', to: '2026-01-15' })).toEqual({
    from: '2025-12-01',
    to: '2025-12-15',
  })
  expect(periodBefore('quarter', { from: '2026-10-01', to: '2026-11-24' })).toEqual({
    from: '2026-07-01',
    to: '2026-08-24',
  })
  expect(periodBefore('year', { from: '2024-01-01', to: '2024-02-29' })).toEqual({
    from: '2023-01-01',
    to: '2023-02-28',
  })
})

test('days chosen freely are compared with as many days right before them', () => {
  const day = fc
    .integer({ min: 0, max: 40_000 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 800 }), (from, length) => {
      const to = new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10)
      const before = periodBefore('custom', { from, to })
      expect(Date.parse(before.to) - Date.parse(before.from)).toBe(Date.parse(to) - Date.parse(from))
      expect(Date.parse(from) - Date.parse(before.to)).toBe(86_400_000)
    }),
  )
})

test('a trend has a place for every month of its period', () => {
  expect(monthsWithin({ from: '2025-11-20', to: '2026-02-01' })).toEqual([
    '2025-11',
    '2025-12',
    '2026-01',
    '2026-02',
  ])
})
