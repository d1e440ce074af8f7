import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { maskedText } from '#ground/masking/index.ts'
import { inSession, literal, openDuckdb, type WarehouseSession } from '#ground/warehouse/index.ts'
import { type Dataset, faultSentence, type RowFault } from '#shared/datasets/index.ts'
import type { ShownFault } from './batch.store.ts'
import type { SniffedForm } from './file-form.ts'
import { workFolder } from './quarantine.ts'
import type { ArrivedFile, StagedFile } from './staged.ts'
import { stageFile } from './staged-file.ts'
import type { Target } from './targets.ts'

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
export const keptFaults = 10_000

/**
 * Checks a file in an engine of its own, so that neither readers nor writers of the warehouse notice. Writes the refused
 * rows with their reasons to `refusedFile`: the same columns, ready to be mended and sent again; and leaves the good ones
 * in `rowsFile`, ready to be loaded.
 */
export async function checkFile(
  target: Target,
  arrived: { readonly path: string; readonly name: string },
  sniffed: SniffedForm,
  options: CheckingOptions & { memoryMegabytes: number; rowsFile: string },
): Promise<Checked> {
  if (sniffed.form === undefined)
    return unreadable(target.source, [{ row: null, column: null, value: null, reason: sniffed.fault }])
  const file = { ...arrived, form: sniffed.form }
  const work = await workFolder(options.folder)
  const engineFile = join(work, 'check.duckdb')
  try {
    const engine = await openDuckdb({ path: engineFile, memoryMegabytes: options.memoryMegabytes })
    const checked = await inSession(engine.open, (session) =>
      checkIn(session, target, file, { ...options, folder: work }),
    ).finally(() => engine.close())
    if (checked.readable) await rename(engineFile, options.rowsFile)
    return checked
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function checkIn(
  session: WarehouseSession,
  target: Target,
  file: ArrivedFile,
  { folder, refusedFile, allowDemo }: CheckingOptions,
): Promise<Checked> {
  const { staged, fileFaults } = await stageFile(session, target, file, { folder, allowDemo })
  if (!staged) return unreadable(target.source, fileFaults)
  const faults = staged.refused > 0 ? await staged.faults(keptFaults) : []
  if (staged.refused > 0) await writeRefused(session, staged, refusedFile)
  await staged.keep()
  const { total, refused } = staged
  return { readable: true, total, refused, faults: faults.map((fault) => shown(staged.source, fault)) }
}

function writeRefused(session: WarehouseSession, staged: StagedFile, refusedFile: string): Promise<void> {
  const cells = staged.present.map(
    (_name, place) => `cells[${place + 1}] as ${JSON.stringify(staged.present[place])}`,
  )
  return session.run(`copy (select row_no, ${cells.join(', ')}, faults from (${staged.refusedRows}) r order by row_no)
    to ${literal(refusedFile)} (format csv, header true)`)
}

function unreadable(dataset: Dataset, faults: readonly RowFault[]): Checked {
  return { readable: false, total: 0, refused: 0, faults: faults.map((fault) => shown(dataset, fault)) }
}

function shown(dataset: Dataset, fault: RowFault): ShownFault {
  const personal = fault.column ? dataset.columns[fault.column]?.personal : false
  const value = fault.value && personal ? maskedText(fault.value) : fault.value
  return {
    file: fault.file ?? null,
    row: fault.row,
    column: fault.column,
    value,
    ...faultSentence(dataset, fault),
  }
}
