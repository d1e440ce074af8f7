import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { isRecused, linkPerson, replaceKinship } from './recusal.ts'
import { exclusiveRoles } from './roles.ts'

const database = await createTestDatabase()
const me = { userId: '01900000-0000-7000-8000-000000000001', scope: '46', roles: ['conduct_officer'] }
const key = (name: string) => Buffer.from(name).toString('hex').padEnd(64, '0')
const [self, wife, brother, stranger] = ['self', 'wife', 'brother', 'stranger'].map(key) as [
  string,
  string,
  string,
  string,
]

await database.asCaller(systemCaller, async (trx) => {
  await linkPerson(trx, me.userId, self)
  await replaceKinship(trx, 'subjects', [
    { personKey: self, kinKey: wife, relation: '配偶' },
    { personKey: brother, kinKey: self, relation: '兄弟' },
  ])
})

const concerns = (...keys: string[]) =>
  database.asCaller(me, async (trx) => {
    const { rows } = await sql<{ concerns: boolean }>`
      select permissions.concerns_caller(${keys}) as concerns`.execute(trx)
    return rows[0]!.concerns
  })

test("what concerns oneself or one's kin, in whichever direction it was stated, concerns the caller", async () => {
  expect(await concerns(self)).toBe(true)
  expect(await concerns(stranger, wife)).toBe(true)
  expect(await concerns(brother)).toBe(true)
  expect(await concerns(stranger)).toBe(false)
  expect(await concerns()).toBe(false)
  expect(await database.asCaller(me, (trx) => isRecused(trx, me.userId, wife))).toBe(true)
})

test('a register replaces its own facts and leaves those of others', async () => {
  await database.asCaller(systemCaller, (trx) =>
    replaceKinship(trx, 'inspectors', [{ personKey: self, kinKey: stranger, relation: '表亲' }]),
  )
  expect(await concerns(stranger)).toBe(true)
  await database.asCaller(systemCaller, (trx) => replaceKinship(trx, 'inspectors', []))
  expect(await concerns(stranger)).toBe(false)
  expect(await concerns(wife)).toBe(true)
})

test('nobody reads or writes who is whose kin', async () => {
  const seen = await database.asCaller(me, (trx) => sql`select * from permissions.kinship`.execute(trx))
  expect(seen.rows).toEqual([])
  await expect(database.asCaller(me, (trx) => linkPerson(trx, me.userId, stranger))).rejects.toMatchObject({
    code: '42501',
  })
})

test('a session that has not said who is asking is refused', async () => {
  await expect(database.pool.query('select permissions.concerns_caller($1)', [[self]])).rejects.toMatchObject(
    {
      code: '42501',
    },
  )
})

test('the database knows the same exclusive roles as the code', async () => {
  const stored = await database.owner<{ role: string; other: string }>(
    'select role, other from permissions.exclusive_roles',
  )
  const pairs = exclusiveRoles.flatMap(([left, right]) =>
    left.flatMap((role) =>
      right.flatMap((other) => [
        [role, other],
        [other, role],
      ]),
    ),
  )
  const sorted = (list: readonly string[]) => [...new Set(list)].sort()
  expect(sorted(stored.map(({ role, other }) => `${role}/${other}`))).toEqual(
    sorted(pairs.map((pair) => pair.join('/'))),
  )
})
