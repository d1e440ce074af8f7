import { choice, type Dataset, flag, money, required, text, validity } from './dataset.ts'

/** Budget units and other supervised bodies, with history: a renamed unit has several rows with one code. */
export const unit: Dataset = {
  name: 'unit',
  title: { zh: '单位', en: 'Units' },
  kind: 'register',
  about: {
    zh: '预算单位及其他被监督单位；更名、合并、撤销各留一行历史',
    en: 'Budget units and other supervised bodies; a renaming, merger or closing leaves a row of history',
  },
  key: ['unit_code', 'valid_from'],
  unitColumn: 'unit_code',
  columns: {
    unit_code: text('单位编码', 'unit code', { ...required, max: 32 }),
    unit_name: text('单位名称', 'unit name', { ...required, max: 200 }),
    credit_code: text('统一社会信用代码', 'credit code / tax number', { check: 'tax-number' }),
    region_code: text('行政区划代码', 'region code', { ...required, check: 'region' }),
    parent_code: text('上级单位编码', 'parent unit code', { max: 32 }),
    kind: choice('单位性质', 'kind', {
      organ: ['机关', 'organ'],
      institution: ['事业单位', 'public institution'],
      enterprise: ['国有企业', 'state-owned enterprise'],
      social: ['社会团体', 'social organisation'],
      village: ['村（社区）', 'village or community'],
    }),
    successor_code: text('承继单位编码', 'successor unit code', {
      max: 32,
      note: { zh: '合并、撤销后的承继单位', en: 'after a merger or closing' },
    }),
    ...validity,
  },
}

/** Accounts of units. `whitelisted` accounts may receive transfers of the unit's own treasury money (rule ZF09). */
export const unitAccount: Dataset = {
  name: 'unit_account',
  title: { zh: '单位账户', en: 'Unit accounts' },
  kind: 'register',
  about: {
    zh: '预算单位的零余额账户、实有资金账户、专户；白名单账户（工会、党费、代扣税费社保公积金）可收本单位转款',
    en: 'Treasury zero-balance accounts, real-fund accounts and special accounts of units, with the white-list',
  },
  key: ['account_no', 'valid_from'],
  unitColumn: 'unit_code',
  columns: {
    account_no: text('账号', 'account number', { ...required, check: 'bank-account', max: 40 }),
    unit_code: text('单位编码', 'unit code', { ...required, max: 32 }),
    account_name: text('户名', 'account name', { ...required, max: 200 }),
    bank_name: text('开户行', 'bank'),
    account_kind: choice(
      '账户性质',
      'account kind',
      {
        zero_balance: ['零余额账户', 'zero-balance account'],
        real_fund: ['实有资金账户', 'real-fund account'],
        special: ['专用存款账户', 'special deposit account'],
        union: ['工会账户', 'trade-union account'],
        party: ['党费账户', 'party-dues account'],
        withholding: ['代扣代缴账户', 'withholding account'],
      },
      required,
    ),
    credit_code: text('户主统一社会信用代码', 'holder credit code', { check: 'tax-number' }),
    whitelisted: flag('白名单', 'white-listed'),
    whitelist_reason: text('白名单事由', 'white-list reason'),
    approval_no: text('批准文号', 'approval number'),
    ...validity,
  },
}

/** Who an account belongs to, as registered with the bank or the treasury: payees' names are checked against it. */
export const payeeAccount: Dataset = {
  name: 'payee_account',
  title: { zh: '收款账户登记', en: 'Payee accounts' },
  kind: 'register',
  about: {
    zh: '银行或国库登记的账号与户名、户主证件',
    en: 'Account, holder name and holder number as registered with the bank or the treasury',
  },
  key: ['account_no', 'valid_from'],
  columns: {
    account_no: text('账号', 'account number', { ...required, check: 'bank-account', max: 40 }),
    holder_name: text('户名', 'holder name', { ...required, max: 200, personal: true }),
    holder_code: text('户主证件号', 'holder number', {
      check: 'party-code',
      personal: true,
      note: { zh: '公民身份号码或统一社会信用代码', en: 'person ID or credit code' },
    }),
    bank_name: text('开户行', 'bank'),
    ...validity,
  },
}

/** Persons paid from public funds (财政供养人员), as of a day, in the unit that pays them. */
export const payroll: Dataset = {
  name: 'payroll',
  title: { zh: '财政供养人员', en: 'Payroll' },
  kind: 'register',
  about: { zh: '财政供养人员及其供养单位', en: 'Persons paid from public funds and the unit that pays them' },
  key: ['person_id', 'unit_code', 'valid_from'],
  unitColumn: 'unit_code',
  columns: {
    person_id: text('公民身份号码', 'person ID', { ...required, check: 'person-id', personal: true }),
    person_name: text('姓名', 'name', { ...required, max: 60, personal: true }),
    unit_code: text('单位编码', 'unit code', { ...required, max: 32 }),
    account_no: text('工资账号', 'salary account', { check: 'bank-account', personal: true, max: 40 }),
    post: text('职务', 'post'),
    ...validity,
  },
}

/** Allowances and subsidies that have been approved, for one unit or (empty unit) for all. */
export const allowanceItem: Dataset = {
  name: 'allowance_item',
  title: { zh: '批准津贴补贴项目', en: 'Approved allowance items' },
  kind: 'register',
  about: {
    zh: '经批准的津贴补贴、奖金、福利项目；单位编码空为全省统一项目',
    en: 'Approved allowances, bonuses and benefits; an empty unit code means province-wide',
  },
  key: ['item_code', 'unit_code', 'valid_from'],
  columns: {
    item_code: text('项目编码', 'item code', { ...required, max: 40 }),
    unit_code: text('单位编码', 'unit code', { max: 32 }),
    item_name: text('项目名称', 'item name', {
      ...required,
      max: 100,
      note: { zh: '用途中出现该名称即视为该项目', en: 'a purpose that contains this name is this item' },
    }),
    standard: money('标准（元/人）', 'standard (yuan per person)'),
    approval_no: text('批准文号', 'approval number', required),
    ...validity,
  },
}
