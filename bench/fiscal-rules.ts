import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedServer } from '#ground/database/index.ts'
import { openDuckdb, openPostgresWarehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import {
  fillReferenceRelations,
  loadPack,
  type RuleOutcome,
  runRules,
  shippedReference,
} from '#shared/rules/index.ts'
import { fillSynthetic } from './synthetic-payments.ts'

export interface EngineTimes {
  readonly engine: string
  readonly payments: number
  readonly seconds: number
  readonly hits: number
  /** Of every hit's rule, anchor and evidence: equal where two engines found the same. */
  readonly digest: string
  readonly byRule: Readonly<Record<string, number>>
}

const available = new Set(datasets.map(({ name }) => name))
const asOf = '2025-12-31'

/** PostgreSQL as well as two cores and 4 GB allow; printed with the figures. */
export const postgresSettings = {
  shared_buffers: '1GB',
  work_mem: '128MB',
  maintenance_work_mem: '256MB',
  effective_cache_size: '3GB',
  max_parallel_workers_per_gather: '2',
  max_parallel_workers: '2',
  random_page_cost: '1.1',
  jit: 'off',
  synchronous_commit: 'off',
  max_wal_size: '4GB',
}

/**
 * The 18 fiscal rules over so many payments, with messages and evidence: on DuckDB, and on PostgreSQL over `compared`
 * payments with the same texts and the same rows, for the ratio.
 */
export async function benchFiscalRules(payments: number, compared: number): Promise<readonly EngineTimes[]> {
  const home = mkdtempSync(join(tmpdir(), 'qingfeng-bench-'))
  try {
    const files = join(home, 'csv')
    mkdirSync(files)
    const runs = compared === payments ? [] : [await onDuckdb(join(home, 'whole'), payments)]
    runs.push(await onDuckdb(join(home, 'part'), compared, files))
    return [...runs, await onPostgres(home, compared, files)]
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** @param files where the rows are to be written for the other engine */
async function onDuckdb(folder: string, payments: number, files?: string): Promise<EngineTimes> {
  const warehouse = await openDuckdb({
    path: join(folder, 'facts.duckdb'),
    memoryMegabytes: 1000,
    threads: 2,
  })
  const session = await warehouse.open()
  await fillSynthetic(session, payments)
  await fillReferenceRelations(session, shippedReference())
  await session.run('checkpoint')
  const times = await timed('duckdb', payments, session)
  if (files) await exportCsv(session, files)
  await session.close()
  await warehouse.close()
  return times
}

async function exportCsv(session: WarehouseSession, folder: string): Promise<void> {
  for (const { name, columns } of datasets) {
    await session.run(
      `copy (select ${Object.keys(columns).join(', ')} from ${name}) to '${join(folder, `${name}.csv`)}' (format csv, header true)`,
    )
  }
}

async function onPostgres(home: string, payments: number, files: string): Promise<EngineTimes> {
  const server = await startEmbeddedServer(join(home, 'postgres'), { settings: postgresSettings })
  const connection = { host: server.socketFolder, user: 'postgres', database: 'postgres' }
  const warehouse = await openPostgresWarehouse({ connection, schema: 'warehouse' })
  const session = await warehouse.open()
  for (const dataset of datasets) {
    await session.run(createTable(dataset))
    await session.loadCsv(dataset.name, Object.keys(dataset.columns), join(files, `${dataset.name}.csv`))
  }
  for (const column of ['payment_id', 'unit_code', 'indicator_id', 'payee_account', 'contract_id']) {
    await session.run(`create index on payment (${column})`)
  }
  for (const { name, key } of datasets.filter(({ name }) => name !== 'payment')) {
    await session.run(`create index on ${name} (${key.join(', ')})`)
  }
  await session.run('analyze')
  const times = await timed('postgres', payments, session)
  await session.close()
  await warehouse.close()
  await server.stop()
  rmSync(server.dataFolder, { recursive: true, force: true })
  return times
}

async function timed(engine: string, payments: number, session: WarehouseSession): Promise<EngineTimes> {
  const started = performance.now()
  const outcomes = await runRules(session, loadPack('fiscal'), {
    asOf,
    available,
    timeLimitMilliseconds: 7_200_000,
  })
  const seconds = (performance.now() - started) / 1000
  const failed = outcomes.find(({ state }) => state !== 'ok')
  if (failed) throw new Error(`${failed.rule.code} ${failed.state}: ${failed.error}`)
  return {
    engine,
    payments,
    seconds,
    hits: hitsOf(outcomes),
    digest: digestOf(outcomes),
    byRule: timesOf(outcomes),
  }
}

const hitsOf = (outcomes: readonly RuleOutcome[]) => outcomes.reduce((sum, { hits }) => sum + hits.length, 0)
const digestOf = (outcomes: readonly RuleOutcome[]) =>
  createHash('sha256')
    .update(
      outcomes
        .flatMap(({ hits }) =>
          hits.map(({ rule, anchor, evidenceHash }) => `${rule} ${anchor} ${evidenceHash}`),
        )
        .sort()
        .join('\n'),
    )
    .digest('hex')
const timesOf = (outcomes: readonly RuleOutcome[]) =>
  Object.fromEntries(outcomes.map(({ rule, milliseconds }) => [rule.code, milliseconds]))
