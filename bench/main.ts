/**
 * `npm run bench [-- --only intake,rules] [--payments N] [--compared N] [--alerts N]`: prints JSON and a table. Ratios are
 * of the same run; absolute times are of this machine on this day.
 */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { benchAlertExports } from './alert-exports.ts'
import { benchAlertLists } from './alert-lists.ts'
import { benchCsvIntake } from './csv-intake.ts'
import { benchFiscalRules, postgresSettings } from './fiscal-rules.ts'
import { benchPaymentRequests, benchRealtime } from './realtime.ts'
import { benchRuleEngines } from './rule-engines.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    payments: { type: 'string', default: '5000000' },
    compared: { type: 'string', default: '500000' },
    alerts: { type: 'string', default: '1000000' },
  },
})
const payments = Number(values.payments)
const compared = Math.min(payments, Number(values.compared))

/** Records for the engines that judge one at a time; more would only take longer. */
const sampled = 50_000

/** Rows of a list that is taken out. Three times as many must need no more memory: they are not collected. */
const exported = 100_000

const benches: Readonly<Record<string, () => Promise<object>>> = {
  intake: () => benchCsvIntake(payments),
  rules: () => fiscalRules(),
  engines: () => benchRuleEngines(Math.min(payments, 1_000_000), sampled),
  realtime: () => benchRealtime(200),
  requests: () => benchPaymentRequests(Math.min(payments, 1_000_000), 200),
  lists: () => benchAlertLists(Number(values.alerts), 100),
  exports: async () => [...(await benchAlertExports(exported)), ...(await benchAlertExports(exported * 3))],
}

async function fiscalRules() {
  const runs = await benchFiscalRules(payments, compared)
  const duckdb = runs.find(({ engine, payments: size }) => engine === 'duckdb' && size === compared)!
  const postgres = runs.find(({ engine }) => engine === 'postgres')!
  return {
    runs,
    postgresSettings,
    duckdbTimesFaster: postgres.seconds / duckdb.seconds,
    sameHits: postgres.digest === duckdb.digest,
  }
}

const wanted = values.only?.split(',') ?? Object.keys(benches)
/** Averages of 1, 5 and 15 minutes before each bench. */
const load: Record<string, readonly number[]> = {}
const report: Record<string, object> = {
  machine: {
    cores: availableParallelism(),
    model: cpus()[0]?.model,
    gigabytes: Math.round(totalmem() / 2 ** 30),
    date: new Date().toISOString().slice(0, 10),
    load,
  },
}
for (const [name, bench] of Object.entries(benches)) {
  if (!wanted.includes(name)) continue
  // What else the machine does decides the absolute times; what is measured here counts in the load itself.
  load[name] = loadavg().map((average) => Number(average.toFixed(1)))
  report[name] = await bench()
}
console.log(JSON.stringify(report, null, 2))
for (const [name, result] of Object.entries(report)) {
  console.log(`\n${name}`)
  console.table(Array.isArray(result) ? result : 'runs' in result ? result.runs : [result])
}
