import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { addDays } from '#ground/time/index.ts'
import { createCalendar } from './calendar.service.ts'

const database = await createTestDatabase()
const calendar = createCalendar({ database })
const officer = {
  userId: '01900000-0000-7000-8000-000000000001',
  scope: '46',
  roles: ['information_officer'],
}
const after = (from: string, days: number) =>
  database.asCaller(officer, (trx) => calendar.addWorkdays(trx, from, days))

beforeAll(() => calendar.load())

test('the National Day week of 2026 is off, its make-up Saturday is worked', async () => {
  const workday = (day: string) => database.asCaller(officer, (trx) => calendar.isWorkday(trx, day))
  expect(await workday('2026-10-01')).toBe(false)
  expect(await workday('2026-10-07')).toBe(false)
  expect(await workday('2026-10-10')).toBe(true)
  expect(await workday('2026-10-11')).toBe(false)
})

test('terms skip holidays, count make-up days and roll on from a day off', async () => {
  expect(await after('2026-09-29', 2)).toBe('2026-10-08')
  expect(await after('2026-10-09', 1)).toBe('2026-10-10')
  expect(await after('2026-10-03', 0)).toBe('2026-10-08')
  expect(await after('2026-10-08', 0)).toBe('2026-10-08')
  expect(await after('2026-10-08', -1)).toBe('2026-09-30')
  expect(await after('2026-10-03', -1)).toBe('2026-09-30')
})

test('adding and counting agree for every date and term', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 1, max: 60 }),
      async (offset, days) => {
        const from = addDays('2018-01-01', offset)
        const to = await after(from, days)
        const between = await database.asCaller(officer, (trx) => calendar.workdaysBetween(trx, from, to))
        expect(between).toBe(days)
      },
    ),
    { numRuns: 40 },
  )
})

test('a year without notice says so and has weekends only', async () => {
  const years = await database.owner<{ year: number; published: boolean }>('select * from calendar.year')
  const open = years.filter((year) => !year.published).map((year) => year.year)
  expect(open.length).toBeGreaterThan(0)
  const year = await calendar.year(officer, Math.max(...open))
  expect(year.published).toBe(false)
  expect(year.days.filter((day) => day.holiday)).toEqual([])
})

test('a correction counts at once, with who and why, can be taken back, and outlives a new start', async () => {
  const input = { onDate: '2026-11-25', isWorkday: false, holiday: null, reason: '台风停工通知' }
  const year = await calendar.correct(officer, input)
  expect(year.corrections[0]).toMatchObject({ ...input, madeBy: officer.userId })
  expect(await after('2026-11-24', 1)).toBe('2026-11-26')
  await calendar.correct(officer, { ...input, isWorkday: null, reason: '通知撤回' })
  expect(await after('2026-11-24', 1)).toBe('2026-11-25')
  await calendar.correct(officer, input)
  await calendar.load()
  expect(await after('2026-11-24', 1)).toBe('2026-11-26')
})

test('a day that no calendar covers is refused with the date', async () => {
  const input = { onDate: '2199-01-01', isWorkday: false, holiday: null, reason: '遥远的日子' }
  await expect(calendar.correct(officer, input)).rejects.toMatchObject({ code: 'calendar.beyond' })
  await expect(after('2026-11-24', 100_000)).rejects.toMatchObject({ code: '22008' })
})
