import type { WarehouseSession } from '#ground/warehouse/index.ts'
import { type Dataset, type StagedCsv, stageCsv } from '#shared/datasets/index.ts'
import type { FileForm } from './file-form.ts'
import { stageXlsx } from './xlsx/stage-xlsx.ts'

/** Reads and checks a file of any form into tables of the session, as `stageCsv` does with csv. */
export function stageFile(
  session: WarehouseSession,
  dataset: Dataset,
  file: { readonly path: string; readonly form: FileForm },
  options: { name: string; folder: string; allowDemo: boolean },
): Promise<StagedCsv> {
  return file.form === 'xlsx'
    ? stageXlsx(session, dataset, file.path, options)
    : stageCsv(session, dataset, file.path, options)
}
