import type { Dataset } from '#shared/datasets/index.ts'
import { noDataset } from './intake.errors.ts'
import { targetByName } from './targets.ts'
import { templateWorkbook } from './xlsx/template-workbook.ts'

/** The header of a dataset's file in Chinese, with the byte-order mark that spreadsheets need to read it as UTF-8. */
export function csvTemplate(name: string): string {
  return `\uFEFF${Object.values(loadable(name).columns)
    .map(({ title }) => title.zh)
    .join(',')}\n`
}

/** The workbook of a dataset to be filled in. */
export function xlsxTemplate(name: string): NodeJS.ReadableStream {
  return templateWorkbook(loadable(name))
}

function loadable(name: string): Dataset {
  const target = targetByName(name)
  if (!target?.forms.includes('csv')) throw noDataset()
  return target.source
}
