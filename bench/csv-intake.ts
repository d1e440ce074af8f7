import { createReadStream, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { systemCaller } from '#ground/database/index.ts'
import { inSession, openDuckdb } from '#ground/warehouse/index.ts'
import type { House } from '#house'
import { createTable, datasetByName } from '#shared/datasets/index.ts'
import { inInstallation } from './installation.ts'
import { watchMemory } from './process-memory.ts'
import { fillSynthetic } from './synthetic-payments.ts'

export interface IntakeTimes {
  readonly rows: number
  readonly megabytes: number
  /** From the first byte to the report: quarantined, hashed, read, every cell checked, repeated keys looked for. */
  readonly checkSeconds: number
  /** From the decision to the rows in the table, compared with those that were there. */
  readonly loadSeconds: number
  /** Rows a second over both. */
  readonly rowsPerSecond: number
  /** DuckDB's bare copy of the same file into the typed table. */
  readonly copySeconds: number
  readonly ratioToCopy: number
  /** Of the whole process tree while the file was taken in, PostgreSQL included. */
  readonly peakMegabytes: number
}

/** A csv of payments through the product's own intake, against DuckDB's bare copy of the same file. */
export function benchCsvIntake(rows: number): Promise<IntakeTimes> {
  return inInstallation(async (house) => {
    const file = join(house.config.dataFolder, 'payment.csv')
    await writePayments(file, rows)
    const megabytes = Math.round(statSync(file).size / 1_048_576)
    const taken = await takeIn(house, file, rows)
    const copySeconds = await bareCopy(house.config.dataFolder, file)
    const seconds = taken.checkSeconds + taken.loadSeconds
    return {
      rows,
      megabytes,
      ...taken,
      rowsPerSecond: Math.round(rows / seconds),
      copySeconds,
      ratioToCopy: seconds / copySeconds,
    }
  })
}

const dataset = datasetByName('payment')!
const columns = Object.keys(dataset.columns).join(', ')

async function writePayments(file: string, rows: number): Promise<void> {
  const home = `${file}.source`
  const source = await openDuckdb({ path: join(home, 'source.duckdb'), memoryMegabytes: 600 })
  await inSession(source.open, async (session) => {
    await fillSynthetic(session, rows)
    // The synthetic numbers of parties are no real ones; the checks are for those that files bring.
    await session.run(
      `update payment set payee_code = null, payee_account = '6217' || right(payee_account, 6), payer_account = null`,
    )
    await session.run(`copy (select ${columns} from payment) to '${file}' (format csv, header true)`)
  })
  await source.close()
  rmSync(home, { recursive: true, force: true })
}

async function takeIn(house: House, file: string, rows: number) {
  const peak = watchMemory()
  const checking = performance.now()
  const content = createReadStream(file)
  const batch = await house.intake.check(systemCaller, 'payment', { name: 'payment.csv', content })
  if (batch.totalRows !== rows || batch.refusedRows > 0) throw new Error("the bench's own file does not pass")
  const loading = performance.now()
  await house.intake.load(systemCaller, batch.batchId, 'all')
  const loaded = performance.now()
  return {
    checkSeconds: (loading - checking) / 1000,
    loadSeconds: (loaded - loading) / 1000,
    peakMegabytes: peak(),
  }
}

async function bareCopy(folder: string, file: string): Promise<number> {
  const bare = await openDuckdb({ path: join(folder, 'bare', 'bare.duckdb'), memoryMegabytes: 600 })
  try {
    return await inSession(bare.open, async (session) => {
      await session.run(createTable(dataset))
      const copying = performance.now()
      await session.run(`copy payment (${columns}) from '${file}' (format csv, header true)`)
      await session.run('checkpoint')
      return (performance.now() - copying) / 1000
    })
  } finally {
    await bare.close()
  }
}
