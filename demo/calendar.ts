import chineseDays from 'chinese-days'

const dayMilliseconds = 86_400_000

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10)
}

export function isWorkday(date: string): boolean {
  return chineseDays.isWorkday(date)
}

/** Whether the day belongs to a public holiday's days off. */
export function isHoliday(date: string): boolean {
  const { work, name } = chineseDays.getDayDetail(date)
  return !work && name.includes(',')
}

/** The working days from one date to another that lie at least `away` days from every public holiday. */
export function quietWorkdays(from: string, to: string, away: number): readonly string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const near = Array.from({ length: away * 2 + 1 }, (_unused, offset) => addDays(day, offset - away))
    if (isWorkday(day) && !near.some(isHoliday)) days.push(day)
  }
  return days
}
