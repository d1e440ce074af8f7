import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inSession, literal, openDuckdb, type WarehouseSession } from '#ground/warehouse/index.ts'
import { type Dataset, faultSentence, type RowFault, type StagedRows } from '#shared/datasets/index.ts'
import type { ShownFault } from './batch.store.ts'
import type { FileForm, SniffedForm } from './file-form.ts'
import { keptTable } from './kept-rows.ts'
import { workFolder } from './quarantine.ts'
import { stageFile } from './staged-file.ts'

export interface Checked {
  /** False where the file as a whole cannot be read: there is nothing to decide. */
  readonly readable: boolean
  readonly total: number
  readonly refused: number
  readonly faults: readonly ShownFault[]
}

export interface CheckingOptions {
  /** Where the engine works; it leaves nothing there. */
  readonly folder: string
  readonly refusedFile: string
  readonly allowDemo: boolean
}

/** Faults kept of a batch; the rest is counted, and all refused rows can be downloaded. */
const keptFaults = 10_000

/**
 * Checks a file in an engine of its own, so that neither readers nor writers of the warehouse notice. Writes the refused
 * rows with their reasons to `refusedFile`: the same columns, ready to be mended and sent again; and leaves the good ones
 * in `rowsFile`, ready to be loaded.
 */
export async function checkFile(
  dataset: Dataset,
  path: string,
  sniffed: SniffedForm,
  options: CheckingOptions & { memoryMegabytes: number; rowsFile: string },
): Promise<Checked> {
  if (sniffed.form === undefined)
    return unreadable(dataset, [{ row: null, column: null, value: null, reason: sniffed.fault }])
  const file = { path, form: sniffed.form }
  const work = await workFolder(options.folder)
  const engineFile = join(work, 'check.duckdb')
  try {
    const engine = await openDuckdb({ path: engineFile, memoryMegabytes: options.memoryMegabytes })
    const checked = await inSession(engine.open, (session) =>
      checkIn(session, dataset, file, { ...options, folder: work }),
    ).finally(() => engine.close())
    if (checked.readable) await rename(engineFile, options.rowsFile)
    return checked
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function checkIn(
  session: WarehouseSession,
  dataset: Dataset,
  file: { readonly path: string; readonly form: FileForm },
  { folder, refusedFile, allowDemo }: CheckingOptions,
): Promise<Checked> {
  const { staged, fileFaults } = await stageFile(session, dataset, file, {
    name: 'checked',
    folder,
    allowDemo,
  })
  if (!staged) return unreadable(dataset, fileFaults)
  const faults = staged.refused > 0 ? await staged.faults(keptFaults) : []
  if (staged.refused > 0) await writeRefused(session, staged, refusedFile)
  await staged.keep(keptTable)
  const { total, refused } = staged
  return { readable: true, total, refused, faults: faults.map((fault) => shown(dataset, fault)) }
}

function writeRefused(session: WarehouseSession, staged: StagedRows, refusedFile: string): Promise<void> {
  const cells = staged.present.map(
    (_name, place) => `cells[${place + 1}] as ${JSON.stringify(staged.present[place])}`,
  )
  return session.run(`copy (select ${cells.join(', ')}, faults from (${staged.refusedRows}) r order by row_no)
    to ${literal(refusedFile)} (format csv, header true)`)
}

function unreadable(dataset: Dataset, faults: readonly RowFault[]): Checked {
  return { readable: false, total: 0, refused: 0, faults: faults.map((fault) => shown(dataset, fault)) }
}

function shown(dataset: Dataset, fault: RowFault): ShownFault {
  const personal = fault.column ? dataset.columns[fault.column]?.personal : false
  const value = fault.value && personal ? masked(fault.value) : fault.value
  return { row: fault.row, column: fault.column, value, ...faultSentence(dataset, fault) }
}

/** Enough to find the cell, too little to be a list of persons. */
export function masked(value: string): string {
  const characters = [...value]
  if (characters.length <= 2) return `${characters[0] ?? ''}*`
  const shownEnd = Math.min(4, Math.floor(characters.length / 3))
  return `${characters.slice(0, shownEnd).join('')}***${characters.slice(-shownEnd).join('')}`
}
