import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { prepare, startEmbeddedServer } from '#ground/database/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresSocket: string
  }
}

/**
 * One embedded PostgreSQL for the whole run, with a migrated template that each test file copies. Durability is off:
 * the data lives as long as the run.
 */
export async function setup(project: TestProject) {
  const home = mkdtempSync(join(tmpdir(), 'qingfeng-test-'))
  const server = await startEmbeddedServer(join(home, 'postgres'), {
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  const admin = { host: server.socketFolder, user: 'postgres' }
  const client = new pg.Client({ ...admin, database: 'postgres' })
  await client.connect()
  await client.query('create database qf_template')
  await client.end()
  await prepare({
    owner: { ...admin, database: 'qf_template' },
    application: { host: server.socketFolder, user: 'qf_app', database: 'qf_template' },
  })
  project.provide('postgresSocket', server.socketFolder)
  return async () => {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
    if (existsSync(server.dataFolder)) rmSync(server.dataFolder, { recursive: true, force: true })
    rmSync(server.socketFolder, { recursive: true, force: true })
  }
}
