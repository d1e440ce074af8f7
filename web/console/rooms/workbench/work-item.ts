import type { Level } from '../../../kit/index.ts'

/** What waits for the person, of whatever room. */
export interface WorkItem {
  readonly key: string
  /** What kind of work it is: a key below `workbench.kinds`. */
  readonly kind: string
  readonly title: string
  /** Number of the record, and whom it concerns. */
  readonly about: string
  readonly level: Level | null
  /** Calendar date in Asia/Shanghai; null where nothing ends. */
  readonly dueOn: string | null
  /** Instant since which it waits. */
  readonly since: string
  readonly address: string
}

/** The three columns of the workbench. */
export interface Desk {
  readonly today: readonly WorkItem[]
  readonly late: readonly WorkItem[]
  readonly fresh: readonly WorkItem[]
}

/**
 * Sorts what waits by the time that is left: what is late apart, the most late first; the rest by its end, what has none
 * last; and once more what came since the beginning of yesterday, the newest first.
 * @param today calendar date in Asia/Shanghai
 */
export function deskOf(items: readonly WorkItem[], today: string): Desk {
  const byEnd = (one: WorkItem, other: WorkItem) =>
    (one.dueOn ?? '9999').localeCompare(other.dueOn ?? '9999') || one.since.localeCompare(other.since)
  const late = items.filter(({ dueOn }) => dueOn !== null && dueOn < today).toSorted(byEnd)
  const open = items.filter(({ dueOn }) => dueOn === null || dueOn >= today).toSorted(byEnd)
  const sinceWhen = startOfYesterday(today)
  const fresh = items
    .filter(({ since }) => new Date(since) >= sinceWhen)
    .toSorted((one, other) => Date.parse(other.since) - Date.parse(one.since))
  return { today: open, late, fresh }
}

function startOfYesterday(today: string): Date {
  const start = new Date(`${today}T00:00:00+08:00`)
  return new Date(start.getTime() - 86_400_000)
}

/** Calendar days from today to the end; negative once it has passed. */
export function daysLeft(dueOn: string, today: string): number {
  return Math.round((Date.parse(`${dueOn}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000)
}
