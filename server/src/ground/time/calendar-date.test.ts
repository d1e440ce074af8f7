import { expect, test } from 'vitest'
import { addDays, daysBetween, isCalendarDate, shanghaiDate, shanghaiTime } from './calendar-date.ts'

test('an instant late in the UTC day is the next day in Shanghai', () => {
  expect(shanghaiDate(new Date('2026-02-28T16:00:00Z'))).toBe('2026-03-01')
  expect(shanghaiDate(new Date('2026-02-28T15:59:59Z'))).toBe('2026-02-28')
  expect(shanghaiTime(new Date('2026-02-28T16:05:00Z'))).toBe('2026-03-01 00:05')
})

test('dates that do not exist are no dates', () => {
  expect(isCalendarDate('2024-02-29')).toBe(true)
  for (const wrong of ['2026-02-29', '2026-13-01', '2026-1-1', '20260101', ''])
    expect(isCalendarDate(wrong)).toBe(false)
})

test('days are counted over month and year borders', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
})
