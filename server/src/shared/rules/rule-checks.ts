import { parseParameters } from '#ground/warehouse/index.ts'
import { datasetByName, datasets } from '#shared/datasets/index.ts'
import { parameterFault } from './parameters.ts'
import { comparisonForm, type Rule } from './rule.schema.ts'

/** Registers that describe the units themselves; others were collected for another purpose and need a basis. */
const ownRegisters = new Set(['unit', 'unit_account', 'payee_account', 'allowance_item'])

/** Columns that every rule's query returns beside its identity and its evidence. */
export const fixedColumns = [
  'unit_code',
  'on_date',
  'amount',
  'level',
  'condition',
  'counterparty',
  'economic_code',
] as const

/** Everything in which a rule contradicts itself; empty when nothing does. */
export function ruleFaults(rule: Rule, fileName: string): readonly string[] {
  return [
    ...(fileName.startsWith(`${rule.code}-`) ? [] : [`the file is named ${fileName}, the rule ${rule.code}`]),
    ...parameterFaults(rule),
    ...datasetFaults(rule),
    ...thresholdFaults(rule),
    ...messageFaults(rule),
    ...comparisonFaults(rule),
    ...exampleFaults(rule),
  ]
}

function parameterFaults(rule: Rule): string[] {
  const declared = rule.parameters.map((definition) => definition.name)
  const used = parseParameters(rule.sql).names
  const inRows = rule.rows ? parseParameters(rule.rows.query).names : []
  const known = new Set([...declared, 'as_of'])
  const knownToRows = new Set([...known, ...rule.identity])
  return [
    ...used.filter((name) => !known.has(name)).map((name) => `the text uses $${name}, which is not declared`),
    ...declared
      .filter((name) => !used.includes(name))
      .map((name) => `${name} is declared, but the text does not use it`),
    ...inRows
      .filter((name) => !knownToRows.has(name))
      .map((name) => `rows.query uses $${name}, which is nothing it is given`),
    ...rule.parameters.flatMap((definition) => parameterFault(definition, definition.default) ?? []),
  ]
}

function datasetFaults(rule: Rule): string[] {
  const read = [...rule.reads.required, ...rule.reads.optional]
  const code = withoutComments(rule.sql)
  const mentioned = datasets.filter(({ name }) => new RegExp(`\\b(from|join)\\s+${name}\\b`, 'i').test(code))
  const foreign = read.filter((name) => datasetByName(name)?.kind === 'register' && !ownRegisters.has(name))
  return [
    ...read.filter((name) => !datasetByName(name)).map((name) => `${name} is no dataset`),
    ...mentioned
      .filter(({ name }) => !read.includes(name))
      .map(({ name }) => `the text reads ${name}, reads does not say so`),
    ...read
      .filter((name) => !mentioned.some((dataset) => dataset.name === name))
      .map((name) => `reads ${name}, but the text does not`),
    ...(datasetByName(rule.subject) ? [] : [`subject ${rule.subject} is no dataset`]),
    ...(foreign.length > 0 && !rule.register_basis
      ? [`reads ${foreign.join(', ')}, collected for another purpose, and names no register_basis`]
      : []),
  ]
}

function thresholdFaults(rule: Rule): string[] {
  const { threshold } = rule
  if (!threshold) return []
  const definition = rule.parameters.find(({ name }) => name === threshold.parameter)
  const bounded = definition?.type === 'money' && definition.min !== undefined && definition.max !== undefined
  const { condition, up_to: upTo } = threshold
  return [
    ...(bounded ? [] : [`threshold ${threshold.parameter} is no money parameter with min and max`]),
    ...(condition && !rule.conditions.some(({ key }) => key === condition)
      ? [`threshold.condition ${condition} is no condition`]
      : []),
    ...(condition && !rule.evidence.some(({ name }) => name === 'conditions')
      ? ['threshold names a condition, but the query returns no column conditions']
      : []),
    ...(upTo && !rule.parameters.some(({ name, type }) => name === upTo && type === 'money')
      ? [`threshold.up_to ${upTo} is no money parameter`]
      : []),
  ]
}

function messageFaults(rule: Rule): string[] {
  const known = new Set<string>([...fixedColumns, ...rule.identity, ...rule.evidence.map(({ name }) => name)])
  const placeholders = [rule.message.zh, rule.message.en].flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)])
  const parameters = new Set([...rule.parameters.map(({ name }) => name), 'as_of'])
  const inReading = [rule.reading.zh, rule.reading.en].flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)])
  return [
    ...placeholders
      .filter(([, name]) => !known.has(name!))
      .map(([, name]) => `the message names {${name}}, which no column is`),
    ...inReading
      .filter(([, name]) => !parameters.has(name!))
      .map(([, name]) => `the reading names {${name}}, which is no parameter`),
    ...(rule.rows && rule.rows.sum !== 'amount' && !known.has(rule.rows.sum)
      ? [`rows.sum ${rule.rows.sum} is no column`]
      : []),
  ]
}

/** What a condition compares must be a column of the hit or a parameter. */
function comparisonFaults(rule: Rule): string[] {
  const known = new Set<string>([
    ...fixedColumns,
    ...rule.identity,
    ...rule.evidence.map(({ name }) => name),
    ...rule.parameters.map(({ name }) => name),
  ])
  return rule.conditions.flatMap(({ key, compares }) =>
    compares.flatMap((text) => {
      const [, left, , right] = comparisonForm.exec(text)!
      return [left!, right!]
        .filter((name) => !known.has(name))
        .map((name) => `condition ${key} compares ${name}, which is no column and no parameter`)
    }),
  )
}

function exampleFaults(rule: Rule): string[] {
  const keys = rule.conditions.map(({ key }) => key)
  const strangers = rule.examples.cases.filter(({ condition }) => !keys.includes(condition))
  const counted = keys.flatMap((key) => {
    const cases = rule.examples.cases.filter(({ condition }) => condition === key)
    const hits = cases.filter((example) => example.hits.length > 0).length
    const misses = cases.length - hits
    return [
      ...(hits < 2 ? [`condition ${key} has ${hits} examples that hit, two are needed`] : []),
      ...(misses < 2 ? [`condition ${key} has ${misses} near misses, two are needed`] : []),
    ]
  })
  return [
    ...strangers.map(({ condition }) => `an example is for ${condition}, which is no condition`),
    ...counted,
  ]
}

function withoutComments(sql: string): string {
  return sql.replace(/--[^\n]*/g, '').replace(/\/\*[\s\S]*?\*\//g, '')
}
