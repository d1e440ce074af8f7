import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { BaseCalendar } from './base-calendar.ts'
import type { CalendarYear, CorrectionInput } from './calendar.schema.ts'
import type { CalendarDay } from './shipped-calendar.ts'

export async function takeBase(trx: Trx, base: BaseCalendar): Promise<void> {
  await sql`select calendar.take_base(
    ${base.years.map(({ year }) => year)}::int[], ${base.years.map((year) => year.published)}::boolean[],
    ${base.days.map(({ day }) => day)}::date[], ${base.days.map((day) => day.isWorkday)}::boolean[],
    ${base.days.map((day) => day.holidayName)}::text[])`.execute(trx)
}

export async function readDay(trx: Trx, day: CalendarDate): Promise<{ isWorkday: boolean } | undefined> {
  const { rows } = await sql<{ isWorkday: boolean }>`
    select is_workday as "isWorkday" from calendar.day where on_date = ${day}::date`.execute(trx)
  return rows[0]
}

export async function readWorkday(trx: Trx, from: CalendarDate, days: number): Promise<CalendarDate> {
  const { rows } = await sql<{ day: CalendarDate }>`
    select calendar.add_workdays(${from}::date, ${days}::int) as day`.execute(trx)
  return rows[0]!.day
}

export async function readWorkdaysBetween(
  trx: Trx,
  from: CalendarDate,
  to: CalendarDate,
): Promise<number | null> {
  const { rows } = await sql<{ days: number | null }>`
    select calendar.workdays_between(${from}::date, ${to}::date) as days`.execute(trx)
  return rows[0]!.days
}

export async function readYear(trx: Trx, year: number): Promise<CalendarYear | undefined> {
  const { rows: years } = await sql<{ published: boolean }>`
    select published from calendar.year where year = ${year}`.execute(trx)
  if (!years[0]) return undefined
  const from = `${year}-01-01`
  const to = `${year}-12-31`
  const { rows: days } = await sql<CalendarYear['days'][number]>`
    select on_date as "onDate", is_workday as "isWorkday", holiday_zh as holiday, corrected
    from calendar.day where on_date between ${from}::date and ${to}::date order by on_date`.execute(trx)
  const { rows: corrections } = await sql<CalendarYear['corrections'][number]>`
    select correction_id as "correctionId", on_date as "onDate", is_workday as "isWorkday", holiday_zh as holiday,
      reason, made_by as "madeBy", made_at::text as "madeAt"
    from calendar.correction where on_date between ${from}::date and ${to}::date order by correction_id desc`.execute(
    trx,
  )
  return { year, published: years[0].published, days, corrections }
}

/** Every day whose kind is known, with its corrections: of published years, and what was corrected in others. */
export async function readKnownDays(trx: Trx): Promise<readonly CalendarDay[]> {
  const { rows } = await sql<CalendarDay>`
    select d.on_date as day, d.is_workday as "isWorkday", d.holiday_zh as "holidayName"
    from calendar.day d join calendar.year y on y.year = extract(year from d.on_date)
    where y.published or d.corrected order by d.on_date`.execute(trx)
  return rows
}

export async function insertCorrection(trx: Trx, input: CorrectionInput): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select calendar.correct(${input.onDate}::date, ${input.isWorkday}::boolean, ${input.holiday}, ${input.reason}) as id`.execute(
    trx,
  )
  return rows[0]!.id
}
