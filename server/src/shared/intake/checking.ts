import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inSession, literal, openDuckdb } from '#ground/warehouse/index.ts'
import { type Dataset, faultSentence, type RowFault, stageCsv } from '#shared/datasets/index.ts'
import type { ShownFault } from './batch.store.ts'

export interface Checked {
  /** False where the file as a whole cannot be read: there is nothing to decide. */
  readonly readable: boolean
  readonly total: number
  readonly refused: number
  readonly faults: readonly ShownFault[]
}

/** Faults kept of a batch; the rest is counted, and all refused rows can be downloaded. */
const keptFaults = 10_000

/**
 * Checks a file in an engine of its own, so that neither readers nor writers of the warehouse notice, and writes the
 * refused rows with their reasons to `refusedFile`: the same columns, ready to be mended and sent again.
 */
export async function checkFile(
  dataset: Dataset,
  path: string,
  options: { folder: string; refusedFile: string; allowDemo: boolean; memoryMegabytes: number },
): Promise<Checked> {
  const work = await mkdtemp(join(options.folder, 'checking-'))
  const engine = await openDuckdb({
    path: join(work, 'check.duckdb'),
    memoryMegabytes: options.memoryMegabytes,
  })
  try {
    return await inSession(engine.open, async (session) => {
      const { staged, fileFaults } = await stageCsv(session, dataset, path, {
        name: 'checked',
        folder: work,
        allowDemo: options.allowDemo,
      })
      if (!staged)
        return {
          readable: false,
          total: 0,
          refused: 0,
          faults: fileFaults.map((fault) => shown(dataset, fault)),
        }
      const faults = await staged.faults(keptFaults)
      if (staged.refused > 0) {
        const cells = staged.present.map(
          (_name, place) => `cells[${place + 1}] as ${JSON.stringify(staged.present[place])}`,
        )
        await session.run(`copy (select ${cells.join(', ')}, faults as "错误原因" from (${staged.refusedRows}) r order by row_no)
          to ${literal(options.refusedFile)} (format csv, header true)`)
      }
      return {
        readable: true,
        total: staged.total,
        refused: staged.refused,
        faults: faults.map((fault) => shown(dataset, fault)),
      }
    })
  } finally {
    await engine.close()
    await rm(work, { recursive: true, force: true })
  }
}

function shown(dataset: Dataset, fault: RowFault): ShownFault {
  const personal = fault.column ? dataset.columns[fault.column]?.personal : false
  const value = fault.value && personal ? masked(fault.value) : fault.value
  return { row: fault.row, column: fault.column, value, ...faultSentence(dataset, fault) }
}

/** Enough to find the cell, too little to be a list of persons. */
function masked(value: string): string {
  const characters = [...value]
  if (characters.length <= 2) return `${characters[0] ?? ''}*`
  const shownEnd = Math.min(4, Math.floor(characters.length / 3))
  return `${characters.slice(0, shownEnd).join('')}***${characters.slice(-shownEnd).join('')}`
}
