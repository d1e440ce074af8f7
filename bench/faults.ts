/**
 * `npm run faults [-- --rounds N] [--rows N]`: kills the whole server with its PostgreSQL at random moments of loading,
 * running rules and backing up, and says what was found afterwards. Ends with status 1 when anything was half done.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { removeEmbeddedServer } from '#ground/database/index.ts'
import {
  killed,
  logVerifies,
  undisturbed,
  writePayments,
  writeUnits,
} from '../server/src/house/faults/rounds.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '10' }, rows: { type: 'string', default: '100000' } },
})
const [rounds, rows] = [Number(values.rounds), Number(values.rows)]
const home = mkdtempSync(join(tmpdir(), 'qingfeng-faults-'))
const at = { dataFolder: join(home, 'data') }
const file = (name: string) => join(home, name)
const faults: string[] = []
const tally = { loading: 0, running: 0, backingUp: 0, loadedWhole: 0, loadedNothing: 0 }
let loaded = 0

/** What must be so, and is a fault where it is not. */
function must(good: boolean, what: string): void {
  if (!good) faults.push(what)
}

async function loading(round: number): Promise<void> {
  const name = `payment-${round}.csv`
  writePayments(file(name), round * rows, rows)
  if (await killed(at, `intake=${file(name)}`, Math.random() * 1500)) tally.loading += 1
  const [seen] = await undisturbed(at, 'look')
  const state = seen!.batches.find((batch) => batch.file === name)?.state
  if (state === 'loaded') loaded += rows
  tally[state === 'loaded' ? 'loadedWhole' : 'loadedNothing'] += 1
  must(state === 'loaded' || state === 'checked', `round ${round}: the batch is ${state}`)
  must(seen!.payments === loaded, `round ${round}: ${seen!.payments} payments, ${loaded} are on record`)
  rmSync(file(name))
}

async function runningRules(round: number): Promise<void> {
  if (await killed(at, 'run', Math.random() * 4000)) tally.running += 1
  const [seen, again] = await undisturbed(at, 'look', 'run', 'look')
  must(seen!.running === 0 && seen!.doubled === 0, `round ${round}: ${JSON.stringify(seen)}`)
  must(
    again!.hits === seen!.hits,
    `round ${round}: the run that was taken up found ${seen!.hits} of ${again!.hits} hits`,
  )
  must(again!.alerts === seen!.alerts, `round ${round}: ${seen!.alerts} of ${again!.alerts} alerts`)
}

async function backingUp(round: number): Promise<void> {
  const [broken, whole] = [file(`broken-${round}`), file(`whole-${round}`)]
  const midway = await killed(at, `backup=${broken}`, Math.random() * 1000)
  if (midway) tally.backingUp += 1
  must(existsSync(join(broken, 'manifest.json')) !== midway, `round ${round}: a broken backup looks whole`)
  await undisturbed(at, `backup=${whole}`)
  must(existsSync(join(whole, 'manifest.json')), `round ${round}: the next backup did not work`)
  for (const folder of [broken, whole]) rmSync(folder, { recursive: true, force: true })
}

try {
  writeUnits(file('unit.csv'))
  await undisturbed(at, `intake=${file('unit.csv')}`)
  for (let round = 0; round < rounds; round += 1) {
    await loading(round)
    await runningRules(round)
    await backingUp(round)
    await undisturbed(at, `export=${file('audit.jsonl')}`)
    must(await logVerifies(file('audit.jsonl')), `round ${round}: the audit log does not verify`)
  }
} finally {
  removeEmbeddedServer(join(at.dataFolder, 'postgres'))
  rmSync(home, { recursive: true, force: true })
}
const report = { rounds, rows, killedInTheMiddle: tally, faults }
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
process.exitCode = faults.length > 0 ? 1 : 0
