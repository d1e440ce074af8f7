import { fillAlerts, provinceOfficer } from './alert-lists.ts'
import { inInstallation } from './installation.ts'

/** A list taken out as a file, until its last byte. */
export interface ExportFigures {
  readonly form: 'csv' | 'xlsx'
  readonly rows: number
  readonly seconds: number
  readonly megabytes: number
  /** Of the server's process: before the export, and at most while it went on. The database is another process. */
  readonly restingMegabytes: number
  readonly peakMegabytes: number
}

/** Takes a list of so many alerts out in both forms: each row is read, masked, written and given away while more are read. */
export function benchAlertExports(rows: number): Promise<readonly ExportFigures[]> {
  return inInstallation(async (house) => {
    await fillAlerts(house, rows)
    const figures: ExportFigures[] = []
    for (const form of ['csv', 'xlsx'] as const) {
      const restingMegabytes = ownMegabytes()
      const peak = watchOwnMemory()
      const started = performance.now()
      const order = { form, purpose: '测量' }
      const file = await house.alertExports.list(provinceOfficer, { sort: 'newest' }, order)
      let bytes = 0
      for await (const part of file.content) bytes += Buffer.byteLength(part as Buffer | string)
      const seconds = Number(((performance.now() - started) / 1000).toFixed(1))
      const megabytes = Number((bytes / 1_000_000).toFixed(1))
      figures.push({ form, rows, seconds, megabytes, restingMegabytes, peakMegabytes: peak() })
    }
    return figures
  })
}

const ownMegabytes = () => Math.round(process.memoryUsage.rss() / 2 ** 20)

function watchOwnMemory(): () => number {
  let peak = ownMegabytes()
  const timer = setInterval(() => {
    peak = Math.max(peak, ownMegabytes())
  }, 20)
  return () => {
    clearInterval(timer)
    return peak
  }
}
