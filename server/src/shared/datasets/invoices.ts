import { choice, type Dataset, date, integer, money, quantity, required, text } from './dataset.ts'

const invoiceCode = text('发票代码', 'invoice code', {
  max: 12,
  note: { zh: '10 或 12 位；数电票为空', en: '10 or 12 digits; empty for a fully digital invoice' },
})
const invoiceNo = text('发票号码', 'invoice number', { ...required, check: 'invoice-number' })

/** Invoice heads from both tax feeds, red-letter and voided ones included. */
export const invoice: Dataset = {
  name: 'invoice',
  title: { zh: '发票', en: 'Invoices' },
  kind: 'fact',
  about: {
    zh: '税务部门推送的发票抬头，含作废与红字发票',
    en: 'Invoice heads from the tax authority, voided and red-letter ones included',
  },
  key: ['invoice_code', 'invoice_no'],
  lines: 'invoice_line',
  columns: {
    invoice_code: invoiceCode,
    invoice_no: invoiceNo,
    invoice_kind: choice(
      '发票种类',
      'kind',
      {
        vat_special: ['增值税专用发票', 'VAT special'],
        vat_ordinary: ['增值税普通发票', 'VAT ordinary'],
        vat_electronic: ['增值税电子普通发票', 'VAT electronic'],
        digital_special: ['数电专票', 'fully digital special'],
        digital_ordinary: ['数电普票', 'fully digital ordinary'],
        fixed_amount: ['定额发票', 'fixed-amount'],
        roll: ['卷式发票', 'roll'],
      },
      required,
    ),
    issued_on: date('开票日期', 'issued on', required),
    buyer_name: text('购买方名称', 'buyer', { max: 200 }),
    buyer_tax_no: text('购买方纳税人识别号', 'buyer tax number', { check: 'taxpayer-number' }),
    seller_name: text('销售方名称', 'seller', { ...required, max: 200 }),
    seller_tax_no: text('销售方纳税人识别号', 'seller tax number', { check: 'taxpayer-number' }),
    seller_address: text('销售方地址', 'seller address'),
    seller_region_code: text('销售方行政区划', 'seller region', { check: 'region' }),
    amount: money('不含税金额（元）', 'amount before tax (yuan)', { negative: true }),
    tax: money('税额（元）', 'tax (yuan)', { negative: true }),
    total: money('价税合计（元）', 'total (yuan)', { ...required, negative: true }),
    remark: text('备注', 'remark'),
    drawer: text('开票人', 'drawer', { personal: true, max: 60 }),
    check_code: text('校验码', 'check code', { max: 20 }),
    invoice_state: choice(
      '发票状态',
      'state',
      { normal: ['正常', 'normal'], void: ['作废', 'void'], red: ['红字', 'red-letter'] },
      required,
    ),
    red_of_code: text('对应蓝字发票代码', 'code of the invoice reversed', { max: 12 }),
    red_of_no: text('对应蓝字发票号码', 'number of the invoice reversed', { check: 'invoice-number' }),
    feed: choice('数据来源', 'feed', {
      national: ['原国税', 'former national tax'],
      local: ['原地税', 'former local tax'],
    }),
  },
}

/** Invoice lines: what was bought. Item names carry the tax authority's short class: `*餐饮服务*餐费`. */
export const invoiceLine: Dataset = {
  name: 'invoice_line',
  title: { zh: '发票明细', en: 'Invoice lines' },
  kind: 'fact',
  about: { zh: '发票的货物或服务明细行', en: 'Goods or services on an invoice' },
  key: ['invoice_code', 'invoice_no', 'line_no'],
  columns: {
    invoice_code: invoiceCode,
    invoice_no: invoiceNo,
    line_no: integer('行号', 'line', required),
    item_name: text('货物或应税劳务、服务名称', 'item name', { ...required, max: 400 }),
    tax_class_code: text('税收分类编码', 'tax class code', { check: 'tax-class' }),
    spec: text('规格型号', 'specification'),
    unit_of_measure: text('单位', 'unit of measure', { max: 40 }),
    quantity: quantity('数量', 'quantity', { negative: true }),
    unit_price: quantity('单价', 'unit price', { negative: true }),
    amount: money('金额（元）', 'amount (yuan)', { ...required, negative: true }),
    tax_rate: text('税率', 'tax rate', { max: 20 }),
    tax: money('税额（元）', 'tax (yuan)', { negative: true }),
  },
}

/** Reimbursements: which unit paid for which invoice, when, claimed by whom. */
export const reimbursement: Dataset = {
  name: 'reimbursement',
  title: { zh: '报销登记', en: 'Reimbursements' },
  kind: 'fact',
  about: { zh: '单位与发票的报销关系', en: 'Which unit reimbursed which invoice' },
  key: ['reimbursement_id'],
  unitColumn: 'unit_code',
  columns: {
    reimbursement_id: text('报销单号', 'reimbursement ID', { ...required, max: 40 }),
    unit_code: text('单位编码', 'unit code', { ...required, max: 32 }),
    invoice_code: invoiceCode,
    invoice_no: invoiceNo,
    claimed_on: date('报销日期', 'claimed on', required),
    amount: money('报销金额（元）', 'amount (yuan)', required),
    claimant_name: text('报销人', 'claimant', { max: 60, personal: true }),
    claimant_id: text('报销人身份号码', 'claimant ID', { check: 'person-id', personal: true }),
    payment_id: text('支付编号', 'payment ID', { max: 40 }),
  },
}
