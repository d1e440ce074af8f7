import { DatePicker, InputNumber, Select, Table } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../language.ts'
import { type ReplayChoice, shownValue } from './replay.ts'

type Parameter = ReplayChoice['parameters'][number]
type Value = Parameter['value']
export type Values = Readonly<Record<string, Value>>

/** Version A as it is in force beside version B, whose values are changed here. */
export function ReplayValues(props: {
  rule: ReplayChoice
  values: Values
  onChange: (values: Values) => void
}) {
  const { t } = useTranslation()
  const { rule, values, onChange } = props
  return (
    <Table<Parameter>
      className="replay-values"
      size="small"
      rowKey="name"
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={rule.parameters}
      locale={{ emptyText: t('replays.noParameters') }}
      columns={[
        {
          key: 'name',
          title: t('replays.value'),
          render: (_value, { title, unit }) => `${inLanguage(title)}${unit ? `（${unit}）` : ''}`,
        },
        {
          key: 'a',
          title: t('replays.sideATitle'),
          width: '30%',
          render: (_value, { value }) => shownValue(value),
        },
        {
          key: 'b',
          title: t('replays.sideBTitle'),
          width: '30%',
          render: (_value, parameter) => (
            <ValueInput
              parameter={parameter}
              value={values[parameter.name] ?? parameter.value}
              onChange={(value) => onChange({ ...values, [parameter.name]: value })}
            />
          ),
        },
        {
          key: 'bounds',
          title: t('replays.bounds'),
          render: (_value, { min, max }) =>
            min === undefined && max === undefined ? '—' : `${min ?? ''} – ${max ?? ''}`,
        },
      ]}
    />
  )
}

function ValueInput(props: { parameter: Parameter; value: Value; onChange: (value: Value) => void }) {
  const { parameter, value, onChange } = props
  const label = inLanguage(parameter.title)
  if (parameter.type === 'texts') {
    return (
      <Select
        mode="tags"
        aria-label={label}
        style={{ minWidth: 240, maxWidth: 420 }}
        value={value as string[]}
        onChange={onChange}
      />
    )
  }
  if (parameter.type === 'date') {
    return (
      <DatePicker
        aria-label={label}
        allowClear={false}
        value={dayjs(String(value))}
        onChange={(day) => day && onChange(day.format('YYYY-MM-DD'))}
      />
    )
  }
  // Texts, so that an amount never passes through a float.
  return (
    <InputNumber<string>
      stringMode
      aria-label={label}
      style={{ width: 180 }}
      value={String(value)}
      {...(parameter.min === undefined ? {} : { min: String(parameter.min) })}
      {...(parameter.max === undefined ? {} : { max: String(parameter.max) })}
      precision={{ integer: 0, money: 2, ratio: 6 }[parameter.type]}
      onChange={(entered) => entered !== null && onChange(sameKind(entered, parameter))}
    />
  )
}

/** A value that equals the one in force takes its form, so that it counts as unchanged. */
function sameKind(entered: string, { value }: Parameter): Value {
  return Number(entered) === Number(value) ? value : entered.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
}
