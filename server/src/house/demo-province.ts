import { spawn } from 'node:child_process'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { personName } from '#demo/names.ts'
import { chance } from '#demo/random.ts'
import { systemCaller } from '#ground/database/index.ts'
import { addDays, type CalendarDate, shanghaiDate } from '#ground/time/index.ts'
import type { PlantedViolation } from '#rooms/alerts/index.ts'
import { datasets } from '#shared/datasets/index.ts'
import { createDemoAccounts, createDemoStaff, demoAccounts } from '#shared/identity/index.ts'
import { arrangeExceptions } from './demo-life/exceptions.ts'
import { liveThroughTheYear } from './demo-life/live.ts'
import { requestPayments } from './demo-life/requests.ts'
import { giveDemoPosts } from './demo-posts.ts'
import type { House } from './house.ts'
import { packs } from './rule-configuration.ts'
import { findHits, type PackRun } from './rule-runs.ts'

type Say = (line: string) => void

const demoSeed = 1
const root = join(import.meta.dirname, '..', '..', '..')

/**
 * Loads the demo province into an installation that does not have it yet, runs every rule over it and says what was
 * found. A loading that was interrupted begins again from nothing: only the marker written last says that it is whole.
 */
export async function loadDemoProvince(house: House, say: Say): Promise<void> {
  const marker = join(house.config.dataFolder, 'demo-province.json')
  if (!existsSync(marker)) {
    const folder = join(house.config.dataFolder, 'demo-files')
    say('正在生成演示省份……Making the demo province …')
    await generate(folder)
    const { asOf } = JSON.parse(readFileSync(join(folder, 'province.json'), 'utf8')) as { asOf: string }
    say('正在装入并核对……Loading and checking …')
    await loadFolder(house, folder)
    await checkDirtyFiles(house, folder)
    const yesterday = addDays(shanghaiDate(house.clock.now()), -1)
    await createPeople(house, yesterday)
    await giveDemoPosts(house)
    say('正在运行全部规则……Running every rule …')
    for (const pack of packs) tell(pack, await findHits(house, pack, { asOf, cause: 'demand' }), say)
    await house.recall.measure(plantedIn(folder))
    say('\n正在推演一年的预警办理……Handling a year of alerts …')
    const { raised } = await liveThroughTheYear(house, yesterday, signInUnits(house))
    say(`  ${raised} 条预警 alerts`)
    say(`  ${await requestPayments(house, yesterday)} 笔支付申请 payment requests`)
    await arrangeExceptions(house, yesterday)
    // As the next night would: what the exceptions cover is marked.
    for (const pack of packs) await findHits(house, pack, { asOf, cause: 'demand' })
    await house.database.asCaller(systemCaller, (trx) => house.intake.markJudged(trx))
    writeFileSync(marker, JSON.stringify({ seed: demoSeed, asOf }))
  }
  tellAccounts(house, say)
}

/** The violations of the answer key, which the rules know nothing of. */
function plantedIn(folder: string): readonly PlantedViolation[] {
  const lines = readFileSync(join(folder, 'answer-key.jsonl'), 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'violation')
}

/** The people of the demo, who hold their roles since before the year in which they handle the alerts. */
async function createPeople(house: House, until: CalendarDate): Promise<void> {
  const since = new Date(`${addDays(until, -400)}T09:00:00+08:00`)
  const names = chance(demoSeed)
  await createDemoAccounts(house.identity, undefined, since)
  await createDemoStaff(house.identity, () => personName(names), since)
}

function signInUnits(house: House): readonly string[] {
  return [...new Set(demoAccounts(house.identity).flatMap(({ unitCode }) => unitCode ?? []))]
}

/** The generator runs as a process of its own: it imports nothing of the server's rules, and its memory goes with it. */
function generate(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const words = [join(root, 'demo/main.ts'), '--seed', String(demoSeed), '--out', folder]
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (text) => {
      said += text
    })
    child.once('error', failed)
    child.once('exit', (code) =>
      code === 0 ? done() : failed(new Error(`the demo province was not made: ${said}`)),
    )
  })
}

/** Through the same intake as every other file, so that the demo's batches can be looked at and undone. */
async function loadFolder(house: House, folder: string): Promise<void> {
  for (const { name, kind } of datasets) {
    const file = join(folder, `${name}.csv`)
    if (kind === 'config' || !existsSync(file) || statSync(file).size < 4) continue
    const content = createReadStream(file)
    const batch = await house.intake.check(systemCaller, name, { name: `${name}.csv`, content })
    if (batch.totalRows === 0) continue
    await house.intake.load(systemCaller, batch.batchId, 'all')
  }
}

/** Files that came with faults: checked, and left for somebody to decide about. */
async function checkDirtyFiles(house: House, folder: string): Promise<void> {
  for (const [dataset, name] of [
    ['payment', '2026年10月支付补报.csv'],
    ['invoice', '2026年10月发票补传.csv'],
  ] as const) {
    const content = createReadStream(join(folder, 'dirty', `${dataset}.csv`))
    await house.intake.check(systemCaller, dataset, { name, content })
  }
}

function tell(pack: string, run: Omit<PackRun, 'raised'>, say: Say): void {
  const count = (outcome: PackRun['outcomes'][number], level: string) =>
    outcome.hits.filter((hit) => hit.level === level).length
  say(`\n${pack}: ${run.fresh} 次命中 hits`)
  say('  规则 rule   红 red   黄 yellow   蓝 blue   例外 suppressed     毫秒 ms')
  for (const outcome of run.outcomes) {
    const cells = [
      count(outcome, 'red'),
      count(outcome, 'yellow'),
      count(outcome, 'blue'),
      outcome.suppressed.length,
      outcome.milliseconds,
    ]
    const [red, yellow, blue, suppressed, milliseconds] = cells.map((cell, place) =>
      String(cell).padStart([9, 9, 11, 10, 18][place]!),
    )
    const state =
      outcome.state === 'ok' ? '' : `  ${outcome.state} ${outcome.missing.join(', ')}${outcome.error ?? ''}`
    say(`  ${outcome.rule.code}   ${red}${yellow}${blue}${suppressed}${milliseconds}${state}`)
  }
}

function tellAccounts(house: House, say: Say): void {
  say('\n演示账号 demo log-ins')
  for (const account of demoAccounts(house.identity)) {
    say(`  ${account.username.padEnd(12)} ${account.password}   ${account.title.zh} · ${account.title.en}`)
  }
}
