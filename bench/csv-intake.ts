import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inSession, openDuckdb } from '#ground/warehouse/index.ts'
import { createTable, datasetByName, stageCsv } from '#shared/datasets/index.ts'
import { fillSynthetic } from './synthetic-payments.ts'

export interface IntakeTimes {
  readonly rows: number
  readonly megabytes: number
  readonly checkedSeconds: number
  readonly rowsPerSecond: number
  /** DuckDB's bare copy of the same file into the typed table. */
  readonly copySeconds: number
  readonly ratioToCopy: number
}

/** A csv of payments read, checked cell by cell and taken into the table, against DuckDB's bare copy of the same file. */
export async function benchCsvIntake(rows: number): Promise<IntakeTimes> {
  const home = mkdtempSync(join(tmpdir(), 'qingfeng-bench-'))
  const file = join(home, 'payment.csv')
  const dataset = datasetByName('payment')!
  const columns = Object.keys(dataset.columns).join(', ')
  try {
    const source = await openDuckdb({ path: join(home, 'source.duckdb'), memoryMegabytes: 1000, threads: 2 })
    await inSession(source.open, async (session) => {
      await fillSynthetic(session, rows)
      // The synthetic numbers of parties are no real ones; the checks are for those that files bring.
      await session.run(
        `update payment set payee_code = null, payee_account = '6217' || right(payee_account, 6), payer_account = null`,
      )
      await session.run(`copy (select ${columns} from payment) to '${file}' (format csv, header true)`)
    })
    await source.close()
    const warehouse = await openDuckdb({ path: join(home, 'facts.duckdb'), memoryMegabytes: 600, threads: 2 })
    const result = await inSession(warehouse.open, async (session) => {
      await session.run(createTable(dataset))
      await session.run(createTable({ ...dataset, name: 'bare' }))
      const checking = performance.now()
      const { staged } = await stageCsv(session, dataset, file, {
        name: 'bench',
        folder: home,
        allowDemo: true,
      })
      if (!staged || staged.refused > 0)
        throw new Error(`the bench's own file does not pass: ${JSON.stringify(await staged?.faults(3))}`)
      await session.run(`insert into payment (${columns}) select ${columns} from (${staged.allRows})`)
      const checkedSeconds = (performance.now() - checking) / 1000
      await staged.drop()
      const copying = performance.now()
      await session.run(`copy bare (${columns}) from '${file}' (format csv, header true)`)
      return { checkedSeconds, copySeconds: (performance.now() - copying) / 1000 }
    })
    await warehouse.close()
    return {
      rows,
      megabytes: Math.round(statSync(file).size / 1_048_576),
      ...result,
      rowsPerSecond: Math.round(rows / result.checkedSeconds),
      ratioToCopy: result.checkedSeconds / result.copySeconds,
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
