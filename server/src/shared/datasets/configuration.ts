import { choice, type Dataset, date, flag, required, text, validity } from './dataset.ts'

/**
 * Relations that the product itself maintains as versioned configuration and hands to the rules beside the facts.
 * `evaluate` takes the shipped version of each unless a csv of the same name is in the folder.
 */

/** Keyword groups with stop-words (domain 5.2). A stop-word that covers a keyword's place in the text cancels it. */
export const keyword: Dataset = {
  name: 'keyword',
  title: { zh: '关键词', en: 'Keywords' },
  kind: 'config',
  about: {
    zh: '关键词分组及排除词；排除词覆盖关键词所在位置时该处不计',
    en: 'Keyword groups and stop-words; a stop-word that covers a keyword in the text cancels that place',
  },
  key: ['group_code', 'word', 'word_kind', 'valid_from'],
  columns: {
    group_code: text('分组', 'group', { ...required, max: 40 }),
    group_name: text('分组名称', 'group name', { ...required, max: 40 }),
    word: text('词', 'word', { ...required, max: 60 }),
    word_kind: choice(
      '词类',
      'kind',
      {
        keyword: ['关键词', 'keyword'],
        stop: ['排除词', 'stop-word'],
        tax_class: ['税收分类编码前缀', 'tax class prefix'],
        short_class: ['分类简称', 'short class between asterisks'],
      },
      required,
    ),
    level: choice(
      '级别',
      'level',
      { red: ['红', 'red'], yellow: ['黄', 'yellow'], blue: ['蓝', 'blue'] },
      required,
    ),
    prohibited: flag('禁止类', 'prohibited'),
    ...validity,
  },
}

/** The working calendar: one row a day, with make-up working days and public holidays. */
export const calendarDay: Dataset = {
  name: 'calendar_day',
  title: { zh: '工作日历', en: 'Working calendar' },
  kind: 'config',
  about: {
    zh: '逐日工作日历，含法定节假日与调休',
    en: 'One row a day, public holidays and make-up working days',
  },
  key: ['day'],
  columns: {
    day: date('日期', 'day', required),
    is_workday: flag('工作日', 'working day', required),
    holiday_name: text('节日名称', 'holiday', {
      max: 40,
      note: {
        zh: '法定节日及其假期填写，其余为空',
        en: 'set on public holidays and the days off that belong to them',
      },
    }),
  },
}

/** White-list entries: within the scope and period, a hit of the rule is suppressed, counted and shown as such. */
export const ruleException: Dataset = {
  name: 'rule_exception',
  title: { zh: '规则例外（白名单）', en: 'Rule exceptions (white-list)' },
  kind: 'config',
  about: {
    zh: '按规则、单位、科目、收款人设定的例外，须有批准文号与到期日；空列不限',
    en: 'Exceptions by rule, unit, economic code and payee, with approval and expiry; an empty column does not restrict',
  },
  key: ['exception_id'],
  columns: {
    exception_id: text('例外编号', 'exception ID', { ...required, max: 40 }),
    rule_code: text('规则编码', 'rule', { ...required, max: 20 }),
    unit_code: text('单位编码', 'unit code', { max: 32 }),
    economic_code: text('经济分类科目', 'economic code', { max: 5 }),
    counterparty: text('收款人或销售方证件号', 'payee or seller number', { max: 40 }),
    approval_no: text('批准文号', 'approval number', required),
    reason: text('事由', 'reason'),
    valid_from: validity.valid_from,
    valid_to: date('到期日', 'expires on', { ...required, note: { zh: '含当日', en: 'inclusive' } }),
  },
}
