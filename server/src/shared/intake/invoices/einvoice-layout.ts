import { type Dataset, datasetByName, integer, required, text } from '#shared/datasets/index.ts'
import type { InvoiceLayout } from './invoice-layout.ts'

const heads = datasetByName('invoice')!.columns
const lines = datasetByName('invoice_line')!.columns

/** Fully digital invoices out of their XML: a row for each line, the head repeated, where it was found in front. */
const source: Dataset = {
  name: 'einvoice',
  title: { zh: '数电票文件（XML、OFD）', en: 'Fully digital invoices (XML, OFD)' },
  kind: 'fact',
  about: {
    zh: '税务数字账户下载的数电票 XML 或 OFD 文件，可一次上传多个，也可打成 zip',
    en: 'XML or OFD files of fully digital invoices from the tax authority; several at once, or a zip of them',
  },
  key: ['invoice_no', 'line_no'],
  columns: {
    file: text('文件', 'file', { ...required, max: 400 }),
    line_no: integer('行号', 'line', required),
    invoice_no: text('发票号码', 'invoice number', { ...required, check: 'invoice-number' }),
    invoice_kind: heads.invoice_kind!,
    issued_on: heads.issued_on!,
    buyer_name: heads.buyer_name!,
    buyer_tax_no: heads.buyer_tax_no!,
    seller_name: heads.seller_name!,
    seller_tax_no: heads.seller_tax_no!,
    seller_address: heads.seller_address!,
    amount: { ...heads.amount!, required: true },
    tax: heads.tax!,
    total: heads.total!,
    remark: heads.remark!,
    drawer: heads.drawer!,
    invoice_state: heads.invoice_state!,
    red_of_no: heads.red_of_no!,
    item_name: lines.item_name!,
    tax_class_code: lines.tax_class_code!,
    spec: lines.spec!,
    unit_of_measure: lines.unit_of_measure!,
    quantity: lines.quantity!,
    unit_price: lines.unit_price!,
    line_amount: lines.amount!,
    tax_rate: lines.tax_rate!,
    line_tax: lines.tax!,
  },
}

const same = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]))

export const einvoiceLayout: InvoiceLayout = {
  source,
  number: 'invoice_no',
  head: same(
    'invoice_no',
    'invoice_kind',
    'issued_on',
    'buyer_name',
    'buyer_tax_no',
    'seller_name',
    'seller_tax_no',
    'seller_address',
    'amount',
    'tax',
    'total',
    'remark',
    'drawer',
    'invoice_state',
    'red_of_no',
  ),
  line: {
    ...same('invoice_no', 'line_no', 'item_name', 'tax_class_code', 'spec', 'unit_of_measure', 'quantity'),
    ...same('unit_price', 'tax_rate'),
    amount: 'line_amount',
    tax: 'line_tax',
  },
  hasLine: 'true',
  shared: [],
  sums: { lineAmount: 'line_amount', lineTax: 'line_tax', amount: 'amount', tax: 'tax', total: 'total' },
  place: { file: 'file', row: 'line_no' },
}
