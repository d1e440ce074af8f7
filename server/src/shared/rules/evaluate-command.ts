import { readConfig } from '#ground/config/index.ts'
import { type EvaluateOptions, evaluate } from './evaluate.ts'
import { UnusableInput } from './unusable-input.ts'

type Options = Readonly<Record<string, string | boolean | undefined>>

interface Output {
  /** A line for standard output. */
  print(line: string): void
  /** A line for standard error. */
  complain(line: string): void
}

/**
 * `evaluate`: a pack's rules over a folder of csv files, for scripts. One JSON hit per line on standard output, the
 * summary on standard error. Touches no installation.
 * @returns (of `run`) 0, also with hits; 2 on unusable input, with the row report on standard error
 */
export const evaluateCommand = {
  path: 'evaluate',
  summary: '用规则包评估一个 csv 目录 · run a pack of rules over a folder of csv files',
  options: [
    { flags: '--pack <pack>', describe: 'invoices | fiscal', mandatory: true },
    {
      flags: '--data <folder>',
      describe: 'folder with one csv per dataset, see docs/datasets.md',
      mandatory: true,
    },
    { flags: '--engine <engine>', describe: 'duckdb | postgres', default: 'duckdb' },
    { flags: '--params <file>', describe: 'JSON or YAML: { "ZF13": { "window_days": 5 } }' },
    {
      flags: '--as-of <date>',
      describe: 'day of the run, YYYY-MM-DD; otherwise the latest day in the facts',
    },
  ],
  needs: 'nothing' as const,
  run: async (output: Output, options: Options): Promise<number> => {
    try {
      await evaluate(read(options), output)
      return 0
    } catch (error) {
      if (!(error instanceof UnusableInput)) throw error
      for (const line of error.lines) output.complain(line)
      return 2
    }
  },
}

function read(options: Options): EvaluateOptions {
  const word = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined)
  const pack = word('pack') ?? ''
  const engine = word('engine') ?? 'duckdb'
  if (pack !== 'invoices' && pack !== 'fiscal') {
    throw new UnusableInput([
      `没有规则包 ${pack}，可用 invoices 或 fiscal。No such pack; use invoices or fiscal.`,
    ])
  }
  if (engine !== 'duckdb' && engine !== 'postgres') {
    throw new UnusableInput([
      `没有引擎 ${engine}，可用 duckdb 或 postgres。No such engine; use duckdb or postgres.`,
    ])
  }
  const { warehouse, database } = readConfig(process.env)
  return {
    pack,
    engine,
    folder: word('data') ?? '',
    parametersFile: word('params'),
    asOf: word('asOf'),
    memoryMegabytes: warehouse.memoryMegabytes,
    postgresUrl: warehouse.url ?? database.url,
  }
}
