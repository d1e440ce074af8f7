import type { Row, WarehouseSession } from '#ground/warehouse/index.ts'
import { maskedPersonal, personNumbers, readCaseRecords, type ShownRows } from '#shared/rules/index.ts'
import type { DrawnRecord } from './draw.store.ts'
import type { SampledDataset } from './sampled-dataset.ts'

/** Copies a drawn record with what hangs on it, persons masked and named by their keyed hashes only. */
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
  const shown = [...found.records, ...found.registers.filter(({ rows }) => rows.length > 0)]
  return {
    keys,
    onDate,
    amount: String(drawn.amount),
    unitCode,
    personKeys: [...new Set(shown.flatMap(({ rows }) => rows.flatMap(numbersOf)))].map(personKey),
    record: shown.map(maskedRows),
  }
}

const numbersOf = (row: Row) => personNumbers({ keys: {}, counterparty: null, evidence: row })

function maskedRows({ dataset, title, columns, rows }: ShownRows): DrawnRecord['record'][number] {
  const personal = new Set(columns.filter((column) => column.personal).map(({ name }) => name))
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
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          personal.has(name) ? maskedPersonal(value) : value,
        ]),
      ),
    ),
  }
}
