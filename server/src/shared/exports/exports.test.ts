import { expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { createExports } from './exports.service.ts'

const database = await createTestDatabase()
const exports = createExports({
  database,
  clock: fakeClock('2026-11-24T02:00:00Z'),
  organName: '试验省纪委监委',
})
const caller = { userId: '01900000-0000-7000-8000-000000000001', scope: '46', roles: ['conduct_officer'] }

const list = (form: 'csv' | 'xlsx', rows: AsyncIterable<readonly string[]>) =>
  exports.list(caller, {
    form,
    subject: 'trial.list',
    title: '清单',
    conditions: {},
    purpose: '试验',
    columns: [{ title: '编号', format: 'text', width: 10 }],
    rows,
  })
const entryOf = async (mark: string) => {
  const [entry] = await database.owner<{ state: string; row_count: number | null }>(
    'select state, row_count from exports.register where mark = $1',
    [mark],
  )
  return entry
}

async function* many(count: number): AsyncGenerator<readonly string[]> {
  for (let row = 0; row < count; row++) yield [String(row).padStart(1000, 'x')]
}
async function* failing(): AsyncGenerator<readonly string[]> {
  yield ['1']
  throw new Error('the store is gone')
}

for (const form of ['csv', 'xlsx'] as const) {
  test(`a ${form} is in the register before its first byte, and with its rows after the last`, async () => {
    const file = await list(form, many(3))
    expect(await entryOf(file.mark)).toEqual({ state: 'started', row_count: null })
    for await (const part of file.content) expect(part.length).toBeGreaterThan(0)
    expect(await entryOf(file.mark)).toEqual({ state: 'finished', row_count: 3 })
  })

  test(`a ${form} that is given up half-way is broken, and its rows are no longer read`, async () => {
    let read = 0
    const rows = (async function* () {
      for await (const row of many(100_000)) {
        read += 1
        yield row
      }
    })()
    const file = await list(form, rows)
    for await (const _part of file.content) break
    await expect.poll(() => entryOf(file.mark)).toMatchObject({ state: 'broken' })
    expect(read).toBeLessThan(100_000)
  })

  test(`a ${form} whose rows fail ends in an error, is broken, and takes nothing else with it`, async () => {
    const file = await list(form, failing())
    const taking = (async () => {
      for await (const _part of file.content);
    })()
    await expect(taking).rejects.toThrow('the store is gone')
    expect(await entryOf(file.mark)).toEqual({ state: 'broken', row_count: 1 })
  })
}

test('a file that nobody began to take is broken', async () => {
  const file = await list('csv', many(3))
  file.content.destroy()
  await expect.poll(() => entryOf(file.mark)).toEqual({ state: 'broken', row_count: 0 })
})
