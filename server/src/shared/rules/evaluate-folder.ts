import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { literal, quoted } from '#ground/warehouse/index.ts'
import { createTable, type Dataset, datasets, type StagedRows, stageCsv } from '#shared/datasets/index.ts'
import type { Evaluation } from './evaluate-engine.ts'
import { faultLines } from './evaluate-report.ts'
import { fillReferenceRelations, shippedReference } from './reference-relations.ts'
import { UnusableInput } from './unusable-input.ts'

/** Faults shown in full; beyond them only counts are given. */
const shownFaults = 1000

/**
 * Checks and loads every `<dataset>.csv` of a folder; datasets without a file become empty tables. The product's own
 * relations (keywords, calendar, white-list) take the shipped content unless a csv replaces them.
 * @returns the datasets that can be read
 * @throws UnusableInput with the row report when any file has any fault
 */
export async function loadFolder(
  evaluation: Evaluation,
  source: string,
  workFolder: string,
  complain: (line: string) => void,
): Promise<ReadonlySet<string>> {
  const given = givenDatasets(source, complain)
  const staged = await checkAll(evaluation, given, source, workFolder)
  for (const dataset of datasets) {
    const rows = staged.get(dataset.name)
    if (!rows) await evaluation.session.run(createTable(dataset))
    else await takeOver(evaluation, dataset, rows, workFolder)
  }
  await fillShipped(evaluation, staged)
  if (evaluation.session.engine === 'postgres') await evaluation.session.run('analyze')
  const maintained = datasets.filter(({ kind }) => kind === 'config').map(({ name }) => name)
  return new Set([...staged.keys(), ...maintained])
}

function givenDatasets(source: string, complain: (line: string) => void): readonly Dataset[] {
  if (!existsSync(source)) throw new UnusableInput([`没有目录 ${source}。No such folder.`])
  const files = readdirSync(source).filter((file) => file.endsWith('.csv'))
  const given = datasets.filter(({ name }) => files.includes(`${name}.csv`))
  const strangers = files.filter((file) => !given.some(({ name }) => file === `${name}.csv`))
  if (strangers.length > 0) {
    complain(`未使用（不是数据集）not used, named after no dataset: ${strangers.sort().join(', ')}`)
  }
  if (given.length === 0) {
    throw new UnusableInput([`目录 ${source} 中没有数据集 csv。The folder has no csv named after a dataset.`])
  }
  return given
}

async function checkAll(
  { checking }: Evaluation,
  given: readonly Dataset[],
  source: string,
  workFolder: string,
): Promise<Map<string, StagedRows>> {
  const good = new Map<string, StagedRows>()
  const report: string[] = []
  for (const dataset of given) {
    const file = `${dataset.name}.csv`
    const { staged, fileFaults } = await stageCsv(checking, dataset, join(source, file), {
      name: `in_${dataset.name}`,
      folder: workFolder,
      allowDemo: true,
    })
    if (staged && staged.refused === 0) good.set(dataset.name, staged)
    else report.push(...(await faultLines(dataset, file, staged, fileFaults, shownFaults)))
  }
  if (report.length > 0) {
    throw new UnusableInput(['file,row,column,value,reason_zh,reason_en', ...report])
  }
  return good
}

/** The checked rows under the dataset's name: a view where they lie already, otherwise a copy on the other engine. */
async function takeOver(
  evaluation: Evaluation,
  dataset: Dataset,
  rows: StagedRows,
  workFolder: string,
): Promise<void> {
  const { checking, session } = evaluation
  if (session === checking) {
    await session.run(`create view ${quoted(dataset.name)} as ${rows.allRows}`)
    return
  }
  const file = join(workFolder, `${dataset.name}.loading.csv`)
  await checking.run(`copy (${rows.allRows}) to ${literal(file)} (format csv, header true)`)
  await session.run(createTable(dataset))
  await session.loadCsv(dataset.name, Object.keys(dataset.columns), file)
  rmSync(file)
  await rows.drop()
}

async function fillShipped({ session }: Evaluation, staged: ReadonlyMap<string, unknown>): Promise<void> {
  const shipped = shippedReference()
  await fillReferenceRelations(session, {
    ...(staged.has('keyword') ? {} : { keywords: shipped.keywords }),
    ...(staged.has('calendar_day') ? {} : { calendar: shipped.calendar }),
  })
}
