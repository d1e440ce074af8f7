import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Chance, chance } from '#demo/random.ts'
import { systemCaller } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import { createSampling, type Sampling } from '#rooms/alerts/index.ts'
import type { WorkingCalendar } from '#shared/calendar/index.ts'
import type { House } from '../house.ts'
import type { People } from './people.ts'
import { texts } from './texts.ts'

/** What drawing and judging the monthly samples needs of the demo's stage. */
export interface SampleStage {
  readonly house: Pick<House, 'database' | 'policies' | 'warehouse' | 'catalogue' | 'keys'>
  readonly clock: { now(): Date; set(at: string): void }
  readonly sampling: Sampling
  readonly people: People
  readonly calendar: WorkingCalendar
  note(day: CalendarDate, act: () => Promise<void>): void
}

/** The samples by the clock that goes through the past, from seeds that are the same in every demo. */
export function demoSampling(house: SampleStage['house'], clock: SampleStage['clock']): Sampling {
  let draws = 0
  return createSampling({
    ...house,
    clock,
    rulesOf: async (pack) => house.catalogue.filter((rule) => rule.pack === pack),
    personKey: house.keys.personKey,
    newSeed: () => {
      draws += 1
      return createHash('sha256').update(`demo draw ${draws}`).digest('hex').slice(0, 32)
    },
  })
}

/** Percent of drawn records in which somebody finds what the rules missed. */
const missedPercent = 2
/** Working days over which the officers judge a month's records. */
const judgingDays = 9

interface DrawnItem {
  readonly itemId: string
  readonly pack: string
  readonly orgPath: string
}

/** The early morning's draw. Its records are judged on the working days after, a few each day. */
export async function drawSamples(stage: SampleStage, day: CalendarDate): Promise<void> {
  stage.clock.set(`${day}T04:20:00+08:00`)
  if ((await stage.sampling.draws.drawDue()) === 0) return
  const items = await stage.house.database.asCaller(systemCaller, async (trx) => {
    const found = await sql<DrawnItem>`select i.item_id as "itemId", i.pack, i.org_path as "orgPath"
      from alerts.sample_item i join alerts.sample_draw d using (draw_id)
      where d.drawn_at = ${stage.clock.now()}::timestamptz order by i.pack, i.position`.execute(trx)
    return found.rows
  })
  for (const [place, item] of items.entries()) {
    const draw = chance(Number(day.replaceAll('-', '')) + place)
    const on = stage.calendar.addWorkdays(day, 1 + Math.floor((place * judgingDays) / items.length))
    stage.note(on, async () => {
      stage.clock.set(`${on}T${String(draw.between(9, 16)).padStart(2, '0')}:40:00+08:00`)
      await judge(stage, item, draw)
    })
  }
}

/** The rule that a person would have expected, where there is one for such a thing. */
const expected = { fiscal: 'ZF16', invoices: 'R01' } as const

async function judge({ sampling, people, house }: SampleStage, item: DrawnItem, draw: Chance): Promise<void> {
  const officer = people.officer(house.policies.get(item.pack)?.readers ?? [], item.orgPath)
  await sampling.reviewing.judge(officer, item.itemId, { version: 1, ...judgementOf(item.pack, draw) })
}

function judgementOf(pack: string, draw: Chance) {
  if (!draw.percent(missedPercent)) {
    return { outcome: 'no_finding', ...(draw.percent(10) ? { note: texts.nothingFound } : {}) } as const
  }
  return draw.percent(50)
    ? ({ outcome: 'missed', missedRule: 'none', note: texts.missedByNone } as const)
    : ({
        outcome: 'missed',
        missedRule: expected[pack as keyof typeof expected],
        note: texts.missedBy[pack as keyof typeof expected],
      } as const)
}
