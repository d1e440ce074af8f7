/**
 * The vocabulary in which a dataset is described. One description serves the warehouse tables, the intake
 * checks, the templates to download, `docs/datasets.md` and the csv files of `evaluate`.
 */

/** A text in both languages of the product, Chinese first. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** A check beyond the column's type; the number in the name's comment is the standard it comes from. */
export type ColumnCheck =
  | 'person-id' // GB 11643, 18 characters (15-digit legacy numbers are upgraded at intake)
  | 'credit-code' // GB 32100, 18 characters
  | 'tax-number' // a credit code, or the 15-digit number that older registrations still carry
  | 'taxpayer-number' // a tax number, or the citizen number of a person, also with the two digits of a small trader
  | 'party-code' // whoever that is: in capitals, citizen numbers of 15 digits upgraded; foreign papers have numbers too
  | 'region' // GB/T 2260 and its township extension: 2, 4, 6, 9 or 12 digits
  | 'tax-class' // 19-digit tax classification code, or a prefix of it
  | 'invoice-number' // 8 digits, or the 20 digits of a fully digital invoice
  | 'bank-account' // Luhn is only a warning: passbooks and public accounts do not satisfy it

/** How a cell is read and stored. Money is yuan with two decimals in files, `numeric(18,2)` in the stores. */
export type ColumnType = 'text' | 'date' | 'money' | 'quantity' | 'integer' | 'flag' | 'choice'

export interface Column {
  readonly type: ColumnType
  readonly title: Bilingual
  readonly required: boolean
  /** For `choice`: the stored code and the words that files may use for it. */
  readonly choices?: Readonly<Record<string, Bilingual>>
  readonly check?: ColumnCheck
  readonly note?: Bilingual
  /** Longest text in characters; texts without a limit end at 1,000. */
  readonly max?: number
  /** Personal data: masked in lists, never in logs. */
  readonly personal?: boolean
  /** For `money`: a negative amount is an error unless this is set (red-letter invoices, reductions). */
  readonly negative?: boolean
  /** For `flag`: a row that says yes is refused, for this reason of `faultReasons`. */
  readonly refused?: 'classified'
}

export interface Dataset {
  readonly name: string
  readonly title: Bilingual
  /** `fact`: grows every day. `register`: describes things, carries validity dates. `config`: maintained in the console. */
  readonly kind: 'fact' | 'register' | 'config'
  readonly about: Bilingual
  /** Columns that identify a row; a second row with the same key in one file is an error, in the store an update. */
  readonly key: readonly string[]
  readonly columns: Readonly<Record<string, Column>>
  /** The column that says which unit's data a row is, where there is one: rows are fenced by it. */
  readonly unitColumn?: string
  /** The dataset of its lines, which carry its key: posted within the record, loaded and undone with it. */
  readonly lines?: string
}

type Options = Partial<Omit<Column, 'type' | 'title'>>

const column =
  (type: ColumnType) =>
  (zh: string, en: string, options: Options = {}): Column => ({
    type,
    title: { zh, en },
    required: false,
    ...options,
  })

export const text = column('text')
export const date = column('date')
export const money = column('money')
export const quantity = column('quantity')
export const integer = column('integer')
export const flag = column('flag')

/** A column with a closed list of values: `code: [Chinese word, English word]`. */
export function choice(
  zh: string,
  en: string,
  choices: Readonly<Record<string, readonly [string, string]>>,
  options: Options = {},
): Column {
  const named = Object.fromEntries(
    Object.entries(choices).map(([code, [wordZh, wordEn]]) => [code, { zh: wordZh, en: wordEn }]),
  )
  return { type: 'choice', title: { zh, en }, required: false, choices: named, ...options }
}

/** The two columns every register carries: rules join a register as of the day of the record they judge. */
export const validity = {
  valid_from: date('生效日期', 'valid from', {
    required: true,
    note: { zh: '含当日', en: 'inclusive' },
  }),
  valid_to: date('失效日期', 'valid to', {
    note: { zh: '含当日；空为至今有效', en: 'inclusive; empty means still valid' },
  }),
} as const

export const required = { required: true } as const
