import { choice, type Dataset, date, flag, integer, money, required, text, validity } from './dataset.ts'

/** The six expense kinds that are capped by the budget: the three public expenses, meetings and training. */
const cappedExpense = {
  abroad: ['因公出国（境）', 'travel abroad'],
  reception: ['公务接待', 'official reception'],
  car_purchase: ['公务用车购置', 'vehicle purchase'],
  car_running: ['公务用车运行维护', 'vehicle running'],
  meeting: ['会议费', 'meetings'],
  training: ['培训费', 'training'],
} as const

const functionCode = text('功能分类科目', 'function code', {
  max: 7,
  note: { zh: '类3位、款2位、项2位，如 2010301', en: 'class 3, division 2, item 2 digits, e.g. 2010301' },
})
const economicCode = text('经济分类科目', 'economic code', {
  max: 5,
  note: { zh: '类3位、款2位，如 30217', en: 'class 3, division 2 digits, e.g. 30217' },
})

/** What is secret is not dealt with here: the platform is one for data that is not classified. */
const classified = flag('涉密', 'classified', {
  refused: 'classified',
  note: { zh: '为“是”的行不予接收', en: 'a row that says yes is refused' },
})

/** Budget indicators (预算指标): what a unit may spend, on what, in which year. */
export const budgetIndicator: Dataset = {
  name: 'budget_indicator',
  title: { zh: '预算指标', en: 'Budget indicators' },
  kind: 'fact',
  about: { zh: '下达到单位的预算指标', en: 'Budget indicators issued to units' },
  key: ['indicator_id'],
  unitColumn: 'unit_code',
  columns: {
    indicator_id: text('指标编号', 'indicator ID', { ...required, max: 40 }),
    unit_code: text('单位编码', 'unit code', { ...required, max: 32 }),
    budget_year: integer('预算年度', 'budget year', required),
    function_code: functionCode,
    economic_code: economicCode,
    project_code: text('项目代码', 'project code', { max: 40 }),
    project_name: text('项目名称', 'project name'),
    fund_kind: choice(
      '支出类别',
      'expenditure kind',
      {
        personnel: ['基本支出-人员经费', 'basic: personnel'],
        office: ['基本支出-公用经费', 'basic: office'],
        project: ['项目支出', 'project'],
      },
      required,
    ),
    capped_expense: choice('三公及会议培训标识', 'capped expense', cappedExpense),
    amount: money('指标金额（元）', 'amount (yuan)', required),
    issued_on: date('下达日期', 'issued on', required),
    carried_from_year: integer('结转自年度', 'carried over from year', {
      note: {
        zh: '结转指标最初安排的年度；非结转为空',
        en: 'the year in which a carried-over indicator was first budgeted; empty otherwise',
      },
    }),
    closed_on: date('收回日期', 'taken back on'),
    classified,
  },
}

/** Adjustments (调剂、追加、追减) of an indicator; an adjustment slip may also allow other codes for a payment. */
export const budgetAdjustment: Dataset = {
  name: 'budget_adjustment',
  title: { zh: '预算调剂', en: 'Budget adjustments' },
  kind: 'fact',
  about: {
    zh: '指标的调剂、追加、追减；调剂单可列明允许支付的科目或项目',
    en: 'Adjustments of indicators; a slip may name the codes or project that it allows',
  },
  key: ['adjustment_id'],
  unitColumn: 'unit_code',
  columns: {
    adjustment_id: text('调剂单号', 'adjustment ID', { ...required, max: 40 }),
    indicator_id: text('指标编号', 'indicator ID', { ...required, max: 40 }),
    unit_code: text('单位编码', 'unit code', { ...required, max: 32 }),
    adjustment_kind: choice(
      '调整类型',
      'kind',
      { transfer: ['调剂', 'transfer'], increase: ['追加', 'increase'], decrease: ['追减', 'decrease'] },
      required,
    ),
    amount: money('调整金额（元，减少为负）', 'amount (yuan, negative reduces)', {
      ...required,
      negative: true,
    }),
    adjusted_on: date('调整日期', 'adjusted on', required),
    function_code: functionCode,
    economic_code: economicCode,
    project_code: text('项目代码', 'project code', { max: 40 }),
    approval_no: text('批准文号', 'approval number'),
  },
}

/** Payments (国库集中支付), one row per payee. In transit (在途) counts against the indicator, void and returned do not. */
export const payment: Dataset = {
  name: 'payment',
  title: { zh: '支付', en: 'Payments' },
  kind: 'fact',
  about: { zh: '国库集中支付明细，每个收款人一行', en: 'Treasury payments, one row per payee' },
  key: ['payment_id'],
  unitColumn: 'unit_code',
  columns: {
    payment_id: text('支付编号', 'payment ID', { ...required, max: 40 }),
    request_id: text('支付申请编号', 'payment request ID', { max: 40 }),
    unit_code: text('单位编码', 'unit code', { ...required, max: 32 }),
    indicator_id: text('指标编号', 'indicator ID', { max: 40 }),
    paid_on: date('支付日期', 'paid on', required),
    amount: money('支付金额（元）', 'amount (yuan)', required),
    settlement: choice(
      '结算方式',
      'settlement',
      {
        cash: ['现金', 'cash'],
        transfer: ['转账', 'transfer'],
        official_card: ['公务卡', 'official card'],
        cheque: ['转账支票', 'cheque'],
      },
      required,
    ),
    payer_account: text('付款账号', 'payer account', { max: 40 }),
    payee_name: text('收款人', 'payee', { max: 200, personal: true }),
    payee_account: text('收款账号', 'payee account', { max: 40, personal: true, check: 'bank-account' }),
    payee_bank: text('收款人开户行', 'payee bank'),
    payee_kind: choice('收款人类型', 'payee kind', {
      person: ['个人', 'person'],
      organisation: ['单位', 'organisation'],
    }),
    payee_code: text('收款人证件号', 'payee number', {
      check: 'party-code',
      personal: true,
      note: { zh: '公民身份号码或统一社会信用代码', en: 'person ID or credit code' },
    }),
    function_code: functionCode,
    economic_code: economicCode,
    project_code: text('项目代码', 'project code', { max: 40 }),
    purpose: text('用途', 'purpose', { max: 400 }),
    payment_method: choice('支付方式', 'payment method', {
      direct: ['直接支付', 'direct'],
      authorised: ['授权支付', 'authorised'],
    }),
    payment_kind: choice(
      '支付类型',
      'payment kind',
      {
        salary: ['工资统发', 'unified salary'],
        subsidy_batch: ['补助批量代发', 'subsidy batch'],
        purchase: ['采购', 'purchase'],
        ordinary: ['一般支付', 'ordinary'],
        cash_withdrawal: ['提现', 'cash withdrawal'],
      },
      required,
    ),
    purchase_kind: choice('采购品类', 'purchase kind', {
      goods: ['货物', 'goods'],
      services: ['服务', 'services'],
      works: ['工程', 'works'],
    }),
    is_advance: flag('预付款', 'advance payment'),
    capped_expense: choice('三公及会议培训标识', 'capped expense', cappedExpense),
    contract_id: text('合同编号', 'contract ID', { max: 40 }),
    procurement_no: text('采购备案号', 'procurement record', { max: 40 }),
    invoice_code: text('发票代码', 'invoice code', { max: 12 }),
    invoice_no: text('发票号码', 'invoice number', { check: 'invoice-number' }),
    card_exempt_reason: text('免刷公务卡说明', 'reason for not using the card'),
    batch_no: text('发放批次号', 'pay-out batch', { max: 40 }),
    payment_state: choice(
      '支付状态',
      'state',
      {
        in_transit: ['在途', 'in transit'],
        paid: ['已支付', 'paid'],
        returned: ['退回', 'returned'],
        void: ['作废', 'void'],
      },
      required,
    ),
    classified,
  },
}

/** Contracts, with the procurement record they rest on. */
export const contract: Dataset = {
  name: 'contract',
  title: { zh: '合同与采购备案', en: 'Contracts and procurement records' },
  kind: 'fact',
  about: { zh: '采购合同及其采购备案', en: 'Contracts with their procurement record' },
  key: ['contract_id'],
  unitColumn: 'unit_code',
  columns: {
    contract_id: text('合同编号', 'contract ID', { ...required, max: 40 }),
    unit_code: text('单位编码', 'unit code', { ...required, max: 32 }),
    supplier_name: text('供应商', 'supplier', { ...required, max: 200 }),
    supplier_code: text('供应商统一社会信用代码', 'supplier credit code', { check: 'tax-number' }),
    purchase_kind: choice(
      '采购品类',
      'purchase kind',
      { goods: ['货物', 'goods'], services: ['服务', 'services'], works: ['工程', 'works'] },
      required,
    ),
    amount: money('合同金额（元）', 'amount (yuan)', required),
    signed_on: date('签订日期', 'signed on', required),
    procurement_no: text('采购备案号', 'procurement record', { max: 40 }),
    procurement_method: text('采购方式', 'procurement method'),
    ...validity,
  },
}
