import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { isCalendarDate } from '#ground/time/index.ts'
import type { WarehouseSession } from '#ground/warehouse/index.ts'
import { datasetByName } from '#shared/datasets/index.ts'
import { loadPack } from './catalogue.ts'
import { openEvaluation } from './evaluate-engine.ts'
import { loadFolder } from './evaluate-folder.ts'
import { hitLine, summaryLines } from './evaluate-report.ts'
import { compareHits } from './hit.ts'
import { effectiveParameters, type ParameterValues } from './parameters.ts'
import { parameterValue, type Rule } from './rule.schema.ts'
import { runRules } from './runner.ts'
import { UnusableInput } from './unusable-input.ts'

export interface EvaluateOptions {
  readonly pack: 'invoices' | 'fiscal'
  /** Folder with one csv per dataset, named after it. */
  readonly folder: string
  readonly engine: 'duckdb' | 'postgres'
  readonly parametersFile?: string
  readonly asOf?: string
  readonly memoryMegabytes?: number
  /** For the engine `postgres`; without it a PostgreSQL is started for the evaluation alone. */
  readonly postgresUrl?: string
}

/**
 * Runs a pack over a folder of csv files in stores of its own, which are gone afterwards. Prints one hit per line in the
 * order of `compareHits` and complains the summary. Throws UnusableInput for anything the user must mend.
 */
export async function evaluate(
  options: EvaluateOptions,
  output: { print(line: string): void; complain(line: string): void },
): Promise<void> {
  const rules = loadPack(options.pack)
  const parameters = readParameters(rules, options.parametersFile)
  if (options.asOf !== undefined && !isCalendarDate(options.asOf)) {
    throw new UnusableInput([`--as-of 应为日期 YYYY-MM-DD：${options.asOf}。It must be a date.`])
  }
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-evaluate-'))
  try {
    const evaluation = await openEvaluation(options, folder)
    try {
      const available = await loadFolder(evaluation, options.folder, folder, output.complain)
      const asOf = options.asOf ?? (await latestDay(evaluation.session, rules, available))
      const outcomes = await runRules(evaluation.session, rules, { asOf, parameters, available })
      const hits = outcomes.flatMap((outcome) => outcome.hits)
      for (const hit of hits.sort(compareHits)) output.print(hitLine(hit))
      for (const line of summaryLines(outcomes, asOf, evaluation.session.engine)) output.complain(line)
    } finally {
      await evaluation.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const parametersSchema = z.record(z.string(), z.record(z.string(), parameterValue))

/** Parameters by rule code, checked against what the rules declare. */
function readParameters(rules: readonly Rule[], file: string | undefined): Record<string, ParameterValues> {
  if (file === undefined) return {}
  const refuse = (why: string) => new UnusableInput([`参数文件不可用 unusable parameters ${file}: ${why}`])
  let content: unknown
  try {
    content = parse(readFileSync(file, 'utf8'), { schema: 'core' })
  } catch (error) {
    throw refuse((error as Error).message)
  }
  const read = parametersSchema.safeParse(content ?? {})
  if (!read.success) throw refuse('expected { "<rule>": { "<parameter>": value } }')
  const faults = Object.entries(read.data).flatMap(([code, values]) => {
    const rule = rules.find((candidate) => candidate.code === code)
    if (!rule) return [`no rule ${code} in this pack`]
    try {
      effectiveParameters(rule, values)
      return []
    } catch (error) {
      return [(error as Error).message]
    }
  })
  if (faults.length > 0) throw refuse(faults.join('; '))
  return read.data
}

/** The latest day that a fact of the pack bears: its required dates, of the datasets that were given. */
async function latestDay(
  session: WarehouseSession,
  rules: readonly Rule[],
  available: ReadonlySet<string>,
): Promise<string> {
  const names = [...new Set(rules.flatMap(({ reads }) => [...reads.required, ...reads.optional]))]
  const days = names.flatMap((name) => {
    const dataset = datasetByName(name)
    if (dataset?.kind !== 'fact' || !available.has(name)) return []
    return Object.entries(dataset.columns)
      .filter(([column, { type, required }]) => type === 'date' && required && column !== 'valid_from')
      .map(([column]) => `select max(${column}) as day from ${name}`)
  })
  if (days.length === 0) return '1970-01-01'
  const [row] = await session.rows(`select max(day) as day from (${days.join(' union all ')}) d`)
  return typeof row?.day === 'string' ? row.day : '1970-01-01'
}
