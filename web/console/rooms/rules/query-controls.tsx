import { CloseOutlined } from '@ant-design/icons'
import { Button, Checkbox, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { ActionProps, NotToggleProps, ValueEditorProps, ValueSelectorProps } from 'react-querybuilder'
import { inLanguage } from '../../language.ts'
import type { ComposableColumn } from './composed-rule.ts'

/** The query builder's controls in the look of the console. */

export function QueryAction({ handleOnClick, label, title, level, path }: ActionProps) {
  const removes = path.length > 0 && title?.startsWith('-')
  return removes ? (
    <Button
      type="text"
      size="small"
      icon={<CloseOutlined />}
      aria-label={String(title).slice(1)}
      onClick={(event) => handleOnClick(event)}
    />
  ) : (
    <Button type="dashed" size="small" data-level={level} onClick={(event) => handleOnClick(event)}>
      {label}
    </Button>
  )
}

export function QuerySelector({ className, handleOnChange, options, value, title }: ValueSelectorProps) {
  const choices = (options as { name: string; label: string }[]).map(({ name, label }) => ({
    value: name,
    label,
  }))
  return (
    <Select
      className={className}
      aria-label={title}
      showSearch={choices.length > 8 ? { optionFilterProp: 'label' } : false}
      popupMatchSelectWidth={false}
      value={value}
      options={choices}
      onChange={(chosen: string) => handleOnChange(chosen)}
    />
  )
}

export function QueryNot({ handleOnChange, checked, label }: NotToggleProps) {
  return (
    <Checkbox checked={checked ?? false} onChange={({ target }) => handleOnChange(target.checked)}>
      {label}
    </Checkbox>
  )
}

type Cell = string | boolean | (string | boolean)[]

export function QueryValue(props: ValueEditorProps) {
  const { operator, handleOnChange, fieldData, title } = props
  const { t } = useTranslation()
  const column = fieldData.column as ComposableColumn | undefined
  const value = props.value as Cell | null | undefined
  if (!column || operator === 'null' || operator === 'notNull') return null
  if (operator === 'in' || operator === 'notIn') {
    const list = Array.isArray(value) ? value.map(String) : value ? [String(value)] : []
    return (
      <Select
        mode={column.type === 'choice' ? 'multiple' : 'tags'}
        aria-label={title}
        style={{ minWidth: 260, maxWidth: 480 }}
        placeholder={t('composed.several')}
        value={list}
        options={optionsOf(column)}
        onChange={handleOnChange}
      />
    )
  }
  if (operator === 'between' || operator === 'notBetween') {
    const [from = '', to = ''] = Array.isArray(value) ? value : [value ?? '']
    return (
      <span className="query-pair">
        <CellInput
          column={column}
          label={title}
          value={from ?? ''}
          onChange={(one) => handleOnChange([one, to])}
        />
        –
        <CellInput
          column={column}
          label={title}
          value={to ?? ''}
          onChange={(one) => handleOnChange([from, one])}
        />
      </span>
    )
  }
  const single = Array.isArray(value) ? (value[0] ?? '') : (value ?? '')
  return <CellInput column={column} label={title} value={single} onChange={handleOnChange} />
}

/** One cell of a column: a word from its list, a day, yes or no, or what is typed. */
export function CellInput(props: {
  column: ComposableColumn
  label: string | undefined
  value: string | number | boolean | null | undefined
  onChange: (value: string | boolean) => void
}) {
  const { column, value, onChange } = props
  const label = props.label ?? inLanguage(column.title)
  if (column.type === 'choice' || column.type === 'flag') {
    return (
      <Select
        aria-label={label}
        allowClear
        style={{ minWidth: 140 }}
        {...(value === '' || value === null || value === undefined ? {} : { value: String(value) })}
        options={optionsOf(column)}
        onChange={(chosen?: string) => onChange(chosen ?? '')}
      />
    )
  }
  if (column.type === 'date') {
    return (
      <DatePicker
        aria-label={label}
        value={value ? dayjs(String(value)) : null}
        onChange={(day) => onChange(day?.format('YYYY-MM-DD') ?? '')}
      />
    )
  }
  return (
    <Input
      aria-label={label}
      style={{ width: column.type === 'text' ? 220 : 140 }}
      inputMode={column.type === 'text' ? 'text' : 'decimal'}
      maxLength={200}
      value={String(value ?? '')}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}

function optionsOf(column: ComposableColumn): { value: string; label: string }[] {
  if (column.type === 'flag') {
    return [
      { value: 'true', label: inLanguage({ zh: '是', en: 'yes' }) },
      { value: 'false', label: inLanguage({ zh: '否', en: 'no' }) },
    ]
  }
  return column.choices.map(({ value, title }) => ({ value, label: inLanguage(title) }))
}
