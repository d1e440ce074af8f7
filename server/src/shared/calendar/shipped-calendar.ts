import chineseDays from 'chinese-days'
import { addDays, type CalendarDate } from '#ground/time/index.ts'

const { getDayDetail, getHolidaysInRange, getSolarDateFromLunar, getSolarTermDate } = chineseDays

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
  return { day, isWorkday: work, holidayName: work ? null : withMidAutumn(day, holiday) }
}

/** Where Mid-autumn falls within another holiday the notices name that one alone; the day is still Mid-autumn. */
function withMidAutumn(day: CalendarDate, holiday: string | null): string | null {
  if (holiday === null || holiday.includes(midAutumn)) return holiday
  return getSolarDateFromLunar(`${day.slice(0, 4)}-08-15`).date === day ? `${holiday}、${midAutumn}` : holiday
}

const midAutumn = '中秋'

/** Years beyond the last notice of which the statutory days are told: terms and rules look no further. */
const yearsAhead = 2

/**
 * The days off that the Measures on Public Holidays (全国年节及纪念日放假办法, as of 2025) fix by themselves, for the years
 * whose notice is not yet out: the festivals are certain before the State Council says which days around them are off.
 */
export function statutoryDays(): readonly CalendarDay[] {
  const next = lastPublishedYear() + 1
  return Array.from({ length: yearsAhead }, (_unused, place) => holidaysOf(next + place))
    .flat()
    .map(([day, holidayName]) => ({ day, isWorkday: false, holidayName }))
    .sort((one, other) => one.day.localeCompare(other.day))
}

function holidaysOf(year: number): readonly (readonly [CalendarDate, string])[] {
  const newYear = getSolarDateFromLunar(`${year}-01-01`).date
  return [
    [`${year}-01-01`, '元旦'],
    ...[-1, 0, 1, 2].map((days) => [addDays(newYear, days), '春节'] as const),
    [getSolarTermDate(year, 4, 'pure_brightness'), '清明'],
    [`${year}-05-01`, '劳动节'],
    [`${year}-05-02`, '劳动节'],
    [getSolarDateFromLunar(`${year}-05-05`).date, '端午'],
    ...[1, 2, 3].map(
      (day) => [`${year}-10-0${day}`, withMidAutumn(`${year}-10-0${day}`, '国庆节')!] as const,
    ),
    ...midAutumnOf(year),
  ]
}

/** Mid-autumn, unless it is one of the days of National Day. */
function midAutumnOf(year: number): readonly (readonly [CalendarDate, string])[] {
  const day = getSolarDateFromLunar(`${year}-08-15`).date
  return ['10-01', '10-02', '10-03'].includes(day.slice(5)) ? [] : [[day, midAutumn]]
}
