import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { writeDirtyFiles } from '#demo/dirty.ts'
import { generateProvince, makeProvince } from '#demo/province.ts'
import { evaluate, loadPack } from '#shared/rules/index.ts'
import { scoreFolder } from './demo-score.ts'

/** Little ordinary business: what counts here is the plants, and `demo score` takes the whole of it. */
const small = { payments: 7000, invoices: 6000 }
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('the demo province', () => {
  test('holds three violations and three near misses for every condition of every rule', () => {
    const { key } = makeProvince(1, small)
    const countOf = (rule: string, condition: string, kind: string) =>
      key.filter((line) => line.rule === rule && line.condition === condition && line.kind === kind).length
    const wanting = (['fiscal', 'invoices'] as const)
      .flatMap((pack) => loadPack(pack))
      .flatMap(({ code, conditions }) => conditions.map((condition) => [code, condition.key] as const))
      .filter(
        ([rule, condition]) =>
          countOf(rule, condition, 'violation') < 3 || countOf(rule, condition, 'near_miss') < 3,
      )
    expect(wanting).toEqual([])
  })

  test('comes with files that intake refuses for exactly the cells that are spoilt', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qingfeng-province-'))
    folders.push(folder)
    const spoilt = writeDirtyFiles(makeProvince(1, small), folder)
    const report = evaluate(
      { pack: 'fiscal', folder: join(folder, 'dirty'), engine: 'duckdb', asOf: '2026-10-31' },
      { print: () => {}, complain: () => {} },
    )
    const lines = await report.then(
      () => [],
      (error: { lines: readonly string[] }) => error.lines,
    )
    const refused = lines.flatMap((line) => /^(\w+\.csv),(\d+),(\w+),/.exec(line)?.slice(1).join(' ') ?? [])
    expect(refused.toSorted()).toEqual(
      spoilt.map(({ file, row, column }) => `${file} ${row} ${column}`).toSorted(),
    )
  })

  test('is the same for the same seed', () => {
    const rows = () =>
      [...makeProvince(5, small).rows].map(([name, list]) => [name, list.at(-1), list.length])
    expect(rows()).toEqual(rows())
  })

  test('is found out by the rules: no plant is missed and nothing else is found, whatever the seed', async () => {
    const seed = randomInt(2, 1_000_000)
    process.stdout.write(`demo province of seed ${seed}\n`)
    const folder = mkdtempSync(join(tmpdir(), 'qingfeng-province-'))
    folders.push(folder)
    generateProvince(seed, folder, small)
    const scores = await scoreFolder(folder)
    const wrong = scores.filter(({ precision, recall }) => precision !== 1 || recall !== 1)
    expect({ seed, wrong }).toEqual({ seed, wrong: [] })
    expect(scores).toHaveLength(30)
  })
})
