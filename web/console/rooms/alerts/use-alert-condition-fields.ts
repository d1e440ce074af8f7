import { useTranslation } from 'react-i18next'
import type { ConditionField } from '../../../kit/index.ts'

/** The conditions of the search form, in its order; level, rule, unit, state and age are chosen beside the list. */
const shown = ['text', 'unit', 'rule', 'verdict', 'mine', 'raisedFrom', 'raisedTo', 'sort'] as const

/** Conditions that figures lead here with and that have no field or facet. */
export const unseenConditions = [
  'under',
  'at',
  'category',
  'counterparty',
  'invoice',
  'onDateFrom',
  'onDateTo',
  'onTime',
  'recovered',
  'reopened',
  'handedOn',
] as const

/** What the list of alerts can be narrowed by, also what only a figure leads here with. */
export const alertConditions = [
  ...shown,
  'pack',
  'level',
  'state',
  'age',
  'overdue',
  ...unseenConditions,
] as const

export type AlertCondition = (typeof alertConditions)[number]

const choices = {
  verdict: ['normal', 'irregular', 'violation', 'doubtful'],
  sort: ['newest', 'due', 'amount'],
} as const

/** Where the words of a choice stand. */
const words: Readonly<Record<keyof typeof choices, string>> = {
  verdict: 'alerts.verdicts',
  sort: 'alerts.sorts',
}

const dates: readonly string[] = ['raisedFrom', 'raisedTo']
const flags: readonly string[] = ['mine']

/** The fields of the search form above the list of alerts. */
export function useAlertConditionFields(): readonly ConditionField<AlertCondition>[] {
  const { t } = useTranslation()
  return shown.map((name): ConditionField<AlertCondition> => {
    const label = t(`alerts.conditions.${name}`)
    if (name in choices) {
      const key = name as keyof typeof choices
      const options = choices[key].map((value) => ({ value, label: t(`${words[key]}.${value}`) }))
      return { name, label, kind: 'choice', options }
    }
    if (flags.includes(name)) {
      return { name, label, kind: 'choice', options: [{ value: 'true', label: t('alerts.yes') }] }
    }
    return { name, label, kind: dates.includes(name) ? 'date' : 'text' }
  })
}
