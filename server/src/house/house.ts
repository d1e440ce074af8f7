import { join } from 'node:path'
import { type Config, claimDataFolder } from '#ground/config/index.ts'
import { openKeyRing } from '#ground/crypto/index.ts'
import { checkApplication, checkReachable, openDatabase } from '#ground/database/index.ts'
import { createLog, type Log } from '#ground/log/index.ts'
import { type Clock, systemClock } from '#ground/time/index.ts'
import { inSession, openDuckdb, openPostgresWarehouse, type Warehouse } from '#ground/warehouse/index.ts'
import { datasets, keepTable } from '#shared/datasets/index.ts'
import { type DatabaseServer, openDatabaseServer } from './database-server.ts'
import { refuseOtherFolder, settleKind } from './installation-kind.ts'
import { createServices, type Services, type Stores } from './services.ts'

/** Everything that is open while the product runs. */
export interface House extends Services, Stores {
  readonly databaseServer: DatabaseServer
  close(): Promise<void>
}

/** The embedded warehouse's file in `DATA_DIR/warehouse`. */
export const warehouseFile = 'facts.duckdb'

const sealEveryMilliseconds = 5000

/**
 * Opens the stores in the order in which they need each other, migrates, and starts what runs by itself. What was
 * opened is closed again when a later part fails.
 */
export async function openHouse(config: Config, clock: Clock = systemClock): Promise<House> {
  const closers: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    closers.push(claimDataFolder(config.dataFolder))
    refuseOtherFolder(config)
    const log = createLog(config.log.level)
    const keys = openKeyRing(join(config.dataFolder, 'keys'), config.crypto.suite, () => clock.now())
    const databaseServer = await openDatabaseServer(config)
    closers.push(() => databaseServer.embedded?.stop())
    const { connection } = databaseServer
    const database = await openDatabase(connection)
    closers.push(() => database.close())
    if (config.database.url) await checkApplication(applicationSetting(config), connection.application)
    await settleKind(config, connection)
    const warehouse = await openWarehouse(config)
    closers.push(() => warehouse.close())
    await createFactTables(warehouse)
    const stores: Stores = { config, clock, log, keys, connection, database, warehouse }
    const services = await createServices(stores)
    closers.push(() => services.rules.close())
    closers.push(services.judging.close)
    closers.push(services.fiscal.requests.close)
    closers.push(services.intake.close)
    closers.push(sealRegularly(services.sealAudit, log))
    closers.push(services.arrivalRuns.idle)
    return { ...stores, ...services, databaseServer, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openWarehouse(config: Config): Promise<Warehouse> {
  if (config.warehouse.url) {
    await checkReachable('WAREHOUSE_URL', { connectionString: config.warehouse.url })
    return openPostgresWarehouse({
      connection: { connectionString: config.warehouse.url },
      schema: 'warehouse',
    })
  }
  return openDuckdb({
    path: join(config.dataFolder, 'warehouse', warehouseFile),
    memoryMegabytes: config.warehouse.memoryMegabytes,
  })
}

function applicationSetting(config: Config): string {
  return config.database.applicationUrl ? 'DATABASE_APP_URL' : 'DATABASE_URL'
}

async function createFactTables(warehouse: Warehouse): Promise<void> {
  await inSession(warehouse.open, async (session) => {
    for (const dataset of datasets) await keepTable(session, dataset)
  })
}

/** Seals every few seconds, one sealing at a time, and a last time when it is stopped. */
function sealRegularly(seal: () => Promise<number>, log: Log): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(seal)
      .catch((error: Error) => log.error({ cause: error.message }, 'sealing failed'))
  }, sealEveryMilliseconds)
  return async () => {
    clearInterval(timer)
    await running
    await seal()
  }
}
