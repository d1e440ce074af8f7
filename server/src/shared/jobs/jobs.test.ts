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

test('two jobs of one name are refused', () => {
  expect(() => jobs.define('test.note', async () => {})).toThrow(/declared twice/)
})
