import { type Caller, type Database, systemCaller, type Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { baseCalendar } from './base-calendar.ts'
import type { CalendarYear, CorrectionInput } from './calendar.schema.ts'
import {
  insertCorrection,
  readDay,
  readKnownDays,
  readWorkday,
  readWorkdaysBetween,
  readYear,
  takeBase,
} from './calendar.store.ts'
import { type CalendarDay, statutoryDays } from './shipped-calendar.ts'

export const beyondCalendar = defineError(
  'calendar.beyond',
  422,
  '工作日历未覆盖该日期（{date}），请由信息中心维护日历。',
  'The working calendar does not cover {date}; ask the information centre to maintain it.',
)

export interface Calendar {
  /** Brings the shipped calendar into the store; run at every start, changes nothing the second time. */
  load(): Promise<void>
  isWorkday(trx: Trx, day: CalendarDate): Promise<boolean>
  /** The n-th working day after (before, when negative) the date; 0: the date, or the next working day. */
  addWorkdays(trx: Trx, from: CalendarDate, days: number): Promise<CalendarDate>
  /** Working days after `from` up to and including `to`; negative when `to` is earlier. */
  workdaysBetween(trx: Trx, from: CalendarDate, to: CalendarDate): Promise<number>
  year(caller: Caller, year: number): Promise<CalendarYear>
  /** Every day whose kind is known, corrections included, and the statutory days of years without a notice: what the rules read. */
  knownDays(trx: Trx): Promise<readonly CalendarDay[]>
  /** Says what a day is, with a reason; kept as a version. Open terms follow with the next run of the deadlines. */
  correct(caller: Caller, input: CorrectionInput): Promise<CalendarYear>
}

export function createCalendar(dependencies: { database: Database }): Calendar {
  const { database } = dependencies
  return {
    load: () => database.asCaller(systemCaller, (trx) => takeBase(trx, baseCalendar())),
    isWorkday: async (trx, day) => {
      const found = await readDay(trx, day)
      if (!found) throw beyondCalendar({ date: day })
      return found.isWorkday
    },
    addWorkdays: readWorkday,
    workdaysBetween: async (trx, from, to) => {
      const days = await readWorkdaysBetween(trx, from, to)
      if (days === null) throw beyondCalendar({ date: to })
      return days
    },
    year: (caller, year) => database.asCaller(caller, (trx) => existingYear(trx, year)),
    knownDays: async (trx) => {
      const known = await readKnownDays(trx)
      const said = new Set(known.map(({ day }) => day))
      return [...known, ...statutoryDays().filter(({ day }) => !said.has(day))]
    },
    correct: (caller, input) =>
      database.asCaller(caller, async (trx) => {
        if (!(await readDay(trx, input.onDate))) throw beyondCalendar({ date: input.onDate })
        const id = await insertCorrection(trx, input)
        await recordAudit(trx, {
          action: 'calendar.correct',
          object: { kind: 'calendar_correction', id },
          purpose: input.reason,
          detail: { day: input.onDate, workday: input.isWorkday },
        })
        return existingYear(trx, Number(input.onDate.slice(0, 4)))
      }),
  }
}

async function existingYear(trx: Trx, year: number): Promise<CalendarYear> {
  const found = await readYear(trx, year)
  if (!found) throw beyondCalendar({ date: String(year) })
  return found
}
