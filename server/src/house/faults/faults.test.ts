import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeEmbeddedServer } from '#ground/database/index.ts'
import { restore } from '../commands/backup.ts'
import { killed, logVerifies, undisturbed, writePayments, writeUnits } from './rounds.ts'

const home = mkdtempSync(join(tmpdir(), 'qingfeng-faults-'))
const at = { dataFolder: join(home, 'data') }
const file = (name: string) => join(home, name)
const rows = 12_000
const quiet = { print: () => {}, complain: () => {} }
/** Some moment of the act, another one every time. */
const moment = (longest: number) => {
  const milliseconds = Math.round(Math.random() * longest)
  process.stdout.write(`killed after ${milliseconds} ms\n`)
  return milliseconds
}

beforeAll(async () => {
  writeUnits(file('unit.csv'))
  writePayments(file('payment-1.csv'), 0, rows)
  writePayments(file('payment-2.csv'), rows, rows)
  await undisturbed(at, `intake=${file('unit.csv')}`, `intake=${file('payment-1.csv')}`)
})
afterAll(() => {
  removeEmbeddedServer(join(at.dataFolder, 'postgres'))
  rmSync(home, { recursive: true, force: true })
})

test('killed while it loads a file, it has all of the file or nothing, and says which', async () => {
  await killed(at, `intake=${file('payment-2.csv')}`, moment(300))
  const [seen] = await undisturbed(at, 'look', `export=${file('audit-1.jsonl')}`)
  const state = seen!.batches.find((one) => one.file === 'payment-2.csv')?.state
  expect(['loaded', 'checked']).toContain(state)
  expect(seen!.payments).toBe(state === 'loaded' ? 2 * rows : rows)
  expect(await logVerifies(file('audit-1.jsonl'))).toBe(true)
  if (state === 'checked') await undisturbed(at, `intake=${file('payment-2.csv')}`)
}, 120_000)

test('killed while it runs rules, it runs them again: each hit once, and with its alert', async () => {
  await killed(at, 'run', moment(1500))
  const [seen, again] = await undisturbed(at, 'look', 'run', 'look', `export=${file('audit-2.jsonl')}`)
  expect(seen).toMatchObject({ payments: 2 * rows, doubled: 0, running: 0 })
  expect(seen!.runs).toBeGreaterThanOrEqual(1)
  expect(seen!.hits).toBeGreaterThan(100)
  expect(again).toEqual({ ...seen, runs: seen!.runs + 1 })
  expect(await logVerifies(file('audit-2.jsonl'))).toBe(true)
}, 120_000)

test('killed while it backs up, what it left is no backup, and the next one is', async () => {
  const [broken, whole] = [file('broken'), file('whole')]
  const midway = await killed(at, `backup=${broken}`, moment(200))
  expect(existsSync(join(broken, 'manifest.json'))).toBe(!midway)
  const [before] = await undisturbed(at, `backup=${whole}`, 'look')
  process.env.DATA_DIR = at.dataFolder
  if (midway) expect(await restore.run(quiet, { from: broken })).toBe(2)
  expect(await restore.run(quiet, { from: whole })).toBe(0)
  delete process.env.DATA_DIR
  expect(await undisturbed(at, 'look', `export=${file('audit-3.jsonl')}`)).toEqual([before])
  expect(await logVerifies(file('audit-3.jsonl'))).toBe(true)
}, 120_000)
