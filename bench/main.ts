/**
 * `npm run bench [-- --payments N] [-- --compared N]`: prints JSON and a table. Ratios are of the same run; absolute times
 * are of this machine on this day.
 */
import { availableParallelism, cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { benchCsvIntake } from './csv-intake.ts'
import { benchFiscalRules, postgresSettings } from './fiscal-rules.ts'

const { values } = parseArgs({
  options: {
    payments: { type: 'string', default: '5000000' },
    compared: { type: 'string', default: '500000' },
  },
})
const payments = Number(values.payments)
const compared = Math.min(payments, Number(values.compared))

const intake = await benchCsvIntake(Math.min(payments, 2_000_000))
const rules = await benchFiscalRules(payments, compared)
const duckdb = rules.find(({ engine, payments: size }) => engine === 'duckdb' && size === compared)!
const postgres = rules.find(({ engine }) => engine === 'postgres')!

const report = {
  machine: {
    cores: availableParallelism(),
    model: cpus()[0]?.model,
    gigabytes: Math.round(totalmem() / 2 ** 30),
  },
  date: new Date().toISOString().slice(0, 10),
  postgresSettings,
  intake,
  rules,
  duckdbTimesFaster: postgres.seconds / duckdb.seconds,
  sameHits: postgres.hits === duckdb.hits,
}
console.log(JSON.stringify(report, null, 2))
const row = (cells: readonly (string | number)[]) => cells.map((cell) => String(cell).padEnd(18)).join('')
console.log(row(['engine', 'payments', 'seconds', 'hits']))
for (const one of rules) console.log(row([one.engine, one.payments, one.seconds.toFixed(1), one.hits]))
console.log(`duckdb is ${report.duckdbTimesFaster.toFixed(1)} times faster over ${compared} payments`)
console.log(
  `csv intake ${intake.rowsPerSecond} rows a second with all checks, ${intake.ratioToCopy.toFixed(1)} times the bare copy`,
)
