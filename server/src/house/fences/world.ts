import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#ground/config/index.ts'
import { openKeyRing } from '#ground/crypto/index.ts'
import { systemCaller } from '#ground/database/index.ts'
import type { HttpServer } from '#ground/http/index.ts'
import { quietLog } from '#ground/log/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { inSession, openDuckdb } from '#ground/warehouse/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import { ensureRegions, ensureRootOrgan, saveOrgan, syncUnits } from '#shared/organisation/index.ts'
import { buildConsole } from '../console.ts'
import type { House } from '../house.ts'
import { createServices } from '../services.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { callers, type FenceCaller, type UnitPlace } from './callers.ts'
import { createFenceDatabase, type FenceDatabase } from './fence-database.ts'
import type { Thing } from './oracle.ts'

export interface Answer {
  readonly status: number
  readonly text: string
  readonly body: unknown
}

/** What was arranged: things that can be told apart, and everybody who asks for them. */
export interface FenceWorld {
  readonly house: House
  readonly database: FenceDatabase
  readonly server: HttpServer
  readonly accounts: Accounts
  /** Every thing by its mark: a text `kind:code` that stands in all its fields as ⟦kind:code⟧, or an identifier. */
  readonly things: ReadonlyMap<string, Thing>
  mark(mark: string, thing: Thing): string
  ask(caller: FenceCaller, method: string, url: string, payload?: object, headers?: object): Promise<Answer>
  close(): Promise<void>
}

const divisionOf: Readonly<Record<UnitPlace, string>> = {
  U0: '460000',
  U1: '460100',
  U2: '460100',
  U3: '460200',
  U4: '460105',
}

/** The real server on a database of its own, with every organ, unit and account of the table of callers. */
export async function openWorld(socketFolder: string): Promise<FenceWorld> {
  const home = mkdtempSync(join(tmpdir(), 'qingfeng-fence-'))
  const config = readConfig({ DATA_DIR: home, LOG_LEVEL: 'silent' })
  const clock = fakeClock('2026-11-24T02:00:00Z')
  const keys = openKeyRing(join(home, 'keys'), 'default', () => clock.now())
  const database = await createFenceDatabase(socketFolder)
  const warehouse = await openDuckdb({ path: join(home, 'facts.duckdb'), memoryMegabytes: 300 })
  await inSession(warehouse.open, async (session) => {
    for (const dataset of datasets) await session.run(createTable(dataset))
  })
  const { connection } = database
  const stores = { config, clock, log: quietLog, keys, connection, database, warehouse }
  const services = await createServices(stores)
  const close = async () => {
    await server.close()
    await warehouse.close()
    await database.close()
    rmSync(home, { recursive: true, force: true })
  }
  const house: House = {
    ...stores,
    ...services,
    databaseServer: { connection, embedded: undefined },
    close,
  }
  const server = await buildConsole(house)
  await server.ready()
  await placeEverything(house)
  const accounts = await createAccounts(database, clock.now(), callers)
  const things = new Map<string, Thing>()
  return {
    house,
    database,
    server,
    accounts,
    things,
    mark: (mark, thing) => {
      things.set(mark, thing)
      return `⟦${mark}⟧`
    },
    ask: (caller, method, url, payload, headers) =>
      askServer(server, { ...accounts.credentials(caller), ...headers }, method, url, payload),
    close,
  }
}

async function askServer(
  server: HttpServer,
  headers: object,
  method: string,
  url: string,
  payload: object | undefined,
): Promise<Answer> {
  const answer = await server.inject({
    method: method as 'GET',
    url,
    headers: headers as Record<string, string>,
    ...(payload ? { payload } : {}),
  })
  const json = /json/.test(String(answer.headers['content-type'] ?? ''))
  return {
    status: answer.statusCode,
    text: answer.body,
    body: json && answer.body ? answer.json() : undefined,
  }
}

async function placeEverything(house: House): Promise<void> {
  await house.database.asCaller(systemCaller, async (trx) => {
    await ensureRegions(trx)
    await ensureRootOrgan(trx, '试验省纪委监委')
    for (const [organCode, regionCode] of [
      ['O4601', '460100'],
      ['O460105', '460105'],
      ['O4602', '460200'],
    ] as const) {
      await saveOrgan(trx, {
        organCode,
        name: `机关${organCode}`,
        parentCode: null,
        regionCode,
        closedOn: null,
      })
    }
    await syncUnits(
      trx,
      Object.entries(divisionOf).map(([unit_code, region_code]) => ({
        unit_code,
        unit_name: `⟦unit:${unit_code}⟧局`,
        region_code,
        valid_from: '2020-01-01',
      })),
    )
  })
}
