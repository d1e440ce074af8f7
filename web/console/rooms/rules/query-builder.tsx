import { useTranslation } from 'react-i18next'
import { type Field, QueryBuilder, type RuleGroupType } from 'react-querybuilder'
import { inLanguage } from '../../language.ts'
import type { ComposableDataset, ComposedContent } from './composed-rule.ts'
import { QueryAction, QueryNot, QuerySelector, QueryValue } from './query-controls.tsx'
import 'react-querybuilder/dist/query-builder-layout.css'

type Query = ComposedContent['query']

const controls = {
  actionElement: QueryAction,
  valueSelector: QuerySelector,
  notToggle: QueryNot,
  valueEditor: QueryValue,
}

/** Conditions over the columns of a dataset, in groups. */
export function ConditionBuilder(props: {
  dataset: ComposableDataset
  query: Query
  onChange: (query: Query) => void
}) {
  const { t } = useTranslation()
  const { dataset, query, onChange } = props
  const fields = dataset.columns.map(
    (column): Field => ({
      name: column.name,
      value: column.name,
      label: inLanguage(column.title),
      column,
      operators: column.operators.map((name) => ({
        name,
        value: name,
        label: t(`composed.operators.${operatorKeys[name] ?? name}` as 'composed.operators.is'),
      })),
    }),
  )
  return (
    <QueryBuilder
      fields={fields}
      query={query as RuleGroupType}
      onQueryChange={(changed: RuleGroupType) => onChange(changed as Query)}
      controlElements={controls}
      combinators={[
        { name: 'and', value: 'and', label: t('composed.and') },
        { name: 'or', value: 'or', label: t('composed.or') },
      ]}
      showNotToggle
      listsAsArrays
      resetOnOperatorChange={false}
      getDefaultValue={() => ''}
      translations={{
        fields: { title: t('composed.column') },
        operators: { title: t('composed.comparison') },
        value: { title: t('composed.value') },
        combinators: { title: t('composed.combinator') },
        notToggle: { label: t('composed.not'), title: t('composed.not') },
        addRule: { label: t('composed.addCondition'), title: t('composed.addCondition') },
        addGroup: { label: t('composed.addGroup'), title: t('composed.addGroup') },
        // The sign tells the control that it removes.
        removeRule: { label: '', title: `-${t('composed.remove')}` },
        removeGroup: { label: '', title: `-${t('composed.remove')}` },
      }}
    />
  )
}

const operatorKeys: Readonly<Record<string, string>> = {
  '=': 'is',
  '!=': 'isNot',
  '<': 'below',
  '<=': 'atMost',
  '>': 'above',
  '>=': 'atLeast',
}
