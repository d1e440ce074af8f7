import { systemCaller, type Trx } from '#ground/database/index.ts'
import type { RunnableVersion } from './composed-rule.service.ts'
import type { KeywordGroupContent, RuleContent } from './configuration.schema.ts'
import type { Configuration } from './configuration.service.ts'
import { effectiveParameters, type ParameterValues } from './parameters.ts'
import type { DatedKeywordGroup } from './reference-relations.ts'
import { noReplayableRule, noSuchVersion, unusableValues, uselessProposal } from './replay.errors.ts'
import type { ReplayChoice, ReplaySide, ReplaySource } from './replay.schema.ts'
import type { ComparedSide } from './replay-comparison.ts'
import type { Rule } from './rule.schema.ts'

export interface SideDependencies {
  /** Every rule that ships. */
  readonly rules: readonly Rule[]
  readonly configuration: Configuration
  /** Rules composed in the console, every version. */
  readonly composed: { runnable(trx: Trx): Promise<readonly RunnableVersion[]> }
}

/** A side that can run, and how it is described. */
export interface ResolvedSide extends ComparedSide {
  readonly described: ReplaySide
}

/** Every rule that can be replayed, with its values in force, its versions and the changes that wait for a decision. */
export async function replayChoices(
  trx: Trx,
  { rules, configuration, composed }: SideDependencies,
): Promise<readonly ReplayChoice[]> {
  const { parameters, versions } = await configuration.inForce()
  const waiting = [...(await configuration.waiting(trx, systemCaller)).values()]
  const shipped = rules.map((rule) => ({
    ...namesOf(rule),
    parameters: rule.parameters.map(({ default: asShipped, ...definition }) => ({
      ...definition,
      value: parameters[rule.code]?.[definition.name] ?? asShipped,
    })),
    live: true,
    versions: Array.from({ length: (versions[rule.code] ?? 0) + 1 }, (_, version) => version),
    proposals: waiting
      .filter(({ kind, object }) => concerns(rule, kind, object))
      .map(({ proposalId, title }) => ({ proposalId, title })),
  }))
  const byCode = Map.groupBy(await composed.runnable(trx), ({ rule }) => rule.code)
  const own = [...byCode.values()].map((all) => ({
    ...namesOf(all.at(-1)!.rule),
    parameters: [],
    live: all.some(({ state }) => state === 'live'),
    versions: all.map(({ version }) => version),
    proposals: [],
  }))
  return [...shipped, ...own]
}

function namesOf({ pack, code, title, reading, conditions }: Rule) {
  return { pack, rule: code, title, reading, conditions }
}

/** Whether a change of that object changes what the rule finds. */
function concerns(rule: Rule, kind: string, object: string): boolean {
  const reads = [...rule.reads.required, ...rule.reads.optional]
  return (kind === 'rule' && object === rule.code) || (kind === 'keyword_group' && reads.includes('keyword'))
}

/** The version that a side names. Throws for what does not exist, and for values that the rule does not allow. */
export async function resolveSide(
  trx: Trx,
  code: string,
  source: ReplaySource,
  dependencies: SideDependencies,
): Promise<ResolvedSide> {
  const rule = dependencies.rules.find((candidate) => candidate.code === code)
  if (!rule) return composedSide(trx, code, source, dependencies)
  if (source.kind === 'none') return emptySide(rule)
  const { title, values, keywords } = await contentOf(trx, rule, source, dependencies.configuration)
  const parameters = usableParameters(rule, values)
  return {
    rule,
    parameters,
    ...(keywords ? { keywords: { groups: keywords } } : {}),
    described: { source, title, ruleVersion: rule.version, parameters },
  }
}

const nothing = { zh: '无（规则尚未运行）', en: 'nothing (the rule is not there yet)' } as const

function emptySide(rule: Rule): ResolvedSide {
  const described = { source: { kind: 'none' as const }, title: nothing, ruleVersion: '', parameters: {} }
  return { rule, parameters: {}, empty: true, described }
}

/** A side of a composed rule: the version in force, another one, or none. Its values are part of its text. */
async function composedSide(
  trx: Trx,
  code: string,
  source: ReplaySource,
  { composed }: SideDependencies,
): Promise<ResolvedSide> {
  const all = (await composed.runnable(trx)).filter(({ rule }) => rule.code === code)
  const newest = all.at(-1)
  if (!newest) throw noReplayableRule({ code })
  if (source.kind === 'none') return emptySide(newest.rule)
  const wanted = source.kind === 'version' ? source.version : undefined
  const found = all.find(({ version, state }) =>
    wanted === undefined ? state === 'live' : version === wanted,
  )
  if (!found) throw noSuchVersion({ code, version: wanted ?? '—' })
  return {
    rule: found.rule,
    parameters: {},
    described: {
      source,
      title:
        wanted === undefined
          ? { zh: '现行版本', en: 'as in force' }
          : { zh: `第${wanted}版`, en: `version ${wanted}` },
      ruleVersion: found.rule.version,
      parameters: {},
    },
  }
}

interface SideContent {
  readonly title: ReplaySide['title']
  readonly values: ParameterValues
  readonly keywords?: readonly DatedKeywordGroup[]
}

async function contentOf(
  trx: Trx,
  rule: Rule,
  source: Exclude<ReplaySource, { kind: 'none' }>,
  configuration: Configuration,
): Promise<SideContent> {
  const live = (await configuration.inForce()).parameters[rule.code] ?? {}
  switch (source.kind) {
    case 'live':
      return { title: { zh: '现行版本', en: 'as in force' }, values: live }
    case 'values':
      return {
        title: { zh: '现行版本，改动参数', en: 'as in force, other values' },
        values: { ...live, ...source.parameters },
      }
    case 'version': {
      const versions = await configuration.versions(trx, 'rule', rule.code)
      const found = versions.find(({ version }) => version === source.version)
      if (!found) throw noSuchVersion({ code: rule.code, version: source.version })
      return {
        title:
          source.version === 0
            ? { zh: '出厂版本', en: 'as shipped' }
            : { zh: `第${source.version}版`, en: `version ${source.version}` },
        values: (found.content as RuleContent).parameters,
      }
    }
    case 'proposal':
      return proposedContent(rule, source.proposalId, live, configuration)
  }
}

async function proposedContent(
  rule: Rule,
  proposalId: string,
  live: ParameterValues,
  configuration: Configuration,
): Promise<SideContent> {
  const { kind, object, content, title } = await configuration.proposal(systemCaller, proposalId)
  if (!concerns(rule, kind, object)) throw uselessProposal({ code: rule.code })
  const named = { zh: `拟变更：${title.zh}`, en: `proposed: ${title.en}` }
  if (kind === 'rule') return { title: named, values: (content as RuleContent).parameters }
  const { groups } = await configuration.datedKeywords()
  const drafted = { code: object, ...(content as KeywordGroupContent) }
  return {
    title: named,
    values: live,
    // As if the group had always been so: the replay asks what the words would have found.
    keywords: [...groups.filter(({ code }) => code !== object), drafted],
  }
}

function usableParameters(rule: Rule, given: ParameterValues): ParameterValues {
  try {
    return effectiveParameters(rule, given)
  } catch (error) {
    throw unusableValues({ fault: (error as Error).message })
  }
}

/** Whether both sides find the same by their nature: one text, one set of values, one set of keywords. */
export function isSame(a: ResolvedSide, b: ResolvedSide): boolean {
  return (
    a.empty === b.empty &&
    a.rule.version === b.rule.version &&
    JSON.stringify(a.parameters) === JSON.stringify(b.parameters) &&
    JSON.stringify(a.keywords) === JSON.stringify(b.keywords)
  )
}
