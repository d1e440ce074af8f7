import { createServer } from 'node:net'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { ConfigError } from '#ground/config/index.ts'
import { connectDatabase, prepare, systemCaller } from './database.ts'
import { checkApplication, checkOwner, checkReachable } from './outside-server.ts'

const host = inject('postgresSocket')
const admin = new pg.Client({ host, user: 'postgres', database: 'postgres' })
const database = `outside_${process.pid}`
const role = (name: string) => `${name}_${process.pid}`
const as = (name: string, more = {}) => ({ host, user: role(name), database, ...more })

beforeAll(async () => {
  await admin.connect()
  await admin.query(`create database ${database}`)
  await admin.query(`create role ${role('plain')} login`)
  await admin.query(`create role ${role('builder')} login bypassrls`)
  await admin.query(`grant create on database ${database} to ${role('builder')}`)
  await admin.query(`create role ${role('maker')} login createrole bypassrls`)
  await admin.query(`grant create on database ${database} to ${role('maker')}`)
})
afterAll(async () => {
  await admin.query(`drop database ${database} with (force)`)
  for (const name of ['plain', 'builder', 'maker']) await admin.query(`drop role ${role(name)}`)
  await admin.end()
})

test('the superuser will do; one who may not create is told what he needs', async () => {
  await expect(checkOwner({ host, user: 'postgres', database }, true)).resolves.toBeUndefined()
  await expect(checkOwner(as('plain'), true)).rejects.toThrow(/^DATABASE_URL：.*GRANT CREATE/)
  await admin.query(`grant create on database ${database} to ${role('plain')}`)
  await expect(checkOwner(as('plain'), true)).rejects.toThrow(/^DATABASE_URL：.*BYPASSRLS/)
})

test('a role that may not keep qf_app is told of DATABASE_APP_URL, and will do with it', async () => {
  for (const name of ['builder', 'maker']) {
    await expect(checkOwner(as(name), true)).rejects.toThrow(/DATABASE_APP_URL/)
    await expect(checkOwner(as(name), false)).resolves.toBeUndefined()
  }
})

test('a role that is no superuser brings the whole schema, and the application works behind its fences', async () => {
  const application = { host, user: 'qf_app', database }
  await prepare({ owner: as('builder'), application })
  const connected = connectDatabase({ owner: as('builder'), application }, { poolSize: 1 })
  try {
    const seen = await connected.asCaller(systemCaller, (trx) =>
      sql`select version from identity.policy`.execute(trx),
    )
    expect(seen.rows).toHaveLength(1)
    await expect(connected.pool.query('select from identity.account')).rejects.toMatchObject({
      code: '42501',
    })
  } finally {
    await connected.close()
  }
  await expect(checkOwner(as('maker'), false)).rejects.toThrow(/属于其他用户/)
})

test('a database that sorts by language is refused: rules would find other rows', async () => {
  const other = `sorted_${process.pid}`
  await admin.query(
    `create database ${other} template template0 locale_provider icu icu_locale 'zh-CN' locale 'C'`,
  )
  try {
    await expect(checkOwner({ host, user: 'postgres', database: other }, true)).rejects.toThrow(/C\.UTF-8/)
  } finally {
    await admin.query(`drop database ${other} with (force)`)
  }
})

test('the application is qf_app and nobody above the fences', async () => {
  await expect(
    checkApplication('DATABASE_APP_URL', { host, user: 'qf_app', database }),
  ).resolves.toBeUndefined()
  await expect(checkApplication('DATABASE_APP_URL', { host, user: 'postgres', database })).rejects.toThrow(
    /^DATABASE_APP_URL：.*qf_app/,
  )
})

test('a server that is not there, and a database that is not, are one sentence each without the password', async () => {
  const closed = createServer()
  await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done))
  const { port } = closed.address() as { port: number }
  await new Promise((done) => closed.close(done))
  const url = `postgres://boss:geheim@127.0.0.1:${port}/qf`
  const refusal = await checkReachable('WAREHOUSE_URL', { connectionString: url }).catch((error) => error)
  expect(refusal).toBeInstanceOf(ConfigError)
  expect(refusal.message).toMatch(/^WAREHOUSE_URL：连接被拒绝/)
  expect(refusal.message).not.toContain('geheim')
  await expect(
    checkReachable('WAREHOUSE_URL', { host, user: 'postgres', database: 'nowhere' }),
  ).rejects.toThrow(/数据库不存在/)
})
