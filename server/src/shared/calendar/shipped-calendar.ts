import chineseDays from 'chinese-days'
import { addDays, type CalendarDate } from '#ground/time/index.ts'

const { getDayDetail, getHolidaysInRange } = chineseDays

export interface CalendarDay {
  readonly day: CalendarDate
  readonly isWorkday: boolean
  /** The public holiday whose days off the day belongs to, in Chinese; null on all other days. */
  readonly holidayName: string | null
}

/** The first year kept: budgets of three years back need no more, and older cases bring their own dates. */
const firstYear = 2015
const lastYearEver = 2060

/**
 * The calendar of the State Council's yearly notices, as the library ships them: every day from 2015 to the end of the
 * last year whose notice it knows.
 */
export function shippedCalendar(): readonly CalendarDay[] {
  const days: CalendarDay[] = []
  const last = `${lastPublishedYear()}-12-31`
  for (let day = `${firstYear}-01-01`; day <= last; day = addDays(day, 1)) days.push(detailOf(day))
  return days
}

/** The last year whose notice on holidays the library knows. Later years are weekends only, and say so. */
export function lastPublishedYear(): number {
  let year = firstYear
  while (
    year < lastYearEver &&
    getHolidaysInRange(`${year + 1}-01-01`, `${year + 1}-12-31`, false).length > 0
  )
    year += 1
  return year
}

function detailOf(day: CalendarDate): CalendarDay {
  const { work, name } = getDayDetail(day)
  // Named days read "English,中文,days"; a plain day has its weekday's name only.
  const holiday = name.split(',')[1] ?? null
  return { day, isWorkday: work, holidayName: work ? null : holiday }
}
