import { maskedPersonal, maskedTaxpayer } from '#ground/masking/index.ts'
import type { Row, WarehouseSession } from '#ground/warehouse/index.ts'
import { datasetByName } from '#shared/datasets/index.ts'
import { personNumbers, readCaseRecords, type ShownRows } from '#shared/rules/index.ts'
import type { DrawnRecord } from './draw.store.ts'
import type { SampledDataset } from './sampled-dataset.ts'

/**
 * Copies a drawn record with what hangs on it, persons masked and named by their keyed hashes only. What belongs to another
 * unit (a second claim of the same invoice) is left out: the copy is seen wherever the record's own unit is.
 */
export async function copyRecord(
  session: WarehouseSession,
  source: SampledDataset,
  drawn: Row,
  personKey: (idNumber: string) => string,
): Promise<DrawnRecord> {
  const keys = Object.fromEntries(source.key.map((column) => [column, String(drawn[column] ?? '')]))
  const unitCode = typeof drawn.unit_code === 'string' ? drawn.unit_code : null
  const onDate = String(drawn.on_date)
  const found = await readCaseRecords(
    session,
    { subject: source.dataset, reads: { required: [...source.reads], optional: [] } },
    { keys, unitCode, onDate, counterparty: null, evidence: {} },
  )
  const shown = [...found.records, ...found.registers]
    .map((rows) => ofUnit(rows, unitCode))
    .filter(({ rows }) => rows.length > 0)
  return {
    keys,
    onDate,
    amount: String(drawn.amount),
    unitCode,
    personKeys: [...new Set(shown.flatMap(({ rows }) => rows.flatMap(numbersOf)))].map(personKey),
    record: shown.map(maskedRows),
  }
}

function ofUnit(shown: ShownRows, unitCode: string | null): ShownRows {
  const column = datasetByName(shown.dataset)?.unitColumn
  return column ? { ...shown, rows: shown.rows.filter((row) => row[column] === unitCode) } : shown
}

const numbersOf = (row: Row) => personNumbers({ keys: {}, counterparty: null, evidence: row })

function maskedRows({ dataset, title, columns, rows }: ShownRows): DrawnRecord['record'][number] {
  const personal = new Set(columns.filter((column) => column.personal).map(({ name }) => name))
  const described = datasetByName(dataset)?.columns ?? {}
  const masked = (name: string, value: unknown) => {
    if (personal.has(name)) return maskedPersonal(value)
    const ofTaxpayer = described[name]?.check === 'taxpayer-number' && typeof value === 'string'
    return ofTaxpayer ? maskedTaxpayer(value) : value
  }
  return {
    dataset,
    title,
    columns: columns.map(({ name, title: named, type, choices }) => ({
      name,
      title: named,
      type,
      ...(choices ? { choices: { ...choices } } : {}),
    })),
    rows: rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, masked(name, value)])),
    ),
  }
}
