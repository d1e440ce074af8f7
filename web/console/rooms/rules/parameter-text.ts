import i18next from 'i18next'
import { groupedYuan } from '../../../kit/index.ts'
import type { Parameter, ParameterValue } from './rule.ts'

/** A parameter's value as people read it, without its unit. */
export function parameterText(type: Parameter['type'], value: ParameterValue): string {
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.join('、')
  if (type === 'money') return groupedYuan(String(value)).replace(/\.00$/, '')
  if (type === 'ratio') return percentText(String(value))
  return String(value)
}

/** A unit in the language in use; the rules name them in Chinese. */
export function unitText(unit: string | null): string {
  return unit === null ? '' : i18next.t(`rules.units.${unit}`, { defaultValue: unit })
}

/** `0.9` as `90%`, by its digits and never through a float. */
function percentText(ratio: string): string {
  const [whole = '0', decimals = ''] = ratio.split('.')
  const digits = whole + decimals.padEnd(2, '0').slice(0, 2)
  const rest = decimals.slice(2).replace(/0+$/, '')
  return `${digits.replace(/^(-?)0+(?=\d)/, '$1')}${rest ? `.${rest}` : ''}%`
}
