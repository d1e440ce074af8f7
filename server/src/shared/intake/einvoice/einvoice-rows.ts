import type { EInvoiceDocument } from './read-einvoice.ts'

/** The rows of an invoice for the checks: a map for each line, by the columns of the layout, and faults found here. */
export interface EInvoiceRows {
  readonly number: string
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** `column:reason` */
  readonly marks: readonly string[]
}

const data = 'EInvoiceData'
const basic = `${data}/BasicInformation`

/** Where the layout keeps what: the first place that has anything is taken. */
const headPlaces: Readonly<Record<string, readonly string[]>> = {
  buyer_name: [`${data}/BuyerInformation/BuyerName`],
  buyer_tax_no: [`${data}/BuyerInformation/BuyerIdNum`],
  seller_name: [`${data}/SellerInformation/SellerName`],
  seller_tax_no: [`${data}/SellerInformation/SellerIdNum`],
  seller_address: [`${data}/SellerInformation/SellerAddr`],
  amount: [`${basic}/TotalAmWithoutTax`],
  tax: [`${basic}/TotalTaxAm`],
  total: [`${basic}/TotalTax-includedAmount`],
  drawer: [`${basic}/Drawer`],
  remark: [`${data}/AdditionalInformation/Remark`, `${basic}/Remark`],
}

const lineNames: Readonly<Record<string, string>> = {
  item_name: 'ItemName',
  tax_class_code: 'TaxClassificationCode',
  spec: 'SpecMod',
  unit_of_measure: 'MeaUnits',
  quantity: 'Quantity',
  unit_price: 'UnPrice',
  line_amount: 'Amount',
  tax_rate: 'TaxRate',
  line_tax: 'ComTaxAm',
}

/** Turns the document into rows; texts are judged by the checks, only what needs the whole document is judged here. */
export function einvoiceRows({ texts, lines }: EInvoiceDocument): EInvoiceRows {
  const first = (places: readonly string[]) =>
    places.map((place) => texts.get(place)).find((text) => text !== undefined) ?? ''
  const supervised = texts.get('TaxSupervisionInfo/InvoiceNumber') ?? ''
  const number = texts.get('Header/EIid') || supervised
  const issued = first(['TaxSupervisionInfo/IssueTime', `${basic}/RequestTime`]).slice(0, 10)
  const marks: string[] = []
  if (!/^\d{20}$/.test(number) || number.slice(0, 2) !== issued.slice(2, 4))
    marks.push('invoice_no:digital_number')
  if (supervised !== '' && supervised !== number) marks.push('invoice_no:numbers_differ')
  const named = Object.fromEntries(
    Object.entries(headPlaces).map(([column, places]) => [column, first(places)]),
  )
  const head = {
    ...named,
    invoice_no: number,
    issued_on: issued,
    invoice_kind: kindOf(texts),
    tax: amountText(named.tax ?? ''),
    ...reversal(texts, named.amount ?? '', named.remark ?? ''),
  }
  const rows = (lines.length > 0 ? lines : [new Map<string, string>()]).map((line, at) => ({
    ...head,
    ...lineOf(line),
    line_no: String(at + 1),
  }))
  return { number, rows, marks: marks.slice(0, 1) }
}

function kindOf(texts: ReadonlyMap<string, string>): string {
  const label = 'Header/InherentLabel/GeneralOrSpecialVAT'
  const code = texts.get(`${label}/LabelCode`)
  const name = texts.get(`${label}/LabelName`) ?? ''
  if (code === '01' || name.includes('专用')) return 'digital_special'
  return code === '02' || name.includes('普通') ? 'digital_ordinary' : ''
}

/** A red-letter invoice has negative amounts, and names the one that it reverses in its remark. */
function reversal(texts: ReadonlyMap<string, string>, amount: string, remark: string) {
  const blue = texts.get('Header/InherentLabel/InIssuType/LabelCode')
  const red = blue === 'N' || amount.startsWith('-')
  const reversed = /被红冲蓝字[^\d]{0,20}(\d{20})/.exec(remark)?.[1] ?? ''
  return { invoice_state: red ? 'red' : 'normal', red_of_no: red ? reversed : '' }
}

function lineOf(line: ReadonlyMap<string, string>): Record<string, string> {
  const texts = Object.fromEntries(
    Object.entries(lineNames).map(([column, element]) => [column, line.get(element) ?? '']),
  )
  return {
    ...texts,
    unit_price: shortened(texts.unit_price ?? ''),
    quantity: shortened(texts.quantity ?? ''),
    tax_rate: rateText(texts.tax_rate ?? ''),
    line_tax: amountText(texts.line_tax ?? ''),
  }
}

/** Prices before tax are quotients with up to thirteen decimals; the stores keep six. */
function shortened(text: string): string {
  return /^-?\d+\.\d{7,}$/.test(text) ? Number(text).toFixed(6) : text
}

function rateText(text: string): string {
  return /^0?\.\d+$/.test(text) ? `${Number((Number(text) * 100).toFixed(4))}%` : text
}

/** Asterisks stand where there is no tax. */
function amountText(text: string): string {
  return /^\*+$/.test(text) ? '' : text
}
