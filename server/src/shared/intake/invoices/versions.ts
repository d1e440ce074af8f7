import { maskedText } from '#ground/masking/index.ts'
import { literal, quoted, type WarehouseSession } from '#ground/warehouse/index.ts'
import { type Dataset, datasetByName } from '#shared/datasets/index.ts'
import { replacedTable, takeRows } from '../warehouse-load.ts'
import type { InvoiceVersion } from './conflict.schema.ts'
import type { InvoiceKey } from './conflict.store.ts'
import { arrivingTable } from './merge.ts'

const invoice = datasetByName('invoice')!
const invoiceLine = datasetByName('invoice_line')!

const ofInvoice = `coalesce(cast(invoice_code as text), '') = $code and invoice_no = $number`

/** The invoices that a batch has laid aside. */
export async function laidAside(session: WarehouseSession, batchId: string): Promise<InvoiceKey[]> {
  const rows = await session.rows(
    `select coalesce(invoice_code, '') as code, invoice_no as number from ${arrivingTable(invoice)}
     where batch_id = $batch order by 1, 2`,
    { batch: batchId },
  )
  return rows.map(({ code, number }) => ({ code: String(code), number: String(number) }))
}

/** The version that rules read today; null where there is none any more. */
export function standingVersion(session: WarehouseSession, key: InvoiceKey): Promise<InvoiceVersion | null> {
  return version(session, (dataset) => session.stored(dataset.name), ofInvoice, { ...key })
}

/** The version that a batch has brought. */
export function arrivingVersion(
  session: WarehouseSession,
  batchId: string,
  key: InvoiceKey,
): Promise<InvoiceVersion | null> {
  return version(session, arrivingTable, `${ofInvoice} and batch_id = $batch`, { ...key, batch: batchId })
}

async function version(
  session: WarehouseSession,
  tableOf: (dataset: Dataset) => string,
  which: string,
  parameters: Readonly<Record<string, string>>,
): Promise<InvoiceVersion | null> {
  const read = async (dataset: Dataset, order: string) =>
    (
      await session.rows(
        `select ${texts(dataset)} from ${tableOf(dataset)} where ${which} order by ${order}`,
        parameters,
      )
    ).map((row) => shown(dataset, row))
  const [head] = await read(invoice, 'invoice_no')
  return head ? { head, lines: await read(invoiceLine, 'invoice_line_order') } : null
}

function texts(dataset: Dataset): string {
  const all = Object.keys(dataset.columns).map((name) => `cast(${quoted(name)} as text) as ${quoted(name)}`)
  return [...all, ...(dataset === invoiceLine ? ['line_no as invoice_line_order'] : [])].join(', ')
}

function shown(dataset: Dataset, row: Readonly<Record<string, unknown>>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(dataset.columns).map(([name, { personal }]) => {
      const value = row[name] === null ? null : String(row[name])
      return [name, value !== null && personal ? maskedText(value) : value]
    }),
  )
}

/** Puts the version that a batch has brought in the place of the standing one, which can be put back by undoing the batch. */
export function replaceStanding(session: WarehouseSession, batchId: string, key: InvoiceKey): Promise<void> {
  const parameters = { ...key, batch: batchId }
  const rowsOf = (dataset: Dataset) => `select ${Object.keys(dataset.columns).map(quoted).join(', ')}
    from ${arrivingTable(dataset)} where coalesce(cast(invoice_code as text), '') = ${literal(key.code)} and invoice_no = ${literal(key.number)}
      and batch_id = ${literal(batchId)}`
  return session.transaction(async () => {
    const columns = Object.keys(invoiceLine.columns).map(quoted).join(', ')
    const lines = `from ${session.stored('invoice_line')} where ${ofInvoice} and batch_id <> $batch`
    await session.run(
      `insert into ${replacedTable(invoiceLine)} (${columns}, batch_id, replaced_by)
       select ${columns}, batch_id, $batch ${lines}`,
      parameters,
    )
    await session.run(`delete ${lines}`, parameters)
    await takeRows(session, invoice, batchId, rowsOf(invoice))
    await takeRows(session, invoiceLine, batchId, rowsOf(invoiceLine))
  })
}
