import { type Bilingual, type Dataset, datasetByName, datasets } from '#shared/datasets/index.ts'
import type { FileForm } from './file-form.ts'
import { einvoiceLayout } from './invoices/einvoice-layout.ts'
import type { InvoiceLayout } from './invoices/invoice-layout.ts'
import { localFeed } from './invoices/local-feed.ts'
import { nationalFeed } from './invoices/national-feed.ts'

/** What a file may be sent for: one dataset, or invoices in a layout of their own that become heads and lines. */
export interface Target {
  readonly name: string
  readonly title: Bilingual
  readonly about: Bilingual
  readonly forms: readonly FileForm[]
  /** The datasets that its rows go into, the main one first. */
  readonly datasets: readonly Dataset[]
  /** The columns that a file has. */
  readonly source: Dataset
  readonly layout?: InvoiceLayout
}

const tables: readonly FileForm[] = ['csv', 'xlsx']

function ofDataset(dataset: Dataset): Target {
  const { name, title, about } = dataset
  return { name, title, about, forms: tables, datasets: [dataset], source: dataset }
}

function ofInvoices(layout: InvoiceLayout, forms: readonly FileForm[]): Target {
  const { name, title, about } = layout.source
  const both = [datasetByName('invoice')!, datasetByName('invoice_line')!]
  return { name, title, about, forms, datasets: both, source: layout.source, layout }
}

export const loadedDatasets = datasets.filter(({ kind }) => kind !== 'config')

/** Everything that can be loaded. */
export const targets: readonly Target[] = [
  ofInvoices(einvoiceLayout, ['xml', 'ofd', 'zip']),
  ofInvoices(nationalFeed, tables),
  ofInvoices(localFeed, tables),
  ...loadedDatasets.map(ofDataset),
]

export function targetByName(name: string): Target | undefined {
  return targets.find((target) => target.name === name)
}
