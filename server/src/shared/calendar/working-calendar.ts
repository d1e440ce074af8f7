import { addDays, type CalendarDate } from '#ground/time/index.ts'
import type { CalendarDay } from './shipped-calendar.ts'

/** Counts working days (工作日) in Asia/Shanghai, make-up days included. */
export interface WorkingCalendar {
  isWorkday(date: CalendarDate): boolean
  /** The date `days` working days after `date`; the day itself does not count (民法典 §201). */
  addWorkdays(date: CalendarDate, days: number): CalendarDate
  /** Working days after `from` up to and including `to`; negative when `to` is earlier. */
  workdaysBetween(from: CalendarDate, to: CalendarDate): number
  /** Whether the holidays of the date's year have been published; otherwise only weekends are known. */
  isPublished(date: CalendarDate): boolean
}

export function workingCalendar(days: readonly CalendarDay[]): WorkingCalendar {
  const known = new Map(days.map((day) => [day.day, day.isWorkday]))
  const years = new Set(days.map((day) => day.day.slice(0, 4)))
  const isWorkday = (date: CalendarDate) => known.get(date) ?? !isWeekend(date)
  return {
    isWorkday,
    addWorkdays: (date, count) => {
      let current = date
      for (let left = count; left > 0; ) {
        current = addDays(current, 1)
        if (isWorkday(current)) left -= 1
      }
      return current
    },
    workdaysBetween: (from, to) => {
      const [early, late, sign] = from <= to ? [from, to, 1] : [to, from, -1]
      let count = 0
      for (let day = addDays(early, 1); day <= late; day = addDays(day, 1)) if (isWorkday(day)) count += 1
      return sign * count
    },
    isPublished: (date) => years.has(date.slice(0, 4)),
  }
}

function isWeekend(date: CalendarDate): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6
}
