import type { Caller, Trx } from '#ground/database/index.ts'
import { addDays, shanghaiDate } from '#ground/time/index.ts'
import { inSession, type Warehouse } from '#ground/warehouse/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import type { KeywordGroupContent, RuleContent } from './configuration.schema.ts'
import type { Configuration, ConfigurationDependencies } from './configuration.service.ts'
import {
  type ConfiguredObject,
  type NewestVersion,
  readInForce,
  readNewest,
  readNewestVersions,
} from './configuration.store.ts'
import { type Distribution, readDistribution } from './distribution.ts'
import { inForceOf } from './in-force.ts'
import type { Rule } from './rule.schema.ts'
import type { ConfiguredObjectPage, RuleDetail, RuleRow, RuleRun, TrialHit } from './rule-page.schema.ts'
import { countTrialHits, listTrialHits, namedDataset, readLastRuns, readRuns } from './rule-runs.store.ts'
import { noSuchRule } from './rules.errors.ts'

const runsShown = 20

/** What the console shows of rules. */
export interface RulePages {
  list(caller: Caller): Promise<RuleRow[]>
  detail(caller: Caller, code: string): Promise<RuleDetail>
  trialHits(
    caller: Caller,
    code: string,
    query: { cursor?: string | undefined; limit: number },
  ): Promise<{ items: TrialHit[]; next: string | null }>
  /**
   * The past year's amounts about the rule's main threshold; undefined where it names none, and for whoever sees only a part
   * of the province, which is counted as a whole.
   */
  distribution(caller: Caller, code: string): Promise<Distribution | undefined>
  /** Keyword groups, or the packs' decision tables, with their versions. */
  objects(caller: Caller, kind: 'keyword_group' | 'grading'): Promise<ConfiguredObjectPage[]>
}

export function createRulePages(
  dependencies: ConfigurationDependencies & {
    readonly configuration: Configuration
    readonly warehouse: Pick<Warehouse, 'open'>
  },
): RulePages {
  const { database, rules } = dependencies
  const ruleOf = (code: string) => {
    const rule = rules.find((known) => known.code === code)
    if (!rule) throw noSuchRule({ code })
    return rule
  }
  return {
    list: (caller) => database.asCaller(caller, (trx) => rowsOf(trx, caller, rules, dependencies)),
    detail: (caller, code) =>
      database.asCaller(caller, async (trx) => detailOf(trx, caller, ruleOf(code), dependencies)),
    trialHits: (caller, code, query) =>
      database.asCaller(caller, async (trx) => {
        const rule = ruleOf(code)
        await recordAudit(trx, { action: 'rules.read_trial_hits', object: { kind: 'rule', id: code } })
        const { items, next } = await listTrialHits(trx, code, query)
        return { items: items.map((hit) => withoutPersons(rule, hit)), next }
      }),
    distribution: async (caller, code) => {
      const rule = ruleOf(code)
      if (!seesTheWhole(caller)) return undefined
      const to = shanghaiDate(dependencies.clock.now())
      const force = await dependencies.configuration.inForce(to)
      return inSession(dependencies.warehouse.open, (session) =>
        readDistribution(session, rule, force.parameters[code] ?? {}, { from: addDays(to, -365), to }),
      )
    },
    objects: (caller, kind) =>
      database.asCaller(caller, async (trx) => objectsOf(trx, caller, kind, dependencies)),
  }
}

type Dependencies = Parameters<typeof createRulePages>[0]

async function rowsOf(
  trx: Trx,
  caller: Caller,
  rules: readonly Rule[],
  { configuration, clock, packs }: Dependencies,
): Promise<RuleRow[]> {
  const today = shanghaiDate(clock.now())
  const force = inForceOf(today, await readInForce(trx, today), rules)
  const newest = await readNewestVersions(trx, 'rule')
  const waiting = await configuration.waiting(trx, caller)
  const codes = rules.map(({ code }) => code)
  const runs = await readLastRuns(trx, codes)
  const shown = (run: RuleRun | undefined) => (run ? runFor(caller, run) : null)
  const trialHits = await countTrialHits(trx)
  return rules.map((rule) => {
    const { code, pack, group, title, judges } = rule
    return {
      code,
      pack,
      packTitle: packs.find((known) => known.pack === pack)?.title ?? { zh: pack, en: pack },
      group,
      title,
      levels: rule.levels.map(({ level }) => level),
      judges,
      conditions: rule.conditions,
      mode: force.modes[code] ?? 'live',
      version: force.versions[code] ?? 0,
      coming: comingOf(newest.get(code), today),
      waiting: waiting.get(`rule.${code}`)?.proposalId ?? null,
      lastRun: shown(runs.get(code)),
      trialHits: trialHits.get(code) ?? 0,
    }
  })
}

/** The province is the root of the tree: every place below has a dot in its path. */
const seesTheWhole = ({ scope }: Pick<Caller, 'scope'>) => !scope.includes('.')

/**
 * A run goes over the whole province and is counted as a whole: whoever sees only a part of it is told how the run went, and
 * none of its numbers. What the rule found in his part he sees in the alerts.
 */
function runFor({ scope }: Caller, run: RuleRun): RuleRun {
  return seesTheWhole({ scope }) ? run : { ...run, rowsRead: null, hits: null, suppressed: null }
}

/** The newest version, where it begins after today. */
function comingOf(newest: NewestVersion | undefined, today: string) {
  return newest && newest.validFrom > today ? { version: newest.version, validFrom: newest.validFrom } : null
}

async function detailOf(
  trx: Trx,
  caller: Caller,
  rule: Rule,
  dependencies: Dependencies,
): Promise<RuleDetail> {
  const { configuration, clock } = dependencies
  const [row] = await rowsOf(trx, caller, [rule], dependencies)
  const today = shanghaiDate(clock.now())
  const force = inForceOf(today, await readInForce(trx, today), [rule])
  const found = await readNewest(trx, 'rule', rule.code)
  const newest: ConfiguredObject = {
    kind: 'rule',
    object: rule.code,
    version: found?.version ?? 0,
    content: found?.content ?? { mode: 'live', parameters: {} },
  }
  const newestForce = inForceOf(today, [newest], [rule])
  return {
    ...row!,
    basis: rule.basis,
    reading: rule.reading,
    sight: rule.sight,
    reads: {
      required: rule.reads.required.map(namedDataset),
      optional: rule.reads.optional.map(namedDataset),
    },
    subject: namedDataset(rule.subject),
    identity: rule.identity,
    registerBasis: rule.register_basis ?? null,
    decides: rule.levels,
    parameters: rule.parameters.map(({ name, type, unit, min, max, title, default: shipped }) => ({
      name,
      type,
      unit: unit ?? null,
      min: min ?? null,
      max: max ?? null,
      title,
      default: shipped,
      value: force.parameters[rule.code]![name]!,
      newest: newestForce.parameters[rule.code]![name]!,
    })),
    newestVersion: newest.version,
    newestMode: (newest.content as RuleContent).mode,
    message: rule.message,
    evidence: rule.evidence,
    threshold: (seesTheWhole(caller) && rule.threshold?.parameter) || null,
    rows: rule.rows ? { dataset: rule.rows.dataset, sum: rule.rows.sum } : null,
    sql: rule.sql,
    textVersion: rule.version,
    examples: rule.examples.cases.map((example) => ({
      name: example.name,
      condition: example.condition,
      asOf: example.as_of ?? null,
      given: completeRows(rule, example.given),
      parameters: example.parameters ?? {},
      hits: example.hits.map(({ keys, level, amount }) => ({
        keys,
        level,
        amount: amount === undefined ? null : String(amount),
      })),
    })),
    versions: await configuration.versions(trx, 'rule', rule.code),
    runs: (await readRuns(trx, rule.code, runsShown)).map((run) => runFor(caller, run)),
  }
}

/** An example's rows with what the base row says of them. */
function completeRows(rule: Rule, given: Rule['examples']['cases'][number]['given']) {
  return Object.fromEntries(
    Object.entries(given).map(([dataset, rows]) => [
      dataset,
      rows.map((row) => ({ ...rule.examples.base[dataset], ...row })),
    ]),
  )
}

/** The evidence columns that name no person; the others are seen in the alert, when there is one. */
function withoutPersons(rule: Rule, hit: TrialHit): TrialHit {
  const shown = rule.evidence.filter(({ personal }) => !personal)
  return { ...hit, evidence: Object.fromEntries(shown.map(({ name }) => [name, hit.evidence[name] ?? null])) }
}

async function objectsOf(
  trx: Trx,
  caller: Caller,
  kind: 'keyword_group' | 'grading',
  { configuration, clock, packs }: Dependencies,
): Promise<ConfiguredObjectPage[]> {
  const today = shanghaiDate(clock.now())
  const waiting = await configuration.waiting(trx, caller)
  const newest = await readNewestVersions(trx, kind)
  const present = (await readInForce(trx, today)).filter((found) => found.kind === kind)
  const planned = [...newest.values()].filter(
    ({ object }) => !present.some((found) => found.object === object),
  )
  const pages: ConfiguredObjectPage[] = []
  for (const found of [...present, ...planned.map((plan) => ({ ...plan, version: 0 }))]) {
    const { object, version, content } = found
    const last = newest.get(object)
    pages.push({
      kind,
      object,
      title:
        kind === 'keyword_group'
          ? (content as KeywordGroupContent).name
          : (packs.find((known) => known.pack === object)?.title ?? { zh: object, en: object }),
      version,
      content,
      newestVersion: last?.version ?? version,
      newest: last?.content ?? content,
      coming: comingOf(last, today),
      waiting: waiting.get(`${kind}.${object}`)?.proposalId ?? null,
      versions: await configuration.versions(trx, kind, object),
    })
  }
  return pages
}
