import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { removeEmbeddedServer } from '#ground/database/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string
    dataFolder: string
  }
}

/** A first start may take ten minutes. */
const startLimit = 600_000

/** A whole demo of its own, as `npm run demo` starts it, on a free port and in a folder that goes afterwards. */
export async function setup(project: TestProject) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'qingfeng-e2e-'))
  const port = await freePort()
  const child = spawn(process.execPath, ['server/src/main.ts', '--demo'], {
    env: { ...process.env, DATA_DIR: dataFolder, CONSOLE_PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const baseUrl = `http://127.0.0.1:${port}`
  await untilReady(child, baseUrl)
  project.provide('baseUrl', baseUrl)
  project.provide('dataFolder', dataFolder)
  return async () => {
    child.kill('SIGTERM')
    const code = await new Promise((done) => child.once('exit', done))
    if (code !== 0) throw new Error(`the demo did not stop in order: exit code ${code}`)
    removeEmbeddedServer(join(dataFolder, 'postgres'))
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function untilReady(child: ChildProcess, baseUrl: string): Promise<void> {
  return new Promise((ready, failed) => {
    let said = ''
    const hear = (text: Buffer) => {
      said += String(text)
      if (said.includes(baseUrl)) ready()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', () => failed(new Error(`the demo ended while starting:\n${said}`)))
    setTimeout(() => failed(new Error(`the demo did not start in time:\n${said}`)), startLimit).unref()
  })
}
