import { expect, test } from 'vitest'
import { daysLeft, deskOf, type WorkItem } from './work-item.ts'

const item = (key: string, dueOn: string | null, since: string): WorkItem => ({
  key,
  kind: 'alert',
  title: key,
  about: '',
  level: null,
  dueOn,
  since,
  address: '/',
})

test('what is late stands apart, the rest by its end, and what is new once more', () => {
  const desk = deskOf(
    [
      item('no end', null, '2026-11-20T01:00:00Z'),
      item('today', '2026-11-25', '2026-11-23T15:59:59Z'),
      item('yesterday', '2026-11-24', '2026-11-23T16:00:00Z'),
      item('long ago', '2026-10-01', '2026-09-01T01:00:00Z'),
      item('tomorrow', '2026-11-26', '2026-11-25T01:00:00Z'),
    ],
    '2026-11-25',
  )
  expect(desk.late.map(({ key }) => key)).toEqual(['long ago', 'yesterday'])
  expect(desk.today.map(({ key }) => key)).toEqual(['today', 'tomorrow', 'no end'])
  // Yesterday begins at midnight in Shanghai.
  expect(desk.fresh.map(({ key }) => key)).toEqual(['tomorrow', 'yesterday'])
})

test('days are counted by the calendar, over the end of a year too', () => {
  expect(daysLeft('2027-01-01', '2026-12-30')).toBe(2)
  expect(daysLeft('2026-12-30', '2026-12-30')).toBe(0)
  expect(daysLeft('2026-12-01', '2026-12-30')).toBe(-29)
})
