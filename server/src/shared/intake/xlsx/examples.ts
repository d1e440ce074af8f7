import type { Column, ColumnCheck } from '#shared/datasets/index.ts'

/** Invented numbers that satisfy their checks; persons carry the division that does not exist. */
const numbers: Readonly<Record<ColumnCheck, string>> = {
  'person-id': '469999198503120014',
  'credit-code': '91469999MA0000002U',
  'tax-number': '91469999MA0000002U',
  'taxpayer-number': '91469999MA0000002U',
  'party-code': '469999198503120014',
  region: '460100',
  'tax-class': '3070401000000000000',
  'invoice-number': '26462000000000000001',
  'bank-account': '6222020000000000001',
}

/** Shorter columns are codes, longer ones words. */
const codeLength = 12

/** What a cell of the column may look like; columns that must not be filled in every row are left empty. */
export function exampleOf(name: string, column: Column): string {
  switch (column.type) {
    case 'date':
      return name === 'valid_to' ? '' : '2026-01-31'
    case 'money':
      return '1234.50'
    case 'quantity':
      return '2'
    case 'integer':
      return '1'
    case 'flag':
      return column.refused ? '否' : '是'
    case 'choice':
      return Object.values(column.choices ?? {})[0]?.zh ?? ''
    case 'text':
      if (column.check) return numbers[column.check]
      return (column.max ?? codeLength + 1) <= codeLength ? '30201'.slice(0, column.max) : column.title.zh
  }
}
