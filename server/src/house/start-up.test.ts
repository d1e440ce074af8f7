import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { removeEmbeddedServer } from '#ground/database/index.ts'

/** Starts the product as an operator does and waits until it has ended by itself. */
async function start(env: Readonly<Record<string, string>>) {
  const home = mkdtempSync(join(tmpdir(), 'qingfeng-start-'))
  const dataFolder = join(home, 'data')
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'main.ts')], {
    env: { ...process.env, DATA_DIR: dataFolder, LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = new Promise<number | null>((done) => child.once('exit', done))
  const [said, code] = [await text(child.stderr), await gone]
  removeEmbeddedServer(join(dataFolder, 'postgres'))
  rmSync(home, { recursive: true, force: true })
  return { code, lines: said.trim().split('\n') }
}

async function withListener<T>(work: (port: number) => Promise<T>): Promise<T> {
  const other = createServer((socket) => socket.destroy())
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  try {
    return await work((other.address() as { port: number }).port)
  } finally {
    await new Promise((done) => other.close(done))
  }
}

test('a taken port ends the start in one sentence', () =>
  withListener(async (port) => {
    const { code, lines } = await start({ CONSOLE_PORT: String(port) })
    expect(code).toBe(1)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(`Another program listens on 127.0.0.1:${port}`)
  }))

test('a database that is not there, and settings that cannot be, do too', async () => {
  const nowhere = await start({ DATABASE_URL: 'postgres://boss:geheim@127.0.0.1:1/qf' })
  expect([nowhere.code, nowhere.lines.length]).toEqual([1, 1])
  expect(nowhere.lines[0]).toMatch(/^DATABASE_URL：连接被拒绝.*Nothing answers there/)
  expect(nowhere.lines[0]).not.toContain('geheim')
  const wrong = await start({ CONSOLE_PORT: 'eighty', CRYPTO_SUITE: 'rot13' })
  expect(wrong.code).toBe(1)
  expect(wrong.lines.slice(1).map((line) => line.trim().split('：')[0])).toEqual([
    'CONSOLE_PORT',
    'CRYPTO_SUITE',
  ])
})
