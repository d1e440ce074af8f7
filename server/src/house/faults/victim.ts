/**
 * `node victim.ts ACT[=ARGUMENT] …`: the product on DATA_DIR, doing one thing after the other, to be killed in the middle.
 * Says `begun` when an act begins and `ended` when it is over; `look` takes up what was left and prints what is there.
 */
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { readConfig } from '#ground/config/index.ts'
import { systemCaller } from '#ground/database/index.ts'
import { inSession } from '#ground/warehouse/index.ts'
import { auditExport } from '../commands/audit.ts'
import { backup } from '../commands/backup.ts'
import { type House, openHouse } from '../house.ts'
import { startRegularWork } from '../regular-work.ts'

/** What stands in the installation after everything that was cut off has been taken up. */
export interface Sight {
  readonly payments: number
  readonly batches: readonly { readonly file: string; readonly state: string; readonly rows: number }[]
  readonly runs: number
  /** Hits in the log, and how many of them there are twice. */
  readonly hits: number
  readonly doubled: number
  readonly alerts: number
  /** Jobs that still count as running. */
  readonly running: number
}

const quiet = { print: () => {}, complain: () => {} }
const say = (word: string) => process.stdout.write(`${word}\n`)

const acts: Readonly<Record<string, (house: House, argument: string) => Promise<void>>> = {
  intake: async (house, file) => {
    const batchId = await check(house, file)
    say('begun')
    await house.intake.load(systemCaller, batchId, 'all')
  },
  run: async (house) => {
    await working(house)
    const before = await runs(house)
    await house.database.asCaller(systemCaller, (trx) =>
      house.jobs.send(trx, 'rules.run', { pack: 'fiscal', userId: systemCaller.userId }, { key: 'fiscal' }),
    )
    await until(async () => (await running(house)) > 0 || (await runs(house)) > before)
    say('begun')
    await until(async () => (await runs(house)) > before && (await running(house)) === 0)
  },
  backup: async (house, folder) => {
    say('begun')
    if ((await backup.run(quiet, { to: folder }, house)) !== 0) throw new Error('the backup was refused')
  },
  export: async (house, file) => {
    say('begun')
    await auditExport.run(quiet, { to: file }, house)
  },
  look: async (house) => {
    await working(house)
    await until(async () => (await waiting(house)) === 0)
    say(JSON.stringify(await sight(house)))
  },
}

/** Regular work is begun where an act needs it, and once. */
let stopWork: (() => Promise<void>) | undefined
async function working(house: House): Promise<void> {
  stopWork ??= await startRegularWork(house)
}

async function check(house: House, file: string): Promise<string> {
  const content = createReadStream(file)
  const dataset = basename(file).replace(/[-.].*$/, '')
  return (await house.intake.check(systemCaller, dataset, { name: basename(file), content })).batchId
}

async function sight(house: House): Promise<Sight> {
  const payments = await inSession(house.warehouse.open, (session) =>
    session.rows('select count(*) as n from payment'),
  )
  const batches = await rowsOf<Sight['batches'][number]>(
    house,
    `select file_name as file, state, coalesce(new_rows, 0)::int as rows from intake.batch order by uploaded_at`,
  )
  const [hits] = await rowsOf<{ n: number; doubled: number }>(
    house,
    `select count(*)::int as n, (count(*) - count(distinct (rule, anchor)))::int as doubled from rules.hit`,
  )
  const [alerts] = await rowsOf<{ n: number }>(house, 'select count(*)::int as n from alerts.alert')
  return {
    payments: Number(payments[0]!.n),
    batches,
    runs: await runs(house),
    hits: hits!.n,
    doubled: hits!.doubled,
    alerts: alerts!.n,
    running: await running(house),
  }
}

function rowsOf<Row>(house: House, text: string): Promise<Row[]> {
  // The owner's view of the product's own records: nobody is asking on anybody's behalf.
  return house.database.asCaller(systemCaller, async (trx) => (await sql.raw<Row>(text).execute(trx)).rows)
}

async function count(house: House, text: string): Promise<number> {
  return (await rowsOf<{ n: number }>(house, `select count(*)::int as n from ${text}`))[0]!.n
}
const runs = (house: House) => count(house, `rules.run where pack = 'fiscal'`)
const ofRules = (states: string) => `jobs.job where name = 'rules.run' and state in (${states})`
const running = (house: House) => count(house, ofRules(`'active'`))
const waiting = (house: House) => count(house, ofRules(`'active', 'created', 'retry'`))

async function until(there: () => Promise<boolean>): Promise<void> {
  while (!(await there())) await wait(20)
}

const house = await openHouse(readConfig({ ...process.env, LOG_LEVEL: 'error' }))
for (const asked of process.argv.slice(2)) {
  const [act = '', argument = ''] = asked.split('=')
  await acts[act]!(house, argument)
  say('ended')
}
await stopWork?.()
await house.close()
