import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { systemCaller } from './database.ts'

const database = await createTestDatabase()
const caller = { userId: '01900000-0000-7000-8000-000000000001', scope: '46.01', roles: ['unit_finance'] }

test('inside a transaction the database knows who is asking, afterwards it has forgotten', async () => {
  await database.asCaller(caller, async (trx) => {
    const { rows } = await sql<{ scope: string; mine: boolean }>`
      select app.scope() as scope, app.has_role('unit_finance') as mine`.execute(trx)
    expect(rows).toEqual([{ scope: '46.01', mine: true }])
  })
  await expect(database.pool.query('select app.scope()')).rejects.toMatchObject({ code: '42501' })
})

test('the application role owns nothing and bypasses nothing', async () => {
  const [role] = await database.owner(
    "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = 'qf_app'",
  )
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false })
  const owned = await database.owner("select relname from pg_class where relowner = 'qf_app'::regrole")
  expect(owned).toEqual([])
})

test('a thrown error takes everything back', async () => {
  await database.owner('create table public.kept (n int); grant select, insert on public.kept to qf_app')
  await expect(
    database.asCaller(systemCaller, async (trx) => {
      await sql`insert into public.kept values (1)`.execute(trx)
      throw new Error('stop')
    }),
  ).rejects.toThrow('stop')
  expect(await database.owner('select * from public.kept')).toEqual([])
})

test('a notice sent in a transaction arrives after its commit', async () => {
  const heard: string[] = []
  const stop = await database.listen('bell', (payload) => heard.push(payload))
  await database.asCaller(systemCaller, (trx) => sql`select pg_notify('bell', 'ring')`.execute(trx))
  await expect.poll(() => heard).toEqual(['ring'])
  await stop()
})

test('an account without any role is somebody, and acts in no role', async () => {
  await database.asCaller({ ...caller, roles: [] }, async (trx) => {
    const { rows } = await sql`select app.has_role('system') as system, app.has_role('') as nothing`.execute(
      trx,
    )
    expect(rows).toEqual([{ system: false, nothing: false }])
  })
  await expect(database.pool.query("select app.has_role('system')")).rejects.toMatchObject({ code: '42501' })
})
