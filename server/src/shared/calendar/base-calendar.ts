import { addDays } from '#ground/time/index.ts'
import { type CalendarDay, lastPublishedYear, shippedCalendar } from './shipped-calendar.ts'
import { workingCalendar } from './working-calendar.ts'

export interface BaseCalendar {
  readonly years: readonly { readonly year: number; readonly published: boolean }[]
  readonly days: readonly CalendarDay[]
}

/** Terms run over the turn of the year, so two years beyond the last notice are covered, by weekdays alone. */
const provisionalYears = 2

/** The shipped calendar and the provisional years behind it, which are marked as not published. */
export function baseCalendar(): BaseCalendar {
  const shipped = shippedCalendar()
  const last = lastPublishedYear()
  const { isWorkday } = workingCalendar(shipped)
  const days = [...shipped]
  for (let day = `${last + 1}-01-01`; day <= `${last + provisionalYears}-12-31`; day = addDays(day, 1)) {
    days.push({ day, isWorkday: isWorkday(day), holidayName: null })
  }
  const years = [...new Set(days.map(({ day }) => Number(day.slice(0, 4))))]
  return { years: years.map((year) => ({ year, published: year <= last })), days }
}
