import { rename, writeFile } from 'node:fs/promises'
import { csvLine } from '../csv-records.ts'
import type { Batch } from '../intake.schema.ts'

type Fault = {
  readonly file: string | null
  readonly row: number | null
  readonly column: string | null
  readonly value: string | null
  readonly reason: { readonly zh: string; readonly en: string }
}

export interface ReportedFile {
  readonly fileName: string
  readonly note: { readonly zh: string; readonly en: string }
  readonly batch: Batch | undefined
  readonly faults: readonly Fault[]
  /** The column's title, where the batch's target knows it. */
  titleOf(column: string): string
}

/** Writes what became of a file beside it: a text to read and the faults as csv. Writing it again gives the same. */
export async function writeReports(path: string, report: ReportedFile): Promise<void> {
  await whole(`${path}.report.txt`, summary(report))
  await whole(`${path}.report.csv`, [...faultLines(report)].join(''))
}

/** A reader of the folder finds the report whole or not at all. */
async function whole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.part`, text, { mode: 0o640 })
  await rename(`${path}.part`, path)
}

function summary({ fileName, note, batch, faults }: ReportedFile): string {
  const counts = batch
    ? [
        `总数 total: ${batch.totalRows}`,
        `未通过 refused: ${batch.refusedRows}`,
        `新增 new: ${batch.newRows}`,
        `更新 changed: ${batch.changedRows}`,
        `相同 equal: ${batch.equalRows}`,
        `批次 batch: ${batch.batchId}`,
      ]
    : []
  return [`文件 file: ${fileName}`, note.zh, note.en, ...counts, `错误 faults: ${faults.length}`, ''].join(
    '\n',
  )
}

function* faultLines({ fileName, faults, titleOf }: ReportedFile): Generator<string> {
  yield `\uFEFF${csvLine(['文件 file', '行 row', '列 column', '值 value', '原因', 'reason'])}`
  for (const { file, row, column, value, reason } of faults) {
    const title = column ? titleOf(column) : ''
    yield csvLine([file ?? fileName, String(row ?? ''), title, value ?? '', reason.zh, reason.en])
  }
}
