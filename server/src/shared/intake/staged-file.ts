import type { WarehouseSession } from '#ground/warehouse/index.ts'
import { type Dataset, type StagedCsv, stageCsv } from '#shared/datasets/index.ts'
import { stageDocuments } from './einvoice/stage-documents.ts'
import type { FileForm } from './file-form.ts'
import { stageInvoices } from './invoices/stage-invoices.ts'
import { keptTable } from './kept-rows.ts'
import type { ArrivedFile, Staged, StagingFolder } from './staged.ts'
import type { Target } from './targets.ts'
import { stageXlsx } from './xlsx/stage-xlsx.ts'

/** Reads and checks a file of any form for what it is said to hold. */
export async function stageFile(
  session: WarehouseSession,
  target: Target,
  file: ArrivedFile,
  options: StagingFolder,
): Promise<Staged> {
  const { layout } = target
  if (!target.forms.includes(file.form)) return wrongForm(file.form)
  if (file.form !== 'csv' && file.form !== 'xlsx') {
    return { staged: await stageDocuments(session, file, options), fileFaults: [] }
  }
  const source = layout?.source ?? target.datasets[0]!
  const { staged, fileFaults } = await stageTable(session, source, file, options)
  if (!staged) return { staged, fileFaults }
  if (layout) return { staged: await stageInvoices(session, layout, staged), fileFaults: [] }
  return { staged: { ...staged, source, keep: () => staged.keep(keptTable(source)) }, fileFaults: [] }
}

function stageTable(
  session: WarehouseSession,
  source: Dataset,
  file: ArrivedFile,
  options: StagingFolder,
): Promise<StagedCsv> {
  const stage = file.form === 'xlsx' ? stageXlsx : stageCsv
  return stage(session, source, file.path, { ...options, name: 'checked' })
}

/** A file that can be read, but not for this: a table where invoices are wanted, or the other way round. */
function wrongForm(form: FileForm): Staged {
  const reason = {
    csv: 'not_an_invoice',
    xlsx: 'not_an_invoice',
    xml: 'markup',
    ofd: 'ofd_no_table',
    zip: 'archive',
  }[form]
  return { staged: undefined, fileFaults: [{ row: null, column: null, value: null, reason }] }
}
