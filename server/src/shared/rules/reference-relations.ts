import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { WarehouseSession } from '#ground/warehouse/index.ts'
import { type CalendarDay, shippedCalendar } from '#shared/calendar/index.ts'
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

/** The keyword groups that ship with the product; the console's edits replace them. */
export function shippedKeywords(folder = shippedRules): KeywordGroups {
  const file = join(folder, 'keywords.yaml')
  return existsSync(file) ? keywordFile.parse(parse(readFileSync(file, 'utf8'))) : { groups: [] }
}

/** From when the shipped configuration counts as in force: before any record that can be loaded. */
const sinceEver = '1990-01-01'

/** Fills the relations that the product itself hands to the rules, replacing what the session's tables held. */
export async function fillReferenceRelations(
  session: WarehouseSession,
  content: { keywords?: KeywordGroups; calendar?: readonly CalendarDay[] },
): Promise<void> {
  if (content.keywords) {
    await session.run('delete from keyword')
    await session.insert('keyword', columnsOf('keyword'), keywordRows(content.keywords))
  }
  if (content.calendar) {
    await session.run('delete from calendar_day')
    await session.insert(
      'calendar_day',
      columnsOf('calendar_day'),
      content.calendar.map(({ day, isWorkday, holidayName }) => [day, isWorkday, holidayName]),
    )
  }
}

/** The shipped configuration of keywords and calendar, for installations and for `evaluate`. */
export function shippedReference(): { keywords: KeywordGroups; calendar: readonly CalendarDay[] } {
  return { keywords: shippedKeywords(), calendar: shippedCalendar() }
}

function columnsOf(dataset: string): readonly string[] {
  return Object.keys(datasetByName(dataset)!.columns)
}

function keywordRows({ groups }: KeywordGroups): (string | boolean | null)[][] {
  return groups.flatMap((group) => {
    const kinds = {
      keyword: group.keywords,
      stop: group.stop,
      tax_class: group.tax_classes,
      short_class: group.short_classes,
    }
    return Object.entries(kinds).flatMap(([kind, list]) =>
      [...new Set(list)].map((word) => [
        group.code,
        group.name.zh,
        word,
        kind,
        group.level,
        group.prohibited,
        sinceEver,
        null,
      ]),
    )
  })
}
