import { maskedText } from '#ground/masking/index.ts'
import {
  type CheckedRecords,
  type Dataset,
  datasetByName,
  faultSentence,
  type PostedRecord,
  type RecordChecks,
  type RecordFault,
} from '#shared/datasets/index.ts'
import type { Posted } from './posting.schema.ts'

/** One dataset's share of a request, checked. */
export interface CheckedPart {
  readonly dataset: Dataset
  readonly checked: CheckedRecords
  /** Places of the rows of this part that are not to be loaded. */
  readonly without: ReadonlySet<number>
}

export interface CheckedPost {
  readonly parts: readonly CheckedPart[]
  readonly refused: ReadonlySet<number>
  readonly faults: Posted['faults']
}

/** The datasets that a batch of this one can hold rows of. */
export function partsOf(dataset: Dataset): readonly Dataset[] {
  const lines = dataset.lines && datasetByName(dataset.lines)
  return lines ? [dataset, lines] : [dataset]
}

interface Line {
  readonly record: number
  readonly place: number
  readonly cells: PostedRecord
}

/**
 * Checks the records of a request, those with lines together with them: a record is refused when anything of it is.
 * @param outside whether a unit lies outside the part of the tree that the sender delivers for
 */
export async function checkPost(
  checks: RecordChecks,
  dataset: Dataset,
  records: readonly PostedRecord[],
  outside: (unitCode: string) => boolean,
): Promise<CheckedPost> {
  const [, lineDataset] = partsOf(dataset)
  const heads = lineDataset ? records.map(({ lines: _lines, ...head }) => head) : records
  const lines = lineDataset ? records.flatMap((record, place) => linesOf(dataset, record, place)) : []
  const head = await checks.check(dataset, heads)
  const line = lineDataset
    ? await checks.check(
        lineDataset,
        lines.map(({ cells }) => cells),
      )
    : undefined
  const ownColumns = new Set(lineDataset ? dataset.key : [])
  const badHeads = new Set(head.faults.map(({ row }) => row))
  const faults = [
    ...head.faults.map((fault) => shownFault(dataset, fault, fault.row, fault.column)),
    ...records.flatMap((record, index) => scopeFaults(dataset, record, index, outside)),
    ...(lineDataset ? records.flatMap((record, index) => shapeFaults(dataset, record, index)) : []),
    ...(line?.faults ?? [])
      .map((fault) => ({ ...fault, ...lines[fault.row]!, repeats: fault.reason.startsWith('same_key') }))
      // What is wrong with the key is said of the record once, not of each of its lines.
      .filter(({ column, record, repeats }) =>
        repeats ? !badHeads.has(record) : !column || !ownColumns.has(column),
      )
      .map(({ record, place, repeats, cells: _cells, ...fault }) => {
        const told = repeats ? { ...fault, column: 'line_no', value: null, reason: 'same_line' } : fault
        return shownFault(lineDataset!, told, record, `lines[${place}].${told.column}`)
      }),
  ].sort((left, right) => left.index - right.index)
  const refused = new Set(faults.map(({ index }) => index))
  const parts: CheckedPart[] = [{ dataset, checked: head, without: refused }]
  if (lineDataset && line) {
    const without = new Set(lines.flatMap(({ record }, place) => (refused.has(record) ? [place] : [])))
    parts.push({ dataset: lineDataset, checked: line, without })
  }
  return { parts, refused, faults }
}

/** The lines of a record with its key; those that do not say their number are numbered as they stand. */
function linesOf(dataset: Dataset, record: PostedRecord, place: number): readonly Line[] {
  if (!Array.isArray(record.lines)) return []
  const key = Object.fromEntries(dataset.key.map((name) => [name, record[name]]))
  return record.lines.flatMap((line, at): Line[] =>
    isRecord(line) ? [{ record: place, place: at, cells: { line_no: at + 1, ...line, ...key } }] : [],
  )
}

function isRecord(value: unknown): value is PostedRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shapeFaults(dataset: Dataset, { lines }: PostedRecord, index: number): Posted['faults'] {
  const fault = (field: string) =>
    shownFault(dataset, { row: index, column: null, value: null, reason: 'json_kind' }, index, field)
  if (lines === undefined) return []
  if (!Array.isArray(lines)) return [fault('lines')]
  return lines.flatMap((line, at) => (isRecord(line) ? [] : [fault(`lines[${at}]`)]))
}

function scopeFaults(
  dataset: Dataset,
  record: PostedRecord,
  index: number,
  outside: (unitCode: string) => boolean,
): Posted['faults'] {
  const column = dataset.unitColumn
  const unit = column && record[column]
  if (typeof unit !== 'string' || !outside(unit)) return []
  const fault = { row: index, column: column!, value: unit, reason: 'unit_outside' }
  return [shownFault(dataset, fault, index, column!)]
}

function shownFault(
  dataset: Dataset,
  fault: RecordFault,
  index: number,
  field: string | null,
): Posted['faults'][number] {
  const personal = fault.column ? dataset.columns[fault.column]?.personal : false
  const value = fault.value && personal ? maskedText(fault.value) : fault.value
  return { index, field, value, reason: faultSentence(dataset, fault) }
}
