import { Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '../../language.ts'
import { boundsText } from './parameter-table.tsx'
import { parameterText, unitText } from './parameter-text.ts'
import { ProposeModal } from './propose-modal.tsx'
import type { Parameter, ParameterValue, RuleDetail } from './rule.ts'

/** Other values for a rule's parameters, drawn up on its newest version. */
export function ParameterModal(props: {
  rule: RuleDetail
  /** Values to begin with in place of the newest ones. */
  preset: Readonly<Record<string, ParameterValue>>
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { rule, preset, onClose } = props
  const [values, setValues] = useState<Record<string, ParameterValue>>(
    Object.fromEntries(rule.parameters.map(({ name, newest }) => [name, preset[name] ?? newest])),
  )
  return (
    <ProposeModal
      wide
      title={t('rules.changeOf', { rule: `${rule.code} ${inLanguage(rule.title)}` })}
      planned={rule.coming?.validFrom}
      draft={() => ({
        kind: 'rule',
        object: rule.code,
        baseVersion: rule.newestVersion,
        content: { mode: rule.newestMode, parameters: values },
      })}
      onClose={onClose}
    >
      <div className="parameter-form">
        {rule.parameters.map((parameter) => {
          const value = values[parameter.name] ?? parameter.newest
          const changed = JSON.stringify(value) !== JSON.stringify(parameter.newest)
          const id = `parameter-${rule.code}-${parameter.name}`
          return (
            <div key={parameter.name} className={changed ? 'entry changed' : 'entry'}>
              <label htmlFor={id}>{inLanguage(parameter.title)}</label>
              <ValueInput
                id={id}
                parameter={parameter}
                value={value}
                onChange={(next) => setValues({ ...values, [parameter.name]: next })}
              />
              <span className="muted">
                {Array.isArray(parameter.newest)
                  ? ''
                  : t('rules.now', {
                      value: parameterText(parameter.type, parameter.newest),
                      bounds: boundsText(parameter),
                    })}
              </span>
            </div>
          )
        })}
      </div>
    </ProposeModal>
  )
}

/** Money and ratios stay texts from the field to the server: no float touches them. */
function ValueInput(props: {
  id: string
  parameter: Parameter
  value: ParameterValue
  onChange: (value: ParameterValue) => void
}) {
  const { id, parameter, value, onChange } = props
  if (parameter.type === 'texts') {
    return (
      <Select
        id={id}
        mode="tags"
        open={false}
        suffixIcon={null}
        tokenSeparators={['、', ',', '，', ' ', '\n']}
        value={value as string[]}
        onChange={onChange}
      />
    )
  }
  if (parameter.type === 'date') {
    return <Input id={id} value={String(value)} onChange={({ target }) => onChange(target.value)} />
  }
  return (
    <InputNumber<string>
      id={id}
      stringMode
      style={{ width: '100%' }}
      value={String(value)}
      {...(parameter.type === 'integer' ? { precision: 0 } : {})}
      suffix={unitText(parameter.unit) || undefined}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}
