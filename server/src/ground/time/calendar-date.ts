/** A calendar date in Asia/Shanghai, `YYYY-MM-DD`. Not an instant. */
export type CalendarDate = string

const dayMilliseconds = 86_400_000
const shanghaiOffset = 8 * 3_600_000

/** The calendar date in Asia/Shanghai (UTC+8, no summer time since 1992) of an instant. */
export function shanghaiDate(instant: Date): CalendarDate {
  return new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 10)
}

/** `YYYY-MM-DD HH:mm` in Asia/Shanghai, as lists show it. */
export function shanghaiTime(instant: Date): string {
  return new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 16).replace('T', ' ')
}

/** Whether the text is a date that exists, in the form `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === text
}

/** The date `days` calendar days later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10)
}

/** Calendar days from the first date to the second. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMilliseconds)
}

/** The month `YYYY-MM` of a date. */
export function monthOf(date: CalendarDate): string {
  return date.slice(0, 7)
}
