/** The ways to choose the period of a board. */
export const periodKinds = ['month', 'quarter', 'year', 'custom'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** Calendar days of Shanghai, both inclusive. */
export interface Period {
  readonly from: string
  readonly to: string
}

const dayLength = 86_400_000
const daysOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / dayLength
const dayOf = (days: number) => new Date(days * dayLength).toISOString().slice(0, 10)

const monthsOf: Readonly<Record<Exclude<PeriodKind, 'custom'>, number>> = { month: 1, quarter: 3, year: 12 }

/** The month, quarter or year under way, up to today. */
export function currentPeriod(kind: Exclude<PeriodKind, 'custom'>, today: string): Period {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const length = monthsOf[kind]
  const first = Math.floor((month - 1) / length) * length
  return { from: new Date(Date.UTC(year, first, 1)).toISOString().slice(0, 10), to: today }
}

/**
 * What a period is compared with: the same days of the month, quarter or year before (a period under way is compared with
 * as much of the one before), and for days chosen freely as many days right before them.
 */
export function periodBefore(kind: PeriodKind, { from, to }: Period): Period {
  if (kind === 'custom') {
    const length = daysOf(to) - daysOf(from) + 1
    return { from: dayOf(daysOf(from) - length), to: dayOf(daysOf(from) - 1) }
  }
  return { from: monthsEarlier(from, monthsOf[kind]), to: monthsEarlier(to, monthsOf[kind]) }
}

/** The same day some months earlier; in a shorter month its last day. */
function monthsEarlier(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** Every month of a period, `YYYY-MM`, so that a month without anything has its place in a trend. */
export function monthsWithin({ from, to }: Period): readonly string[] {
  const [year = 0, month = 1] = from.split('-').map(Number)
  const [lastYear = 0, lastMonth = 1] = to.split('-').map(Number)
  const count = (lastYear - year) * 12 + lastMonth - month + 1
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(year, month - 1 + index, 1)).toISOString().slice(0, 7),
  )
}
