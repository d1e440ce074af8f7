import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { quietLog } from '#ground/log/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { createJobs } from './jobs.ts'

const database = await createTestDatabase()
const jobs = createJobs({ connection: database.connection, log: quietLog })
const done: string[] = []
let failures = 0

beforeAll(async () => {
  jobs.define('test.note', async (data: { word: string }) => {
    done.push(data.word)
  })
  jobs.define(
    'test.stumble',
    async () => {
      failures += 1
      if (failures === 1) throw new Error('the first time it fails')
    },
    { retries: 2, retryDelaySeconds: 1 },
  )
  jobs.define('test.nightly', async () => {}, { cron: '5 1 * * *' })
  await jobs.start()
})
afterAll(() => jobs.stop())

test('a job sent in a transaction runs after its commit, and not at all after a rollback', async () => {
  await expect(
    database.asCaller(systemCaller, async (trx) => {
      await jobs.send(trx, 'test.note', { word: 'lost' })
      throw new Error('stop')
    }),
  ).rejects.toThrow('stop')
  await database.asCaller(systemCaller, (trx) => jobs.send(trx, 'test.note', { word: 'kept' }))
  await expect.poll(() => done, { timeout: 15_000 }).toEqual(['kept'])
})

test('a failed job is tried again', async () => {
  await database.asCaller(systemCaller, (trx) => jobs.send(trx, 'test.stumble', {}))
  await expect.poll(() => failures, { timeout: 20_000 }).toBe(2)
})

test('what runs by the clock is on the schedule, in the time of Shanghai', async () => {
  const rows = await database.owner('select name, cron, timezone from jobs.schedule')
  expect(rows).toEqual([{ name: 'test.nightly', cron: '5 1 * * *', timezone: 'Asia/Shanghai' }])
})

test('a job that was running when its server was killed is taken up at once by the next one', async () => {
  const connection = database.connection
  const before = createJobs({ connection, log: quietLog })
  let begun = 0
  const endless = new Promise<void>(() => {})
  const options = { retries: 1, limitSeconds: 3600 }
  before.define(
    'test.cut-off',
    () => {
      begun += 1
      return endless
    },
    options,
  )
  before.define('test.once-only', () => endless, { ...options, retries: 0 })
  await before.start()
  await database.asCaller(systemCaller, async (trx) => {
    await before.send(trx, 'test.cut-off', {})
    await before.send(trx, 'test.once-only', {})
  })
  const running = () =>
    database.owner(`select name from jobs.job where state = 'active' and name like 'test.%'`)
  await expect.poll(running, { timeout: 15_000 }).toHaveLength(2)
  // Nobody stops the first one: a killed process does not either.
  const after = createJobs({ connection, log: quietLog })
  let taken = 0
  const taking = (count: number) => async () => {
    taken += count
  }
  after.define('test.cut-off', taking(1), options)
  after.define('test.once-only', taking(100), { ...options, retries: 0 })
  await after.start()
  await expect.poll(() => taken, { timeout: 8000 }).toBe(1)
  expect(begun).toBe(1)
  const states = () =>
    database.owner(
      `select name, state::text from jobs.job where name in ('test.cut-off', 'test.once-only') order by name`,
    )
  await expect.poll(states, { timeout: 8000 }).toEqual([
    { name: 'test.cut-off', state: 'completed' },
    { name: 'test.once-only', state: 'failed' },
  ])
  await after.stop()
})

test('two jobs of one name are refused', () => {
  expect(() => jobs.define('test.note', async () => {})).toThrow(/declared twice/)
})
