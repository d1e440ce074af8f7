import type { Bilingual } from '#shared/datasets/index.ts'
import type { Hit } from './hit.ts'
import type { ParameterValues } from './parameters.ts'
import { comparisonForm, type Rule } from './rule.schema.ts'

/** A value of the case or a threshold of the rule, as it is shown. */
export interface ComparedValue {
  readonly title: Bilingual
  readonly kind: string
  readonly value: string | null
  /** A parameter: what the case is measured by. */
  readonly threshold: boolean
}

type ComparedHit = Pick<
  Hit,
  'condition' | 'keys' | 'amount' | 'onDate' | 'unitCode' | 'economicCode' | 'counterparty' | 'evidence'
>

export interface Comparison {
  readonly left: ComparedValue
  readonly relation: string
  readonly right: ComparedValue
}

const fixedTitles: Readonly<Record<string, Bilingual & { readonly kind: string }>> = {
  amount: { zh: '金额', en: 'amount', kind: 'money' },
  on_date: { zh: '日期', en: 'date', kind: 'date' },
  unit_code: { zh: '单位编码', en: 'unit code', kind: 'text' },
  economic_code: { zh: '经济分类', en: 'economic code', kind: 'text' },
  counterparty: { zh: '对方证件号', en: 'counterparty number', kind: 'text' },
}

/** What the condition that decided compares, with this hit's values against the thresholds pinned in it. */
export function comparisonsOf(rule: Rule, hit: ComparedHit, parameters: ParameterValues): Comparison[] {
  const condition = rule.conditions.find(({ key }) => key === hit.condition)
  return (condition?.compares ?? []).map((text) => {
    const [, left, relation, right] = comparisonForm.exec(text)!
    return {
      left: sideOf(rule, hit, parameters, left!),
      relation: relation!,
      right: sideOf(rule, hit, parameters, right!),
    }
  })
}

function sideOf(rule: Rule, hit: ComparedHit, parameters: ParameterValues, name: string): ComparedValue {
  const parameter = rule.parameters.find((definition) => definition.name === name)
  if (parameter) {
    return {
      title: parameter.title,
      kind: parameter.type,
      value: String(parameters[name]),
      threshold: true,
    }
  }
  const evidence = rule.evidence.find((column) => column.name === name)
  const values: Readonly<Record<string, unknown>> = {
    ...hit.keys,
    amount: hit.amount,
    on_date: hit.onDate,
    unit_code: hit.unitCode,
    economic_code: hit.economicCode,
    counterparty: hit.counterparty,
    ...hit.evidence,
  }
  const title = evidence?.title ?? fixedTitles[name] ?? { zh: name, en: name }
  const value = values[name]
  return {
    title: { zh: title.zh, en: title.en },
    kind: evidence?.kind ?? fixedTitles[name]?.kind ?? 'text',
    value: value === null || value === undefined ? null : String(value),
    threshold: false,
  }
}

/** The rule's reading with the values in force at the hit in the places of its parameters; long lists are cut. */
export function readingWith(rule: Rule, parameters: ParameterValues): Bilingual {
  const filled = (text: string, language: 'zh' | 'en') =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = parameters[name]
      if (value === undefined) return whole
      if (!Array.isArray(value)) return String(value)
      const joiner = language === 'zh' ? '、' : ', '
      const most = 8
      const listed = value.slice(0, most).join(joiner)
      return value.length > most ? `${listed}…` : listed
    })
  return { zh: filled(rule.reading.zh, 'zh'), en: filled(rule.reading.en, 'en') }
}
