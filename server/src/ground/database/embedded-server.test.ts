import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'

async function ask(server: EmbeddedServer, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ host: server.socketFolder, user: 'postgres', database: 'postgres' })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function keepsItsData(folder: string): Promise<EmbeddedServer> {
  const first = await startEmbeddedServer(folder)
  await ask(first, 'create table kept (n int)')
  await first.stop()
  const second = await startEmbeddedServer(folder)
  expect(await ask(second, 'select n from kept')).toEqual([])
  expect(second.dataFolder).toBe(first.dataFolder)
  await second.stop()
  return second
}

test('a second start finds the data of the first', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'qingfeng-embedded-')), 'postgres')
  chmodSync(join(folder, '..'), 0o711)
  await keepsItsData(folder)
})

test('below a folder that only we may enter it works all the same', async () => {
  const closed = mkdtempSync(join(tmpdir(), 'qingfeng-closed-'))
  chmodSync(closed, 0o700)
  mkdirSync(join(closed, 'data'))
  const server = await keepsItsData(join(closed, 'data', 'postgres'))
  if (process.getuid?.() === 0) {
    expect(existsSync(join(closed, 'data', 'postgres.location'))).toBe(true)
    rmSync(server.dataFolder, { recursive: true })
  }
})

test('a server that was left running by a killed process is taken over', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'qingfeng-orphan-')), 'postgres')
  chmodSync(join(folder, '..'), 0o711)
  const orphan = await startEmbeddedServer(folder)
  const next = await startEmbeddedServer(folder)
  expect(await ask(next, 'select 1 as one')).toEqual([{ one: 1 }])
  await orphan.stop()
  await next.stop()
})
