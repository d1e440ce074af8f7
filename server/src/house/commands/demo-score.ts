import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ReportedHit, type RuleScore, score, scoreTable } from '#demo/score.ts'
import { evaluate } from '#shared/rules/index.ts'
import type { CommandOutput, LoneCommand } from '../command.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')

/**
 * `demo score`: makes provinces from seed 1 and from two seeds drawn now, runs the rules over them as `evaluate` does,
 * and compares with the answer keys, which know nothing of the rules.
 * @returns (of `run`) 0 when every rule scores 1.00 on every seed, otherwise 1
 */
export const demoScore: LoneCommand = {
  path: 'demo score',
  summary: '用答案核对各规则的查准率与查全率 · precision and recall by rule against the answer key',
  options: [{ flags: '--seeds <list>', describe: 'seeds, comma-separated; otherwise 1 and two drawn now' }],
  needs: 'nothing',
  run: async (output, options) => {
    const drawn = [1, randomInt(2, 1_000_000), randomInt(2, 1_000_000)]
    const seeds = typeof options.seeds === 'string' ? options.seeds.split(',').map(Number) : drawn
    let perfect = true
    for (const seed of seeds) perfect = (await scoreSeed(seed, output)) && perfect
    return perfect ? 0 : 1
  },
}

async function scoreSeed(seed: number, output: CommandOutput): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-score-'))
  try {
    const made = spawnSync(process.execPath, [
      join(root, 'demo/main.ts'),
      '--seed',
      String(seed),
      '--out',
      folder,
    ])
    if (made.status !== 0) throw new Error(`seed ${seed} makes no province: ${made.stderr}`)
    const scores = await scoreFolder(folder)
    output.print(`seed ${seed}`)
    output.print(scoreTable(scores))
    for (const one of scores) {
      for (const line of one.missed)
        output.complain(`missed ${one.rule} ${JSON.stringify(line.keys)} ${line.note}`)
      for (const hit of one.unexpected)
        output.complain(`unexpected ${one.rule} ${hit.level} ${JSON.stringify(hit.keys)}`)
    }
    return scores.every((one) => one.precision === 1 && one.recall === 1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs every rule over the files of a province and compares what was found with its answer key. */
export async function scoreFolder(folder: string): Promise<readonly RuleScore[]> {
  const { asOf } = JSON.parse(readFileSync(join(folder, 'province.json'), 'utf8')) as { asOf: string }
  const key = readFileSync(join(folder, 'answer-key.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const hits: ReportedHit[] = []
  for (const pack of ['fiscal', 'invoices'] as const) {
    const collect = {
      print: (line: string) => void hits.push(JSON.parse(line) as ReportedHit),
      complain: () => {},
    }
    await evaluate({ pack, folder, engine: 'duckdb', asOf }, collect)
  }
  return score(hits, key)
}
