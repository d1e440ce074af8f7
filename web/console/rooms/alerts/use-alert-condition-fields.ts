import { useTranslation } from 'react-i18next'
import type { ConditionField } from '../../../kit/index.ts'

/** The conditions of the search form, in its order. */
const shown = [
  'pack',
  'level',
  'state',
  'unit',
  'rule',
  'text',
  'verdict',
  'age',
  'overdue',
  'mine',
  'raisedFrom',
  'raisedTo',
  'sort',
] as const

/**
 * What the list of alerts can be narrowed by; every figure that counts alerts leads here with some of these, also with
 * such as the form does not show.
 */
export const alertConditions = [
  ...shown,
  'under',
  'at',
  'category',
  'counterparty',
  'onDateFrom',
  'onDateTo',
  'onTime',
  'recovered',
  'reopened',
  'handedOn',
] as const

type AlertCondition = (typeof alertConditions)[number]

const choices = {
  pack: ['fiscal', 'invoices'],
  level: ['red', 'yellow', 'blue'],
  state: ['raised', 'held', 'dispatched', 'explained', 'doubtful', 'rectifying', 'rectified', 'closed'],
  verdict: ['normal', 'irregular', 'violation', 'doubtful'],
  age: ['week', 'month', 'quarter', 'older'],
  sort: ['newest', 'due', 'amount'],
} as const

/** Where the words of a choice stand. */
const words: Readonly<Record<keyof typeof choices, string>> = {
  pack: 'alerts.packs',
  level: 'kit.level',
  state: 'alerts.states',
  verdict: 'alerts.verdicts',
  age: 'alerts.ages',
  sort: 'alerts.sorts',
}

const dates: readonly string[] = ['raisedFrom', 'raisedTo']
const flags: readonly string[] = ['overdue', 'mine']

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
