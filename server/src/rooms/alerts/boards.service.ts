import type { Caller, Database, Trx } from '#ground/database/index.ts'
import type { CalendarDate, Clock } from '#ground/time/index.ts'
import type { AlertFilter } from './alerts.schema.ts'
import {
  byDivision,
  byLevel,
  byRule,
  byState,
  type Figure,
  levelsByDay,
  type TrendBasis,
  topCategories,
  topUnits,
  trendByMonth,
} from './boards.store.ts'
import {
  type AlertTotals,
  countFacet,
  type FacetName,
  type FacetValue,
  readNamedTotals,
  readTotals,
} from './facets.store.ts'
import { momentOf } from './handling.service.ts'
import {
  type RulePrecision,
  type RulePrecisionSoFar,
  readPrecision,
  readPrecisionSoFar,
} from './precision.store.ts'

export { facetNames } from './facets.store.ts'

export const boardParts = [
  'headline',
  'trend',
  'days',
  'levels',
  'states',
  'rules',
  'units',
  'categories',
  'divisions',
  'ageing',
] as const
/** What a board shows where nothing is named; single days are for short periods. */
export const usualParts = boardParts.filter((part) => part !== 'days')
export type BoardPart = (typeof boardParts)[number]

/** A board, or some parts of it: every figure carries the filter that lists its rows, and agrees with them. */
export type Board = Partial<Record<BoardPart, readonly Figure[]>>

/** Counting what the caller sees: boards, facets, totals and the precision of rules. */
export interface Boards {
  board(caller: Caller, filter: AlertFilter, parts: readonly BoardPart[], basis: TrendBasis): Promise<Board>
  facets(
    caller: Caller,
    filter: AlertFilter,
    names: readonly FacetName[],
  ): Promise<Readonly<Record<string, readonly FacetValue[]>>>
  totals(caller: Caller, filter: AlertFilter): Promise<AlertTotals>
  precision(caller: Caller, filter: AlertFilter): Promise<readonly RulePrecision[]>
  /** By rule over all months, in numbers alone. */
  precisionSoFar(caller: Caller): Promise<readonly RulePrecisionSoFar[]>
}

export function createBoards(dependencies: { database: Database; clock: Clock }): Boards {
  const { database, clock } = dependencies
  const reading = <T>(caller: Caller, read: (trx: Trx, today: CalendarDate) => Promise<T>) =>
    database.asCaller(caller, (trx) => read(trx, momentOf(clock).today))
  return {
    board: (caller, filter, parts, basis) =>
      reading(caller, async (trx, today) => {
        const board: Board = {}
        for (const part of parts) {
          board[part] =
            part === 'trend'
              ? await trendByMonth(trx, filter, today, basis)
              : part === 'divisions'
                ? await byDivision(trx, filter, today, filter.under ?? caller.scope)
                : await readers[part](trx, filter, today)
        }
        return board
      }),
    facets: (caller, filter, names) =>
      reading(caller, async (trx, today) => {
        const counted: Record<string, readonly FacetValue[]> = {}
        for (const name of names) counted[name] = await countFacet(trx, name, filter, today)
        return counted
      }),
    totals: (caller, filter) => reading(caller, (trx, today) => readTotals(trx, filter, today)),
    precision: (caller, filter) => reading(caller, (trx, today) => readPrecision(trx, filter, today)),
    precisionSoFar: (caller) => reading(caller, readPrecisionSoFar),
  }
}

const readers = {
  headline: readHeadline,
  days: levelsByDay,
  levels: byLevel,
  states: byState,
  rules: byRule,
  units: topUnits,
  categories: topCategories,
  ageing: readAgeing,
}

/** States in which an alert is still to be handled. */
const openStates: NonNullable<AlertFilter['state']> = [
  'raised',
  'held',
  'dispatched',
  'explained',
  'doubtful',
  'rectifying',
  'rectified',
]

/** The figures above the fold. The on-time rate is `on_time` over `on_time` + `late`. */
function headlines(filter: AlertFilter): Readonly<Record<string, AlertFilter>> {
  return {
    raised: filter,
    open: { ...filter, state: openStates },
    overdue: { ...filter, overdue: true },
    closed: { ...filter, state: ['closed'] },
    violations: { ...filter, verdict: ['violation', 'irregular'] },
    recovered: { ...filter, recovered: true },
    on_time: { ...filter, onTime: true },
    late: { ...filter, onTime: false },
    handed_on: { ...filter, handedOn: true },
  }
}

async function readHeadline(trx: Trx, filter: AlertFilter, today: CalendarDate): Promise<Figure[]> {
  return readNamed(trx, headlines(filter), today)
}

async function readAgeing(trx: Trx, filter: AlertFilter, today: CalendarDate): Promise<Figure[]> {
  const ages = ['week', 'month', 'quarter', 'older'] as const
  return readNamed(trx, Object.fromEntries(ages.map((age) => [age, { ...filter, age }])), today)
}

async function readNamed(
  trx: Trx,
  named: Readonly<Record<string, AlertFilter>>,
  today: CalendarDate,
): Promise<Figure[]> {
  const totals = await readNamedTotals(trx, named, today)
  return Object.entries(named).map(([key, filter]) => {
    const { count, amount, recoveredAmount } = totals.get(key)!
    return { key, count, amount, recovered: recoveredAmount, filter }
  })
}
