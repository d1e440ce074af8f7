import { datasetByName } from '#shared/datasets/index.ts'
import { noDataset } from './intake.errors.ts'

/** The header of a dataset's file in Chinese, with the byte-order mark that spreadsheets need to read it as UTF-8. */
export function csvTemplate(name: string): string {
  const dataset = datasetByName(name)
  if (!dataset || dataset.kind === 'config') throw noDataset()
  return `\uFEFF${Object.values(dataset.columns)
    .map(({ title }) => title.zh)
    .join(',')}\n`
}
