import { choice, type Dataset, date, integer, money, required, text } from '#shared/datasets/index.ts'
import type { InvoiceLayout } from './invoice-layout.ts'

/** The former local tax feed: fixed-amount and roll invoices, with less on them than VAT invoices have. */
const source: Dataset = {
  name: 'feed_local',
  title: { zh: '原地税推送（定额、卷式发票）', en: 'Local tax feed (fixed-amount and roll invoices)' },
  kind: 'fact',
  about: {
    zh: '原地税系统推送的定额发票与卷式发票，每行一个项目；定额发票只有面额',
    en: 'Fixed-amount and roll invoices from the former local tax system, a row for each item; fixed-amount ones have only their face value',
  },
  key: ['fpdm', 'fphm', 'xh'],
  columns: {
    pz: choice('票种', 'kind', { DE: ['定额发票', 'fixed-amount'], JS: ['卷式发票', 'roll'] }, required),
    fpdm: text('发票代码', 'invoice code', { ...required, max: 12 }),
    fphm: text('发票号码', 'invoice number', { ...required, check: 'invoice-number' }),
    kjrq: date('开具日期', 'issued on', required),
    skfmc: text('收款方名称', 'payee', { ...required, max: 200 }),
    skfsbh: text('收款方识别号', 'payee tax number', { check: 'tax-number' }),
    skfdz: text('收款方地址', 'payee address'),
    xzqh: text('行政区划', 'region', { check: 'region' }),
    fkfmc: text('付款方名称', 'payer', { max: 200 }),
    fkfsbh: text('付款方识别号', 'payer tax number', { check: 'tax-number' }),
    xh: integer('序号', 'item number', {
      note: { zh: '一张发票有多个项目时必填', en: 'needed where an invoice has several items' },
    }),
    xm: text('项目', 'item', { max: 400 }),
    je: money('金额', 'item amount', { ...required, negative: true }),
    hj: money('合计金额', 'total', { ...required, negative: true }),
    kpr: text('开票人', 'drawer', { personal: true, max: 60 }),
    zt: choice(
      '状态',
      'state',
      { ZC: ['正常', 'normal'], ZF: ['作废', 'void'], HZ: ['红字', 'red-letter'] },
      required,
    ),
    yfpdm: text('原发票代码', 'code of the invoice reversed', { max: 12 }),
    yfphm: text('原发票号码', 'number of the invoice reversed', { check: 'invoice-number' }),
    bz: text('备注', 'remark'),
  },
}

export const localFeed: InvoiceLayout = {
  source,
  code: 'fpdm',
  number: 'fphm',
  head: {
    invoice_code: 'fpdm',
    invoice_no: 'fphm',
    invoice_kind: `case pz when 'DE' then 'fixed_amount' else 'roll' end`,
    issued_on: 'kjrq',
    buyer_name: 'fkfmc',
    buyer_tax_no: 'fkfsbh',
    seller_name: 'skfmc',
    seller_tax_no: 'skfsbh',
    seller_address: 'skfdz',
    seller_region_code: 'xzqh',
    total: 'hj',
    remark: 'bz',
    drawer: 'kpr',
    invoice_state: `case zt when 'ZC' then 'normal' when 'ZF' then 'void' else 'red' end`,
    red_of_code: 'yfpdm',
    red_of_no: 'yfphm',
    feed: `'local'`,
  },
  line: {
    invoice_code: 'fpdm',
    invoice_no: 'fphm',
    line_no: 'row_number() over (partition by fpdm, fphm order by row_no)',
    item_name: 'xm',
    amount: 'je',
  },
  hasLine: 'xm is not null',
  shared: ['pz', 'kjrq', 'skfmc', 'skfsbh', 'fkfmc', 'fkfsbh', 'hj', 'zt', 'yfphm'],
  sums: { lineAmount: 'je', total: 'hj' },
}
