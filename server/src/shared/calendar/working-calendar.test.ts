import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '#ground/time/index.ts'
import { lastPublishedYear, shippedCalendar, statutoryDays } from './shipped-calendar.ts'
import { workingCalendar } from './working-calendar.ts'

const days = shippedCalendar()
const calendar = workingCalendar(days)
const find = (day: string) => days.find((entry) => entry.day === day)

test('the Spring Festival of 2026 with its make-up days is as the State Council announced', () => {
  expect(find('2026-02-17')).toMatchObject({ isWorkday: false, holidayName: '春节' })
  expect(find('2026-02-14')).toMatchObject({ isWorkday: true, holidayName: null })
  expect(find('2026-02-28')).toMatchObject({ isWorkday: true, holidayName: null })
  expect(find('2026-03-01')).toMatchObject({ isWorkday: false, holidayName: null })
})

test('working days skip holidays and count make-up Saturdays', () => {
  expect(calendar.addWorkdays('2026-02-13', 1)).toBe('2026-02-14')
  expect(calendar.addWorkdays('2026-02-14', 1)).toBe('2026-02-24')
  expect(calendar.addWorkdays('2026-02-14', 0)).toBe('2026-02-14')
  expect(calendar.workdaysBetween('2026-02-14', '2026-02-24')).toBe(1)
})

test('a year whose notice is not out yet knows weekends and says so', () => {
  expect(calendar.isPublished('2026-05-01')).toBe(true)
  expect(calendar.isPublished('2055-05-01')).toBe(false)
  expect(calendar.isWorkday('2055-05-01')).toBe(false)
  expect(calendar.isWorkday('2055-05-03')).toBe(true)
})

test('adding working days and counting them agree', () => {
  const date = fc.integer({ min: 0, max: 3600 }).map((offset) => addDays('2016-01-01', offset))
  fc.assert(
    fc.property(date, fc.integer({ min: 1, max: 60 }), (from, count) => {
      const to = calendar.addWorkdays(from, count)
      return calendar.workdaysBetween(from, to) === count && calendar.isWorkday(to)
    }),
  )
})

test('Mid-autumn within National Day is known as both', () => {
  const named = (day: string) => days.find((one) => one.day === day)?.holidayName
  expect(named('2020-10-01')).toBe('国庆节、中秋')
  expect(named('2020-10-02')).toBe('国庆节')
  expect(named('2025-10-06')).toBe('中秋')
})

test('the statutory days of years without a notice are days off, and begin where the notices end', () => {
  const ahead = statutoryDays()
  const next = lastPublishedYear() + 1
  const of = (holiday: string) =>
    ahead
      .filter(({ day, holidayName }) => day.startsWith(String(next)) && holidayName?.includes(holiday))
      .map(({ day }) => day)
  expect(ahead.every(({ day, isWorkday }) => !isWorkday && Number(day.slice(0, 4)) >= next)).toBe(true)
  expect(new Set(ahead.map(({ day }) => day)).size).toBe(ahead.length)
  expect(ahead.filter(({ day }) => days.some((known) => known.day === day))).toEqual([])
  expect(of('春节')).toHaveLength(4)
  expect(of('国庆节')).toHaveLength(3)
  for (const holiday of ['元旦', '清明', '端午', '中秋']) expect(of(holiday), holiday).toHaveLength(1)
})
