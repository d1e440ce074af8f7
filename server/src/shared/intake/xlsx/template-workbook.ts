import type { Column, Dataset } from '#shared/datasets/index.ts'
import { exampleOf } from './examples.ts'
import { type CellFormat, type SheetColumn, type WrittenSheet, writeWorkbook } from './write-workbook.ts'

const formatOf: Readonly<Record<Column['type'], CellFormat>> = {
  text: 'text',
  choice: 'text',
  flag: 'text',
  date: 'date',
  money: 'money',
  quantity: 'number',
  integer: 'number',
}

/** The columns of a dataset as they stand in its template. */
export function sheetColumns(dataset: Dataset, names = Object.keys(dataset.columns)): SheetColumn[] {
  return names.map((name) => {
    const { title, type, required, choices } = dataset.columns[name]!
    const words = type === 'flag' ? ['是', '否'] : Object.values(choices ?? {}).map(({ zh }) => zh)
    return {
      title: required ? `${title.zh}*` : title.zh,
      format: formatOf[type],
      width: Math.min(40, Math.max(12, title.zh.length * 2 + 4)),
      ...(words.length > 0 ? { choices: words } : {}),
    }
  })
}

/** A workbook to be filled in: an empty table, what each column wants, and a filled row to look at. */
export function templateWorkbook(dataset: Dataset): NodeJS.ReadableStream {
  const columns = sheetColumns(dataset)
  const example = Object.entries(dataset.columns).map(([name, column]) => ({ text: exampleOf(name, column) }))
  const plain = columns.map(({ title, format, width }) => ({ title, format, width }))
  return writeWorkbook([
    { name: dataset.title.zh, columns, rows: [] },
    instructions(dataset),
    { name: '填写示例', columns: plain, rows: [example] },
  ])
}

const typeWords: Readonly<Record<Column['type'], string>> = {
  text: '文本 text',
  choice: '选项 choice',
  flag: '是或否 yes or no',
  date: '日期 date 2026-01-31',
  money: '金额（元） yuan 1234.50',
  quantity: '数量 quantity',
  integer: '整数 whole number',
}

function instructions(dataset: Dataset): WrittenSheet {
  const titles = [
    '列名',
    'Column',
    '必填 required',
    '格式 form',
    '可填的值 values',
    '说明 note',
    '示例 example',
  ]
  const widths = [24, 28, 14, 24, 48, 48, 28]
  const rows = Object.entries(dataset.columns).map(([name, column]) =>
    [
      column.title.zh,
      column.title.en,
      column.required ? '是 yes' : '',
      typeWords[column.type],
      Object.values(column.choices ?? {})
        .map(({ zh, en }) => `${zh} ${en}`)
        .join('；'),
      column.note ? `${column.note.zh} ${column.note.en}` : '',
      exampleOf(name, column),
    ].map((text) => ({ text })),
  )
  const advice = [
    '号码（账号、证件号、发票号码等）所在列已设为文本格式，请勿改动，否则末位数字会丢失。',
    'Columns of numbers that are names are formatted as text; leave them so, or their last digits are lost.',
  ].map((text) => [{ text }])
  return {
    name: '填写说明',
    columns: titles.map((title, at) => ({ title, format: 'text', width: widths[at]! })),
    rows: [...rows, [], ...advice],
  }
}
