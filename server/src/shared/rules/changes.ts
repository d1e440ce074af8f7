import type { Change, ConfigurationKind, Content, RuleContent } from './configuration.schema.ts'

/** Everything in which one content differs from another, field by field in the order of the newer one. */
export function changesOf(kind: ConfigurationKind, before: Content, after: Content): Change[] {
  const [old, fresh] = kind === 'rule' ? [flat(before), flat(after)] : [before, after]
  const fields = [...new Set([...Object.keys(fresh), ...Object.keys(old)])]
  return fields.flatMap((field) => changeOf(field, fieldOf(old, field), fieldOf(fresh, field)) ?? [])
}

function flat(content: Content): Record<string, unknown> {
  const { mode, parameters } = content as RuleContent
  const values = Object.entries(parameters).map(([name, value]) => [`parameters.${name}`, value])
  return { mode, ...Object.fromEntries(values) }
}

function fieldOf(content: object, field: string): unknown {
  return (content as Record<string, unknown>)[field] ?? null
}

function changeOf(field: string, before: unknown, after: unknown): Change | undefined {
  if (isWordList(before) && isWordList(after)) {
    const added = after.filter((word) => !before.includes(word))
    const removed = before.filter((word) => !after.includes(word))
    return added.length + removed.length > 0 ? { field, before, after, added, removed } : undefined
  }
  return sameValue(before, after) ? undefined : { field, before, after }
}

function isWordList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string')
}

/** Numbers and their texts are one value (`50000`, `"50000.00"`); the order of keys in an object says nothing. */
function sameValue(left: unknown, right: unknown): boolean {
  if (isNumeric(left) && isNumeric(right)) return canonical(String(left)) === canonical(String(right))
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right))
}

function isNumeric(value: unknown): value is string | number {
  return /^-?\d+(\.\d+)?$/.test(String(value)) && (typeof value === 'string' || typeof value === 'number')
}

function canonical(decimal: string): string {
  const [whole = '0', decimals = ''] = decimal.split('.')
  return `${whole.replace(/^(-?)0+(?=\d)/, '$1')}.${decimals.replace(/0+$/, '')}`
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]),
  )
}
