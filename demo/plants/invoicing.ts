import { addDays, isHoliday, isWorkday, quietWorkdays } from '../calendar.ts'
import { type Book, type Draft, type Issued, type Line, newSeller } from '../invoicing/book.ts'
import type { DemoUnit, World } from '../world.ts'
import { someUnit } from './planting.ts'

/** Days that a planted invoice keeps from a public holiday unless it is about holidays. */
const away = 4
const days = quietWorkdays('2025-02-01', '2026-09-30', away)
const quiet = new Set(days)

/** A quiet working day; the days that lie `offsets` days from it are quiet too. */
export function someQuietDay(world: World, ...offsets: readonly number[]): string {
  for (;;) {
    const day = world.chance.pick(days)
    if (offsets.every((offset) => quiet.has(addDays(day, offset)))) return day
  }
}

/** The first quiet working day from a day on. */
export function quietFrom(day: string): string {
  return days.find((one) => one >= day)!
}

/** Days of weekends and holidays between two dates, by what they are. */
export function specialDays(
  from: string,
  to: string,
): {
  readonly holidays: readonly string[]
  /** Working days at most three days from a holiday. */
  readonly nearHolidays: readonly string[]
  readonly weekends: readonly string[]
  /** Weekends on which work is made up, more than three days from a holiday. */
  readonly madeUp: readonly string[]
  /** Working days four days from a holiday, and no nearer. */
  readonly fourDaysAway: readonly string[]
} {
  const found = { holidays: [], nearHolidays: [], weekends: [], madeUp: [], fourDaysAway: [] } as Record<
    'holidays' | 'nearHolidays' | 'weekends' | 'madeUp' | 'fourDaysAway',
    string[]
  >
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const distance = [0, 1, 2, 3, 4].find(
      (days) => isHoliday(addDays(day, days)) || isHoliday(addDays(day, -days)),
    )
    const isWeekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
    if (distance === 0) found.holidays.push(day)
    else if (distance !== undefined && distance < 4) {
      if (isWorkday(day)) found.nearHolidays.push(day)
    } else if (!isWorkday(day)) found.weekends.push(day)
    else if (isWeekend) found.madeUp.push(day)
    else if (distance === 4) found.fourDaysAway.push(day)
  }
  return found
}

/** Fen that are no whole yuan, between two sums of yuan. */
export function oddFen(world: World, from: number, to: number): number {
  return world.chance.between(from, to - 1) * 100 + world.chance.between(1, 99)
}

/** An article that no rule has anything to say to. */
export const plain = (fen: number): Line => ({ item: '线路改造材料', fen, classCode: '108020000' })

/**
 * Issues an invoice that no rule minds, with the differences that make it a plant. Unless they say otherwise it comes
 * from a seller of its own on a quiet day, for a few hundred yuan, to a unit that may still spend on such things.
 */
export function sell(book: Book, sale: Partial<Draft> = {}): Issued {
  const { world } = book
  const lines = sale.lines ?? (sale.fen === undefined ? [plain(oddFen(world, 300, 900))] : [])
  for (;;) {
    const unit: DemoUnit = sale.unit ?? someUnit(world)
    const on = sale.on ?? someQuietDay(world)
    const sum = lines.reduce((total, { fen }) => total + fen, 0)
    const hasRoom = lines.every(({ item }) => book.spending.room(unit.code, on, item) >= sum)
    if (!hasRoom && !(sale.unit && sale.on)) continue
    return book.issue({ ...sale, unit, on, lines, seller: sale.seller ?? newSeller(world) })
  }
}

/** Issues the same and takes it back at once in the way of the turn: voided, or reversed the next day. */
export function sellInVain(book: Book, sale: Partial<Draft>, turn: number): Issued {
  if (turn % 2 === 0) return sell(book, { ...sale, changes: { ...sale.changes, invoice_state: 'void' } })
  const issued = sell(book, { ...sale, claim: false })
  book.reverse(issued, addDays(issued.draft.on, 1))
  return issued
}
