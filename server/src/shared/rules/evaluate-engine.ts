import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbeddedServer } from '#ground/database/index.ts'
import {
  openDuckdb,
  openPostgresWarehouse,
  quoted,
  type Warehouse,
  type WarehouseSession,
} from '#ground/warehouse/index.ts'

/** The stores of one evaluation: csv files are always checked by DuckDB, the rules run on either engine. */
export interface Evaluation {
  readonly checking: WarehouseSession
  /** The session the rules run on; the same as `checking` on DuckDB. */
  readonly session: WarehouseSession
  close(): Promise<void>
}

interface EngineOptions {
  readonly engine: 'duckdb' | 'postgres'
  readonly memoryMegabytes?: number
  readonly postgresUrl?: string
}

/** Opens the stores below `folder`; PostgreSQL in a schema of its own at the given address, or a server of its own. */
export async function openEvaluation(options: EngineOptions, folder: string): Promise<Evaluation> {
  const duckdb = await openDuckdb({
    path: join(folder, 'facts.duckdb'),
    memoryMegabytes: options.memoryMegabytes ?? 600,
  })
  const checking = await duckdb.open()
  const closeDuckdb = async () => {
    await checking.close()
    await duckdb.close()
  }
  if (options.engine === 'duckdb') return { checking, session: checking, close: closeDuckdb }
  const { warehouse, schema, stop } = await openPostgres(options.postgresUrl, folder)
  const session = await warehouse.open()
  return {
    checking,
    session,
    close: async () => {
      await session.run(`drop schema ${quoted(schema)} cascade`)
      await session.close()
      await warehouse.close()
      await stop()
      await closeDuckdb()
    },
  }
}

/** Durability is worth nothing for facts that live as long as the command; memory is. */
const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '8GB',
  shared_buffers: '512MB',
  work_mem: '128MB',
  maintenance_work_mem: '256MB',
  random_page_cost: '1.1',
  max_parallel_workers_per_gather: '2',
}

async function openPostgres(
  url: string | undefined,
  folder: string,
): Promise<{ warehouse: Warehouse; schema: string; stop: () => Promise<void> }> {
  const schema = `evaluate_${randomBytes(6).toString('hex')}`
  if (url) {
    const warehouse = await openPostgresWarehouse({ connection: { connectionString: url }, schema })
    return { warehouse, schema, stop: async () => {} }
  }
  const server = await startEmbeddedServer(join(folder, 'postgres'), { settings })
  const connection = { host: server.socketFolder, user: 'postgres', database: 'postgres' }
  const warehouse = await openPostgresWarehouse({ connection, schema })
  const stop = async () => {
    await server.stop()
    for (const left of [server.dataFolder, server.socketFolder])
      rmSync(left, { recursive: true, force: true })
  }
  return { warehouse, schema, stop }
}
