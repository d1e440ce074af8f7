import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Config } from '#ground/config/index.ts'
import {
  type Connection,
  checkOwner,
  type EmbeddedServer,
  startEmbeddedServer,
} from '#ground/database/index.ts'

export interface DatabaseServer {
  readonly connection: Connection
  /** The embedded server, where it is ours to back up and to stop. */
  readonly embedded: EmbeddedServer | undefined
}

/** The PostgreSQL of the installation: the one named by DATABASE_URL, otherwise the embedded one under DATA_DIR. */
export async function openDatabaseServer(config: Config): Promise<DatabaseServer> {
  if (config.database.url) {
    const connection = externalConnection(config.database.url, config)
    await checkOwner(connection.owner, config.database.applicationUrl === undefined)
    return { connection, embedded: undefined }
  }
  const embedded = await startEmbeddedServer(join(config.dataFolder, 'postgres'), {
    settings: embeddedSettings(),
  })
  const host = embedded.socketFolder
  return {
    connection: {
      owner: { host, user: 'postgres', database: 'postgres' },
      application: { host, user: 'qf_app', database: 'postgres' },
    },
    embedded,
  }
}

/** Sized to leave the machine's larger part to the warehouse and to the operating system's cache. */
function embeddedSettings(): Record<string, string> {
  const megabytes = Math.floor(totalmem() / 1_048_576)
  return {
    shared_buffers: `${Math.min(2048, Math.max(128, Math.floor(megabytes / 16)))}MB`,
    effective_cache_size: `${Math.max(512, Math.floor(megabytes / 4))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    // Backups copy the write-ahead log after the data: what was written meanwhile must still be there.
    wal_keep_size: '1GB',
    random_page_cost: '1.1',
    jit: 'off',
    max_parallel_workers_per_gather: String(Math.max(1, Math.floor(availableParallelism() / 2))),
  }
}

function externalConnection(url: string, config: Config): Connection {
  const owner = { connectionString: url }
  if (config.database.applicationUrl) {
    return { owner, application: { connectionString: config.database.applicationUrl } }
  }
  const password = applicationPassword(join(config.dataFolder, 'keys'))
  const application = new URL(url)
  application.username = 'qf_app'
  application.password = password
  return { owner, application: { connectionString: application.href, password } }
}

/** The password of the application's role on an outside server: made once, kept beside the other keys. */
function applicationPassword(folder: string): string {
  const file = join(folder, 'database-application-password')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
    chmodSync(file, 0o600)
  }
  return readFileSync(file, 'utf8').trim()
}
