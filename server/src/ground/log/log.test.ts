import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { inSession, openDuckdb } from '#ground/warehouse/index.ts'
import { createLog } from './log.ts'
import { maskedWords } from './masked-words.ts'

const database = await createTestDatabase()
/** Of an invented person. */
const citizen = '469999198504121234'

async function failure(act: () => Promise<unknown>): Promise<Error> {
  try {
    await act()
  } catch (error) {
    return error as Error
  }
  throw new Error('it was to fail')
}

function written(facts: object): string {
  const lines: string[] = []
  const into = new Writable({
    write: (line, _encoding, done) => {
      lines.push(String(line))
      done()
    },
  })
  createLog('info', into).error(facts, 'request failed')
  return lines.join('')
}

test('a citizen number in a cast that fails does not reach the log, from either store', async () => {
  const warehouse = await openDuckdb({ path: ':memory:' })
  const failures = [
    await failure(() => database.owner(`select '${citizen}'::integer`)),
    await failure(() => database.owner(`select $1::date`, [`${citizen} 王某某`])),
    await failure(() =>
      inSession(warehouse.open, (session) => session.run(`select cast('${citizen} 王某某' as integer)`)),
    ),
    await failure(() =>
      inSession(warehouse.open, (session) => session.run(`select cast('${citizen}' as date)`)),
    ),
  ]
  await warehouse.close()
  for (const error of failures) {
    expect(error.message).toContain(citizen)
    const line = written({ cause: error.message, stack: error.stack, deep: { error } })
    expect(line).not.toMatch(/469999|1985|王某某/)
    expect(line).toMatch(/invalid input syntax|Conversion Error|out of range/)
  }
})

test('what says where a fault lies stays', () => {
  const told = 'duplicate key value violates unique constraint "account_username_key"'
  expect(maskedWords(told)).toBe(told)
  const key =
    "batch 0198c5de-7a0e-7000-8000-123456789012 at 2026-11-25T00:10:20.123Z isn’t there, it doesn't run"
  expect(maskedWords(key)).toBe(key)
  expect(maskedWords('Key (person_key)=(abc) already exists.')).toBe('Key (person_key)=(…')
  expect(maskedWords("no 'O'Brien' here, 13812345678")).toBe('no "…" here, …')
  expect(maskedWords('值「王某某」不能识别')).toBe('值"…"不能识别')
})
