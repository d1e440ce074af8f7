import type { CalendarDate } from '#ground/time/index.ts'
import type { GradingContent, KeywordGroupContent, RuleContent, RuleMode } from './configuration.schema.ts'
import type { ConfiguredObject } from './configuration.store.ts'
import type { GradingRow } from './grading.ts'
import { type ParameterValues, parameterFault } from './parameters.ts'
import type { KeywordGroups } from './reference-relations.ts'
import type { Rule } from './rule.schema.ts'

/** What is configured on one day: what a run of the rules is given. */
export interface InForce {
  readonly day: CalendarDate
  /** Every rule's values, by code. */
  readonly parameters: Readonly<Record<string, ParameterValues>>
  readonly modes: Readonly<Record<string, RuleMode>>
  /** The version of each rule's configuration; 0: as shipped. */
  readonly versions: Readonly<Record<string, number>>
  readonly keywords: KeywordGroups
  /** Decision tables, by pack. */
  readonly grading: ReadonlyMap<string, readonly GradingRow[]>
}

/** Puts together what the store holds for a day. */
export function inForceOf(
  day: CalendarDate,
  objects: readonly ConfiguredObject[],
  rules: readonly Rule[],
): InForce {
  const configured = rules.map((rule) => {
    const found = objects.find(({ kind, object }) => kind === 'rule' && object === rule.code)
    const content = found?.content as RuleContent | undefined
    return {
      code: rule.code,
      version: found?.version ?? 0,
      mode: content?.mode ?? 'live',
      values: usableValues(rule, content?.parameters ?? {}),
    }
  })
  const of = <Value>(value: (entry: (typeof configured)[number]) => Value) =>
    Object.fromEntries(configured.map((entry) => [entry.code, value(entry)]))
  return {
    day,
    parameters: of(({ values }) => values),
    modes: of(({ mode }) => mode),
    versions: of(({ version }) => version),
    keywords: { groups: objects.filter(({ kind }) => kind === 'keyword_group').map(groupOf) },
    grading: new Map(
      objects
        .filter(({ kind }) => kind === 'grading')
        .map(({ object, content }) => [object, (content as GradingContent).rows]),
    ),
  }
}

/** A stored group in the form of the keyword file. */
export function groupOf({
  object,
  content,
}: Pick<ConfiguredObject, 'object' | 'content'>): KeywordGroups['groups'][number] {
  return { code: object, ...(content as KeywordGroupContent) }
}

/**
 * A value that the rule's present text no longer knows, or no longer allows, gives way to the default: an update of the
 * product may take a parameter away or narrow its bounds, and the rule runs all the same.
 */
function usableValues(rule: Rule, given: ParameterValues): ParameterValues {
  return Object.fromEntries(
    rule.parameters.map((definition) => {
      const value = given[definition.name]
      const usable = value !== undefined && parameterFault(definition, value) === undefined
      return [definition.name, usable ? value : definition.default]
    }),
  )
}
