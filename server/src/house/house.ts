import { join } from 'node:path'
import { type Config, claimDataFolder } from '#ground/config/index.ts'
import { type KeyRing, openKeyRing } from '#ground/crypto/index.ts'
import { type Database, openDatabase, systemCaller } from '#ground/database/index.ts'
import { createLog, type Log } from '#ground/log/index.ts'
import { type Clock, systemClock } from '#ground/time/index.ts'
import { openDuckdb, openPostgresWarehouse, type Warehouse } from '#ground/warehouse/index.ts'
import { type Alerts, createAlerts, readPackPolicies } from '#rooms/alerts/index.ts'
import { type SealingKey, sealWaiting } from '#shared/audit/index.ts'
import { type Calendar, createCalendar } from '#shared/calendar/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import { createFiles, type FilesService } from '#shared/files/index.ts'
import type { IdentityDeps } from '#shared/identity/index.ts'
import { ensureRegions } from '#shared/organisation/index.ts'
import { shippedRules } from '#shared/rules/index.ts'
import { type DatabaseServer, openDatabaseServer } from './database-server.ts'
import { ruleHitFeed } from './rule-hit-feed.ts'

/** Everything that is open while the product runs. */
export interface House {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly keys: KeyRing
  readonly databaseServer: DatabaseServer
  readonly database: Database
  readonly warehouse: Warehouse
  readonly calendar: Calendar
  readonly files: FilesService
  readonly identity: IdentityDeps
  readonly alerts: Alerts
  readonly policies: ReturnType<typeof readPackPolicies>
  /** Seals what waits in the audit log; also done every few seconds and before closing. */
  sealAudit(): Promise<number>
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
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    closers.push(claimDataFolder(config.dataFolder))
    const log = createLog(config.log.level)
    const keys = openKeyRing(join(config.dataFolder, 'keys'), config.crypto.suite, clock.now)
    const databaseServer = await openDatabaseServer(config)
    closers.push(() => databaseServer.embedded?.stop())
    const database = await openDatabase(databaseServer.connection)
    closers.push(() => database.close())
    const warehouse = await openWarehouse(config)
    closers.push(() => warehouse.close())
    await createFactTables(warehouse)
    await database.asCaller(systemCaller, ensureRegions)
    const sealAudit = () => sealWaiting(database, sealingKey(keys), clock)
    closers.push(await sealRegularly(sealAudit, log))
    const calendar = createCalendar({ database })
    const files = createFiles({ database, folder: join(config.dataFolder, 'files') })
    const policies = readPackPolicies(shippedRules)
    const alerts = createAlerts({ database, clock, files, policies, feed: ruleHitFeed })
    await alerts.prepare()
    const identity: IdentityDeps = { database, keyRing: keys, clock, log, settings: identitySettings(config) }
    return {
      identity,
      alerts,
      policies,
      config,
      clock,
      log,
      keys,
      databaseServer,
      database,
      warehouse,
      calendar,
      files,
      sealAudit,
      close: closeAll,
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

function identitySettings(config: Config): IdentityDeps['settings'] {
  const { demo, organName, dataFolder, session, http } = config
  const oidc = config.oidc as IdentityDeps['settings']['oidc']
  return { demo, organName, dataFolder, session, publicUrl: http.publicUrl, oidc }
}

async function openWarehouse(config: Config): Promise<Warehouse> {
  if (config.warehouse.url) {
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

async function createFactTables(warehouse: Warehouse): Promise<void> {
  const session = await warehouse.open()
  for (const dataset of datasets) await session.run(createTable(dataset))
  await session.close()
}

function sealingKey(keys: KeyRing): SealingKey {
  return { suite: keys.suite, keyId: keys.signingKeyId, hash: keys.hash, sign: (bytes) => keys.sign(bytes) }
}

/** Seals every few seconds, one sealing at a time, and a last time when it is stopped. */
async function sealRegularly(seal: () => Promise<number>, log: Log): Promise<() => Promise<void>> {
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
