import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { ConfigError, readConfig } from '#ground/config/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { openHouse } from './house.ts'
import { asBegun, kindOfFolder, settleKind } from './installation-kind.ts'
import { runServer } from './run-server.ts'

const database = await createTestDatabase()
const folder = () => mkdtempSync(join(tmpdir(), 'qingfeng-kind-'))
const config = (dataFolder: string, demo: boolean) =>
  readConfig({ DATA_DIR: dataFolder, LOG_LEVEL: 'silent' }, { demo })
const settle = (dataFolder: string, demo: boolean) =>
  settleKind(config(dataFolder, demo), database.connection)
const mark = (dataFolder: string) => JSON.parse(readFileSync(join(dataFolder, 'installation.json'), 'utf8'))
const marked = async () => (await database.owner<{ kind: string }>('select kind from ground.installation'))[0]

/** An account alone: the organ it belongs to does not matter here. */
const account = (demo: boolean) =>
  database.owner(`set session_replication_role = replica;
    insert into identity.account
      (username, display_name, organ_code, scope, state, state_changed_at, demo, created_by, created_at)
      values ('one', '某某', 'O46', '46', 'active', now(), ${demo}, '00000000-0000-7000-8000-000000000000', now());
    set session_replication_role = origin`)

beforeEach(async () => {
  await database.owner('truncate ground.installation')
  await database.owner('delete from identity.account')
})

test('the first start says what an installation is, in the database and in its folder', async () => {
  const here = folder()
  await settle(here, true)
  expect(mark(here)).toEqual({ kind: 'demo' })
  expect(await marked()).toEqual({ kind: 'demo' })
  expect(asBegun(config(here, false)).demo).toBe(true)
  await settle(here, true)
})

test('a production installation takes no demo, by its folder and by its database', async () => {
  const here = folder()
  await settle(here, false)
  await expect(openHouse(config(here, true))).rejects.toThrow(
    /takes no demo; for a demo set another DATA_DIR/,
  )
  const elsewhere = folder()
  await expect(settle(elsewhere, true)).rejects.toThrow(ConfigError)
  expect(existsSync(join(elsewhere, 'installation.json'))).toBe(false)
})

test('a demo is not served as if it were real, by its folder and by its database', async () => {
  const here = folder()
  await settle(here, true)
  await expect(openHouse(config(here, false))).rejects.toThrow(/is opened with npm run demo only/)
  await expect(settle(folder(), false)).rejects.toThrow(ConfigError)
})

test('the server says so in one sentence and ends with 1, with no store opened', async () => {
  const here = folder()
  writeFileSync(join(here, 'installation.json'), JSON.stringify({ kind: 'production' }))
  expect(await runServer(['--demo'], { DATA_DIR: here })).toBe(1)
  expect(existsSync(join(here, 'postgres'))).toBe(false)
  writeFileSync(join(here, 'installation.json'), JSON.stringify({ kind: 'demo' }))
  expect(await runServer([], { DATA_DIR: here })).toBe(1)
  expect(existsSync(join(here, 'postgres'))).toBe(false)
})

test('a database from before the mark is a demo where it holds demo accounts, otherwise production', async () => {
  await account(true)
  await expect(settle(folder(), false)).rejects.toThrow(/demo only/)
  await settle(folder(), true)
  expect(await marked()).toEqual({ kind: 'demo' })

  await database.owner('truncate ground.installation')
  await database.owner('delete from identity.account')
  await account(false)
  await expect(settle(folder(), true)).rejects.toThrow(/takes no demo/)
  await settle(folder(), false)
  expect(await marked()).toEqual({ kind: 'production' })
})

test('a folder of the demo from before the mark is one by the files that the demo left', () => {
  const here = folder()
  expect(kindOfFolder(here)).toBeUndefined()
  writeFileSync(join(here, 'demo-accounts.json'), '[]')
  expect(kindOfFolder(here)).toBe('demo')
})
