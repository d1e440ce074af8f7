import { Table, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../language.ts'
import { parameterText, unitText } from './parameter-text.ts'
import type { Parameter, ParameterValue } from './rule.ts'

const same = (left: ParameterValue, right: ParameterValue) => JSON.stringify(left) === JSON.stringify(right)

/** The values in force, beside what is shipped and within which bounds they may be changed. */
export function ParameterTable({ parameters }: { parameters: readonly Parameter[] }) {
  const { t } = useTranslation()
  return (
    <Table<Parameter>
      size="small"
      rowKey="name"
      tableLayout="fixed"
      pagination={false}
      dataSource={[...parameters]}
      locale={{ emptyText: t('rules.noParameters') }}
      columns={[
        {
          key: 'title',
          title: t('rules.parameter'),
          width: '34%',
          render: (_value, parameter) => (
            <>
              {inLanguage(parameter.title)}
              <div className="muted code">${parameter.name}</div>
            </>
          ),
        },
        {
          key: 'value',
          title: t('rules.value'),
          render: (_value, parameter) => <ValueCell parameter={parameter} />,
        },
        {
          key: 'bounds',
          title: t('rules.bounds'),
          width: '26%',
          render: (_value, parameter) => <span className="muted">{boundsText(parameter)}</span>,
        },
      ]}
    />
  )
}

function ValueCell({ parameter }: { parameter: Parameter }) {
  const { t } = useTranslation()
  const { type, value, unit } = parameter
  const shown = (given: ParameterValue) =>
    [parameterText(type, given), Array.isArray(given) ? '' : unitText(unit)].filter(Boolean).join(' ')
  return (
    <>
      {Array.isArray(value) ? (
        <span className="tags">
          {value.length === 0 ? '—' : value.map((word) => <Tag key={word}>{word}</Tag>)}
        </span>
      ) : (
        <b>{shown(value)}</b>
      )}
      {same(value, parameter.default) ? null : (
        <div className="muted">{t('rules.shippedValue', { value: shown(parameter.default) })}</div>
      )}
    </>
  )
}

/** `1,000 – 10,000,000`, or nothing where there are no bounds. */
export function boundsText({ type, min, max }: Parameter): string {
  if (min === null && max === null) return '—'
  const text = (bound: number | null) => (bound === null ? '…' : parameterText(type, bound))
  return `${text(min)} – ${text(max)}`
}
