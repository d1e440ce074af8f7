import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '#ground/config/index.ts'
import { systemCaller } from '#ground/database/index.ts'
import { inSession } from '#ground/warehouse/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { type House, openHouse } from '../house.ts'
import { backup, restore } from './backup.ts'

const home = mkdtempSync(join(tmpdir(), 'qingfeng-backup-'))
const dataFolder = join(home, 'data')
const config = readConfig({ DATA_DIR: dataFolder, LOG_LEVEL: 'silent' })
const said: string[] = []
const output = { print: (line: string) => said.push(line), complain: (line: string) => said.push(line) }
let house: House | undefined
afterAll(() => house?.close())

const note = (action: string) => house!.database.asCaller(systemCaller, (trx) => recordAudit(trx, { action }))
const noted = async () =>
  house!.database.asCaller(systemCaller, async (trx) => {
    const { rows } = await sql<{
      action: string
    }>`select action from audit.entry where action like 'test.%' order by at`.execute(trx)
    return rows.map(({ action }) => action)
  })
const venues = () =>
  inSession(house!.warehouse.open, (session) => session.rows('select venue_name from venue order by 1'))
const addVenue = (name: string) =>
  house!.warehouse.writing((session) =>
    session.insert('venue', ['venue_name', 'valid_from'], [[name, '2024-01-01']]),
  )

test('what was there at the backup is there after the restore, with the keys; what came later is kept aside', async () => {
  house = await openHouse(config)
  await note('test.before')
  await addVenue('甲馆')
  const sealed = house.keys.seal('字条', 'test')
  const target = join(home, 'backup')
  expect(await backup.run(output, { to: target }, house)).toBe(0)
  expect(await backup.run(output, { to: target }, house)).toBe(2)
  await note('test.after')
  await addVenue('乙馆')
  await house.close()

  process.env.DATA_DIR = dataFolder
  expect(await restore.run(output, { from: join(home, 'nowhere') })).toBe(2)
  const mark = join(dataFolder, 'installation.json')
  const own = readFileSync(mark, 'utf8')
  writeFileSync(mark, JSON.stringify({ kind: 'demo' }))
  expect(await restore.run(output, { from: target }), 'a demo takes no backup of real data').toBe(2)
  writeFileSync(mark, own)
  expect(await restore.run(output, { from: target })).toBe(0)
  delete process.env.DATA_DIR

  house = await openHouse(config)
  expect(await noted()).toEqual(['test.before'])
  expect(await venues()).toEqual([{ venue_name: '甲馆' }])
  expect(house.keys.open(sealed, 'test').toString()).toBe('字条')
})
