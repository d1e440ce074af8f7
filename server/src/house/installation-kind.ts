import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { type Config, ConfigError } from '#ground/config/index.ts'
import type { Connection } from '#ground/database/index.ts'

/** What an installation was begun for. The demo's accounts and its invented province never meet real data. */
export type InstallationKind = 'demo' | 'production'

const markSchema = z.object({ kind: z.enum(['demo', 'production']) })

/** Files of the demo in a data folder from before it kept a mark. */
const demoFiles = ['demo-accounts.json', 'demo-province.json']

/** What the data folder was begun for; undefined where nothing was begun in it yet, or nothing that says so. */
export function kindOfFolder(dataFolder: string): InstallationKind | undefined {
  const file = markFile(dataFolder)
  if (existsSync(file)) return markSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).kind
  return demoFiles.some((name) => existsSync(join(dataFolder, name))) ? 'demo' : undefined
}

/**
 * The setting with which a command opens the installation: as what it is, since only the first start decides that.
 */
export function asBegun(config: Config): Config {
  return { ...config, demo: kindOfFolder(config.dataFolder) === 'demo' }
}

/** Refuses a data folder that was begun for the other purpose, before any store in it is opened. */
export function refuseOtherFolder(config: Config): void {
  refuseOther(config, kindOfFolder(config.dataFolder), `DATA_DIR（${config.dataFolder}）`)
}

/**
 * Refuses a database that was begun for the other purpose; marks one that has no mark yet, and the data folder. Needs
 * the database to be migrated, and comes before anything is written into it.
 */
export async function settleKind(config: Config, connection: Connection): Promise<void> {
  const owner = new pg.Client(connection.owner)
  await owner.connect()
  try {
    const marked = await kindOfDatabase(owner)
    refuseOther(config, marked ?? (await kindByContents(owner)), '数据库 the database')
    if (!marked) {
      await owner.query('insert into ground.installation (kind) values ($1) on conflict do nothing', [
        wanted(config),
      ])
    }
  } finally {
    await owner.end()
  }
  writeFileSync(markFile(config.dataFolder), `${JSON.stringify({ kind: wanted(config) })}\n`, { mode: 0o600 })
}

const markFile = (dataFolder: string) => join(dataFolder, 'installation.json')
const wanted = (config: Config): InstallationKind => (config.demo ? 'demo' : 'production')

async function kindOfDatabase(owner: pg.Client): Promise<InstallationKind | undefined> {
  const { rows } = await owner.query<{ kind: InstallationKind }>('select kind from ground.installation')
  return rows[0]?.kind
}

/** A database from before the mark: its accounts and what was done in it say what it is. An empty one may become either. */
async function kindByContents(owner: pg.Client): Promise<InstallationKind | undefined> {
  const { rows } = await owner.query<{ demo: boolean; used: boolean }>(`
    select exists (select from identity.account where demo) as demo,
      exists (select from identity.account) or exists (select from audit.entry) as used`)
  const { demo, used } = rows[0]!
  return demo ? 'demo' : used ? 'production' : undefined
}

function refuseOther(config: Config, kind: InstallationKind | undefined, where: string): void {
  if (kind === undefined || kind === wanted(config)) return
  throw new ConfigError(
    kind === 'demo'
      ? `${where} 属于演示，只能用 npm run demo 打开；正式使用请另设 DATA_DIR 与 DATABASE_URL。It belongs to a demo and is opened with npm run demo only; for real work set another DATA_DIR and DATABASE_URL.`
      : `${where} 属于正式安装，不能装入演示数据；演示请另设 DATA_DIR，不设 DATABASE_URL。It belongs to a production installation and takes no demo; for a demo set another DATA_DIR and no DATABASE_URL.`,
  )
}
