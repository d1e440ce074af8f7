import type { Column, Dataset } from '#shared/datasets/index.ts'
import { type Condition, type ConditionGroup, isGroup, type Operator, valuesOf } from './composed-query.ts'

type Language = 'zh' | 'en'

const words: Readonly<Record<Operator, Readonly<Record<Language, string>>>> = {
  '=': { zh: '为', en: 'is' },
  '!=': { zh: '不为', en: 'is not' },
  '<': { zh: '小于', en: 'below' },
  '<=': { zh: '不超过', en: 'at most' },
  '>': { zh: '大于', en: 'above' },
  '>=': { zh: '不低于', en: 'at least' },
  between: { zh: '介于（含）', en: 'between (inclusive)' },
  notBetween: { zh: '不在范围（含）', en: 'outside (inclusive)' },
  in: { zh: '为其一：', en: 'one of' },
  notIn: { zh: '均不为：', en: 'none of' },
  contains: { zh: '包含', en: 'contains' },
  doesNotContain: { zh: '不包含', en: 'does not contain' },
  beginsWith: { zh: '开头为', en: 'begins with' },
  doesNotBeginWith: { zh: '开头不为', en: 'does not begin with' },
  endsWith: { zh: '结尾为', en: 'ends with' },
  null: { zh: '为空', en: 'is empty' },
  notNull: { zh: '不为空', en: 'is not empty' },
}

const joins = { and: { zh: '，且', en: ' and ' }, or: { zh: '，或', en: ' or ' } } as const

/** The condition in plain words. */
export function readingOf(dataset: Dataset, group: ConditionGroup): { zh: string; en: string } {
  return { zh: groupWords(dataset, group, 'zh'), en: groupWords(dataset, group, 'en') }
}

function groupWords(dataset: Dataset, group: ConditionGroup, language: Language, inner = false): string {
  const parts = group.rules.map((part) =>
    isGroup(part) ? groupWords(dataset, part, language, true) : conditionWords(dataset, part, language),
  )
  const joined = parts.join(joins[group.combinator][language])
  const [open, close] = language === 'zh' ? ['（', '）'] : ['(', ')']
  if (group.not) return `${language === 'zh' ? '并非' : 'not '}${open}${joined}${close}`
  return inner && parts.length > 1 ? `${open}${joined}${close}` : joined
}

function conditionWords(dataset: Dataset, { field, operator, value }: Condition, language: Language): string {
  const column = dataset.columns[field]
  if (!column) return field
  const values = valuesOf(operator, value).map((one) => shown(column, one, language))
  const [gap, between] = language === 'zh' ? ['', '、'] : [' ', ', ']
  return [column.title[language], words[operator][language], values.join(between)].filter(Boolean).join(gap)
}

function shown(column: Column, value: unknown, language: Language): string {
  const text = String(value)
  if (column.choices) return column.choices[text]?.[language] ?? text
  if (column.type === 'flag') {
    return { zh: text === 'true' ? '是' : '否', en: text === 'true' ? 'yes' : 'no' }[language]
  }
  if (column.type !== 'text') return text
  return language === 'zh' ? `“${text}”` : `"${text}"`
}
