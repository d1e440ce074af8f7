import {
  openQuickEngine,
  type PreparedQuery,
  quoted,
  type WarehouseSession,
} from '#ground/warehouse/index.ts'
import { allBlanks, checkedRows } from './checks-sql.ts'
import type { Column, Dataset } from './dataset.ts'
import type { RowFault } from './faults.ts'

/** A record as JSON has it: a value for each column, under the column's name. */
export type PostedRecord = Readonly<Record<string, unknown>>

/** A fault of one record; `row` is its place in the list, from 0. */
export type RecordFault = RowFault & { readonly row: number }

/** Checked records, until the next call of `check`. */
export interface CheckedRecords {
  readonly faults: readonly RecordFault[]
  /** Where the good rows can be read, and the query: every column of the dataset, typed, in its order. */
  readonly session: WarehouseSession
  /** @param without places of records that are to be left out although nothing is wrong with them */
  goodRows(without: ReadonlySet<number>): string
}

/** The checks of the csv files, for records that come one by one or some thousand at a time. */
export interface RecordChecks {
  check(dataset: Dataset, records: readonly PostedRecord[]): Promise<CheckedRecords>
  close(): Promise<void>
}

/** The planned statements of one dataset. */
interface Plan {
  readonly empty: () => Promise<void>
  readonly judge: PreparedQuery
  readonly faulty: PreparedQuery
  readonly repeated: PreparedQuery
}

/** A few thousand records need a few megabytes; the rest is the engine's own. */
const memoryMegabytes = 200

/** Opens the engine of the checks. One piece of work at a time. */
export async function openRecordChecks(allowDemo: boolean): Promise<RecordChecks> {
  const engine = await openQuickEngine({ memoryMegabytes })
  const plans = new Map<string, Plan>()
  const planOf = async (dataset: Dataset) => {
    const plan = plans.get(dataset.name) ?? (await makePlan(dataset))
    plans.set(dataset.name, plan)
    return plan
  }
  const makePlan = async (dataset: Dataset): Promise<Plan> => {
    const { texts, checked } = tablesOf(dataset)
    const names = Object.keys(dataset.columns)
    await engine.session.run(
      `create table ${texts} (row_no integer, ${names.map((name) => `${quoted(name)} varchar`).join(', ')})`,
    )
    const source = { from: texts, present: names, rowNumber: 'row_no', blanks: allBlanks, allowDemo }
    await engine.session.run(`create table ${checked} as ${checkedRows(dataset, source)}`)
    return {
      empty: async () => {
        await engine.session.run(`delete from ${texts}`)
        await engine.session.run(`delete from ${checked}`)
      },
      judge: await engine.prepare(`insert into ${checked} ${checkedRows(dataset, source)}`),
      faulty: await engine.prepare(
        `select row_no, faults from ${checked} where faults is not null order by row_no`,
      ),
      repeated: await engine.prepare(repeatedKeys(dataset, checked)),
    }
  }
  return {
    check: async (dataset, records) => {
      const plan = await planOf(dataset)
      await plan.empty()
      const cells = records.map((record) => cellsOf(dataset, record))
      await engine.append(
        `texts_${dataset.name}`,
        cells.map((row, place) => [place, ...row.texts]),
      )
      await plan.judge.run()
      const faults = [
        ...cells.flatMap(({ faults }, place) => faults.map((fault) => ({ ...fault, row: place }))),
        ...(await plan.faulty.rows()).flatMap((row) => faultsOf(dataset, row, records)),
        ...(await plan.repeated.rows()).map((row) => repeatedFault(dataset, row, records)),
      ]
      return {
        faults: onePerField(faults),
        session: engine.session,
        goodRows: (without) => goodRows(dataset, without),
      }
    },
    close: engine.close,
  }
}

function tablesOf({ name }: Dataset) {
  return { texts: quoted(`texts_${name}`), checked: quoted(`checked_${name}`) }
}

function goodRows(dataset: Dataset, without: ReadonlySet<number>): string {
  const columns = Object.keys(dataset.columns).map(quoted).join(', ')
  const left = without.size > 0 ? ` and row_no not in (${[...without].join(', ')})` : ''
  return `select ${columns} from ${tablesOf(dataset).checked} where faults is null${left}`
}

/** As with files: an empty part of a key equals another, and the first of several good records keeps the key. */
function repeatedKeys(dataset: Dataset, checked: string): string {
  const key = dataset.key.map((name) => `coalesce(cast(${quoted(name)} as varchar), '')`).join(', ')
  return `select row_no, first_row from (
    select row_no, min(row_no) over (partition by ${key}) as first_row from ${checked} where faults is null
  ) k where first_row < row_no order by row_no`
}

function faultsOf(
  dataset: Dataset,
  row: Readonly<Record<string, unknown>>,
  records: readonly PostedRecord[],
): RecordFault[] {
  const place = Number(row.row_no)
  return String(row.faults)
    .split(',')
    .map((part) => {
      const [column = '', reason = ''] = part.split(':')
      return { row: place, column, value: shownValue(records[place]?.[column]), reason }
    })
    .filter(({ column }) => column in dataset.columns)
}

function repeatedFault(
  dataset: Dataset,
  row: Readonly<Record<string, unknown>>,
  records: readonly PostedRecord[],
): RecordFault {
  const place = Number(row.row_no)
  const column = dataset.key.find((name) => dataset.columns[name]?.required) ?? dataset.key[0]!
  const reason = `same_key=${Number(row.first_row) + 1}`
  return { row: place, column, value: shownValue(records[place]?.[column]), reason }
}

/** What is wrong with the value itself comes first; that a value of the wrong kind cannot be read either adds nothing. */
function onePerField(faults: readonly RecordFault[]): readonly RecordFault[] {
  const first = new Map<string, RecordFault>()
  for (const fault of faults) {
    const field = `${fault.row}:${fault.column}`
    if (!first.has(field)) first.set(field, fault)
  }
  return [...first.values()].sort((left, right) => left.row - right.row)
}

function shownValue(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 200)
}

/** The texts that the checks read, and what is wrong with the record as JSON. */
function cellsOf(dataset: Dataset, record: PostedRecord) {
  const faults: Omit<RecordFault, 'row'>[] = []
  for (const field of Object.keys(record)) {
    if (!(field in dataset.columns))
      faults.push({ column: field, value: shownValue(record[field]), reason: 'header_unknown' })
  }
  const texts = Object.entries(dataset.columns).map(([name, column]) => {
    const value = record[name]
    const reason = kindFault(column, value)
    if (reason) faults.push({ column: name, value: shownValue(value), reason })
    return value === undefined || value === null || typeof value === 'object' ? null : String(value)
  })
  return { texts, faults }
}

/** Digits that a JSON number surely carries; one with more has been rounded on its way. */
const sureDigits = 15

/** A number that is a name has lost its leading zeros, or its last digits, as soon as it is a JSON number. */
function kindFault({ type }: Column, value: unknown): string | undefined {
  if (value === undefined || value === null || typeof value === 'string') return undefined
  if (typeof value === 'boolean') return type === 'flag' ? undefined : 'json_kind'
  if (typeof value !== 'number') return 'json_kind'
  if (type === 'text' || type === 'choice' || type === 'date' || type === 'flag') return 'json_kind'
  return String(value).replace(/\D/g, '').replace(/^0+/, '').length > sureDigits ? 'lost_digits' : undefined
}
