import type { Parameter } from '#ground/warehouse/index.ts'
import type { ParameterDefinition, ParameterValue, Rule } from './rule.schema.ts'

export type ParameterValues = Readonly<Record<string, ParameterValue>>

/** What is wrong with a value for a parameter, or undefined. Bounds are inclusive. */
export function parameterFault(definition: ParameterDefinition, value: ParameterValue): string | undefined {
  const { name, type, min, max } = definition
  if (type === 'texts') {
    const words = Array.isArray(value) ? value : undefined
    if (!words || words.some((word) => word.trim() === '' || word.includes('|'))) {
      return `${name} must be a list of words without "|"`
    }
    return undefined
  }
  if (Array.isArray(value)) return `${name} must be one value`
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? undefined : `${name} must be a date`
  const number = Number(value)
  const form = { integer: /^-?\d+$/, money: /^-?\d+(\.\d{1,2})?$/, ratio: /^-?\d+(\.\d{1,6})?$/ }[type]
  if (!form.test(String(value))) return `${name} must be of type ${type}`
  if (min !== undefined && number < min) return `${name} must be at least ${min}`
  if (max !== undefined && number > max) return `${name} must be at most ${max}`
  return undefined
}

/** Every parameter of the rule with the value in force: the one given, else its default. Throws for an unusable one. */
export function effectiveParameters(rule: Rule, given: ParameterValues = {}): ParameterValues {
  const known = new Set(rule.parameters.map((definition) => definition.name))
  const unknown = Object.keys(given).filter((name) => !known.has(name))
  if (unknown.length > 0) throw new RangeError(`${rule.code} has no parameter ${unknown.join(', ')}`)
  return Object.fromEntries(
    rule.parameters.map((definition) => {
      const value = given[definition.name] ?? definition.default
      const fault = parameterFault(definition, value)
      if (fault) throw new RangeError(`${rule.code}: ${fault}`)
      return [definition.name, value]
    }),
  )
}

/** Parameter values as the statement binds them: money and ratios as texts, lists of words joined by `|`. */
export function boundParameters(values: ParameterValues, asOf: string): Record<string, Parameter> {
  const bound = Object.entries(values).map(([name, value]): [string, Parameter] => [
    name,
    Array.isArray(value) ? value.join('|') : String(value),
  ])
  return { ...Object.fromEntries(bound), as_of: asOf }
}
