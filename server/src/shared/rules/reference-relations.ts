import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { addDays, type CalendarDate } from '#ground/time/index.ts'
import type { WarehouseSession } from '#ground/warehouse/index.ts'
import { type CalendarDay, shippedCalendar, statutoryDays } from '#shared/calendar/index.ts'
import { datasetByName } from '#shared/datasets/index.ts'
import { shippedRules } from './catalogue.ts'
import { levels } from './rule.schema.ts'

const bilingual = z.strictObject({ zh: z.string(), en: z.string() })
const words = z.array(z.string().min(1)).default([])

const keywordFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      code: z.string(),
      name: bilingual,
      level: z.enum(levels),
      prohibited: z.boolean(),
      keywords: words,
      stop: words,
      tax_classes: words,
      short_classes: words,
    }),
  ),
})

export type KeywordGroups = z.infer<typeof keywordFile>

/** A keyword group as it was from one day to another; without days it is as it always was. */
export type DatedKeywordGroup = KeywordGroups['groups'][number] & {
  readonly validFrom?: CalendarDate
  readonly validTo?: CalendarDate | null
}

/** A row of `rule_exception`; an empty column does not restrict. */
export interface GrantedException {
  readonly exception_id: string
  readonly rule_code: string
  readonly unit_code: string | null
  readonly economic_code: string | null
  readonly counterparty: string | null
  readonly approval_no: string
  readonly reason: string
  readonly valid_from: CalendarDate
  readonly valid_to: CalendarDate
}

/** The keyword groups that ship with the product; the console's edits replace them. */
export function shippedKeywords(folder = shippedRules): KeywordGroups {
  const file = join(folder, 'keywords.yaml')
  return existsSync(file) ? keywordFile.parse(parse(readFileSync(file, 'utf8'))) : { groups: [] }
}

/** From when the shipped configuration counts as in force: before any record that can be loaded. */
export const sinceEver = '1990-01-01'

/** Fills the relations that the product itself hands to the rules, replacing what the session's tables held. */
export async function fillReferenceRelations(
  session: WarehouseSession,
  content: {
    keywords?: { readonly groups: readonly DatedKeywordGroup[] }
    calendar?: readonly CalendarDay[]
    exceptions?: readonly GrantedException[]
  },
): Promise<void> {
  if (content.keywords) {
    await session.run('delete from keyword')
    await session.insert('keyword', columnsOf('keyword'), keywordRows(content.keywords.groups))
  }
  if (content.calendar) {
    await session.run('delete from calendar_day')
    await session.insert(
      'calendar_day',
      columnsOf('calendar_day'),
      content.calendar.map(({ day, isWorkday, holidayName }) => [day, isWorkday, holidayName]),
    )
  }
  if (content.exceptions) {
    const columns = columnsOf('rule_exception')
    await session.run('delete from rule_exception')
    await session.insert(
      'rule_exception',
      columns,
      content.exceptions.map((row) => columns.map((name) => row[name as keyof GrantedException])),
    )
  }
}

/** The shipped configuration of keywords and calendar, for installations and for `evaluate`. */
export function shippedReference(): { keywords: KeywordGroups; calendar: readonly CalendarDay[] } {
  return { keywords: shippedKeywords(), calendar: [...shippedCalendar(), ...statutoryDays()] }
}

function columnsOf(dataset: string): readonly string[] {
  return Object.keys(datasetByName(dataset)!.columns)
}

interface KeywordRow {
  readonly values: readonly (string | boolean)[]
  readonly from: CalendarDate
  to: CalendarDate | null
}

/** A row for each word; what a group's next version leaves as it was stays one row over both times. */
function keywordRows(groups: readonly DatedKeywordGroup[]): (string | boolean | null)[][] {
  const newest = new Map<string, KeywordRow>()
  const rows: KeywordRow[] = []
  for (const group of groups) {
    const from = group.validFrom ?? sinceEver
    const to = group.validTo ?? null
    for (const values of wordsOf(group)) {
      const key = JSON.stringify(values)
      const before = newest.get(key)
      if (before && before.to !== null && addDays(before.to, 1) === from) {
        before.to = to
        continue
      }
      const row = { values, from, to }
      newest.set(key, row)
      rows.push(row)
    }
  }
  return rows.map(({ values, from, to }) => [...values, from, to])
}

function wordsOf(group: DatedKeywordGroup): (string | boolean)[][] {
  const kinds = {
    keyword: group.keywords,
    stop: group.stop,
    tax_class: group.tax_classes,
    short_class: group.short_classes,
  }
  return Object.entries(kinds).flatMap(([kind, list]) =>
    [...new Set(list)].map((word) => [group.code, group.name.zh, word, kind, group.level, group.prohibited]),
  )
}
