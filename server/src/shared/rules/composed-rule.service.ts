import {
  type Caller,
  type Connection,
  type Database,
  systemCaller,
  type Trx,
} from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { namesOf } from '#shared/identity/index.ts'
import { postToRoles, postToUsers } from '#shared/notices/index.ts'
import { composableByName, composableDatasets } from './composable-datasets.ts'
import { createExampleEngines } from './composed-examples.ts'
import { operatorsByType } from './composed-query.ts'
import {
  fixedDataset,
  noComposedRule,
  notInThisState,
  ownComposition,
  unusableComposition,
} from './composed-rule.errors.ts'
import {
  type ComposedCheck,
  type ComposedContent,
  type ComposedSummary,
  type ComposedVersion,
  composedStates,
} from './composed-rule.schema.ts'
import {
  type ComposedState,
  decideVersion,
  endVersion,
  insertComposedRule,
  listComposed,
  proposeVersion,
  readByState,
  readComposedRule,
  readVersions,
  type StoredVersion,
  saveDraft,
  supersede,
} from './composed-rule.store.ts'
import { compositionFaults, placeholdersOf, ruleOf } from './composed-rule.ts'
import type { Rule } from './rule.schema.ts'

/** A composed rule as a run takes it. */
export interface RunningComposedRule {
  readonly rule: Rule
  readonly mode: 'live' | 'trial'
  readonly version: number
}

/** A version of a composed rule as it would run. */
export interface RunnableVersion {
  readonly rule: Rule
  readonly version: number
  readonly state: ComposedState
}

/** Rules composed in the console: drawn up, proposed, on trial, decided by another, in force until they are ended. */
export interface ComposedRules {
  list(caller: Caller): Promise<readonly ComposedSummary[]>
  /** Every version of a rule, the newest first. */
  versions(caller: Caller, code: string): Promise<readonly ComposedVersion[]>
  /** What a draft comes to, with its examples run on both engines; nothing is kept. */
  check(caller: Caller, content: ComposedContent): Promise<ComposedCheck>
  compose(caller: Caller, content: ComposedContent): Promise<readonly ComposedVersion[]>
  /** Writes the draft of the next version anew. */
  redraft(caller: Caller, code: string, content: ComposedContent): Promise<readonly ComposedVersion[]>
  /** Puts the draft on trial and before the approvers; its examples must hold on both engines. */
  propose(caller: Caller, code: string, reason: string): Promise<readonly ComposedVersion[]>
  withdraw(caller: Caller, code: string): Promise<readonly ComposedVersion[]>
  /** @param version the one that was looked at; another one meanwhile is not decided on unseen */
  approve(
    caller: Caller,
    code: string,
    version: number,
    decision: string | null,
  ): Promise<readonly ComposedVersion[]>
  reject(caller: Caller, code: string, version: number, decision: string): Promise<readonly ComposedVersion[]>
  end(caller: Caller, code: string, version: number, reason: string): Promise<readonly ComposedVersion[]>
  /** What runs today: versions in force, and rules on trial that have none in force. */
  running(): Promise<readonly RunningComposedRule[]>
  /** Every version of every rule as it would run, by code; for replays. */
  runnable(trx: Trx): Promise<readonly RunnableVersion[]>
}

export interface ComposedRuleDependencies {
  readonly database: Database
  readonly clock: Clock
  readonly connection: Connection
}

/** What the query builder offers: columns with their operators, and what messages may name. */
export function describeComposable() {
  return composableDatasets.map((source) => ({
    name: source.dataset.name,
    title: source.dataset.title,
    pack: source.pack,
    columns: Object.entries(source.dataset.columns).map(([name, column]) => ({
      name,
      title: column.title,
      type: column.type,
      required: column.required,
      personal: column.personal ?? false,
      operators: [...operatorsByType[column.type]],
      choices: Object.entries(column.choices ?? {}).map(([value, title]) => ({ value, title })),
    })),
    placeholders: [...placeholdersOf(source)].map(([name, title]) => ({ name, title })),
  }))
}

export function createComposedRules(dependencies: ComposedRuleDependencies): ComposedRules {
  const { database, clock, connection } = dependencies
  const engines = createExampleEngines(connection)
  const step = (caller: Caller, code: string, work: (trx: Trx, newest: StoredVersion) => Promise<boolean>) =>
    database.asCaller(caller, async (trx) => {
      const [newest] = await readVersions(trx, code)
      if (!newest) throw noComposedRule({ code })
      if (!(await work(trx, newest))) throw notInThisState({ code })
      return presented(trx, caller, await readVersions(trx, code))
    })
  return {
    list: (caller) => database.asCaller(caller, listComposed),
    versions: (caller, code) =>
      database.asCaller(caller, async (trx) => {
        const versions = await readVersions(trx, code)
        if (versions.length === 0) throw noComposedRule({ code })
        return presented(trx, caller, versions)
      }),
    check: (_caller, content) => check(content),
    compose: async (caller, content) => {
      const source = usableSource(content)
      return database.asCaller(caller, async (trx) => {
        const at = clock.now()
        const code = await insertComposedRule(trx, { pack: source.pack, dataset: content.dataset, at })
        const version = await saveDraft(trx, code, content, at)
        await onRecord(trx, 'compose', code, { version: version ?? 0 })
        return presented(trx, caller, await readVersions(trx, code))
      })
    },
    redraft: (caller, code, content) =>
      database.asCaller(caller, async (trx) => {
        const known = await readComposedRule(trx, code)
        if (!known) throw noComposedRule({ code })
        if (known.dataset !== content.dataset) throw fixedDataset({ code })
        usableSource(content)
        const version = await saveDraft(trx, code, content, clock.now())
        if (version === undefined) throw notInThisState({ code })
        await onRecord(trx, 'redraft', code, { version })
        return presented(trx, caller, await readVersions(trx, code))
      }),
    propose: async (caller, code, reason) => {
      const drafted = await database.asCaller(caller, async (trx) => (await readVersions(trx, code))[0])
      if (!drafted) throw noComposedRule({ code })
      if (drafted.state !== 'draft') throw notInThisState({ code })
      refuseUnready(await check(drafted.content))
      return step(caller, code, async (trx, newest) => {
        // What was checked is what is proposed.
        if (JSON.stringify(newest.content) !== JSON.stringify(drafted.content)) return false
        const done = await proposeVersion(trx, newest, reason, clock.now())
        await onRecord(trx, 'propose', code, { version: newest.version }, reason)
        await tellApprovers(trx, newest)
        return done
      })
    },
    withdraw: (caller, code) =>
      step(caller, code, async (trx, newest) => {
        const done = await decideVersion(trx, newest, 'withdrawn', null, clock.now())
        await onRecord(trx, 'withdraw', code, { version: newest.version })
        return done
      }),
    approve: (caller, code, version, decision) =>
      step(caller, code, (trx, newest) => decide(trx, caller, newest, version, 'live', decision)),
    reject: (caller, code, version, decision) =>
      step(caller, code, (trx, newest) => decide(trx, caller, newest, version, 'rejected', decision)),
    end: (caller, code, version, reason) =>
      database.asCaller(caller, async (trx) => {
        const live = (await readVersions(trx, code)).find(({ state }) => state === 'live')
        if (live?.version !== version || !(await endVersion(trx, live, reason, clock.now())))
          throw notInThisState({ code })
        await onRecord(trx, 'end', code, { version: live.version }, reason)
        return presented(trx, caller, await readVersions(trx, code))
      }),
    running: () =>
      database.asCaller(systemCaller, async (trx) => {
        const versions = await readByState(trx, ['live', 'trial'])
        const live = new Set(versions.filter(({ state }) => state === 'live').map(({ code }) => code))
        return versions
          .filter(({ code, state }) => state === 'live' || !live.has(code))
          .flatMap(({ code, content, state, version }) => {
            const rule = compiled(code, content)
            return rule ? [{ rule, mode: state as 'live' | 'trial', version }] : []
          })
      }),
    runnable: async (trx) =>
      (await readByState(trx, composedStates)).flatMap(({ code, content, version, state }) => {
        const rule = compiled(code, content)
        return rule ? [{ rule, version, state }] : []
      }),
  }

  async function check(content: ComposedContent): Promise<ComposedCheck> {
    const faults = compositionFaults(content)
    const rule = compiled(draftCode, content)
    const examples = faults.length === 0 ? await engines.run(draftCode, content) : []
    return {
      faults: [...faults],
      reading: rule?.reading ?? null,
      sql: rule?.sql ?? null,
      bindings: rule ? texts(rule) : null,
      examples,
      ready: faults.length === 0 && examples.every(({ holds }) => holds),
    }
  }

  async function decide(
    trx: Trx,
    caller: Caller,
    newest: StoredVersion,
    version: number,
    to: 'live' | 'rejected',
    decision: string | null,
  ): Promise<boolean> {
    if (newest.state !== 'trial' || newest.version !== version) return false
    if (newest.proposedBy === caller.userId || newest.draftedBy === caller.userId) throw ownComposition()
    const at = clock.now()
    if (to === 'live') await supersede(trx, newest.code)
    if (!(await decideVersion(trx, newest, to, decision, at))) return false
    const act = to === 'live' ? 'approve' : 'reject'
    await onRecord(trx, act, newest.code, { version: newest.version }, decision ?? undefined)
    await tellProposer(trx, newest, to)
    return true
  }

  async function tellApprovers(trx: Trx, { code, content }: StoredVersion): Promise<void> {
    await postToRoles(
      trx,
      { roles: ['rule_approver'], place: systemCaller.scope },
      {
        kind: 'rules.composed_proposed',
        titleZh: `自定义规则待审批：${code} ${content.title.zh}`,
        titleEn: `A composed rule awaits a decision: ${code} ${content.title.en}`,
        link: `/composed-rules/${code}`,
      },
      clock.now(),
    )
  }

  async function tellProposer(trx: Trx, { code, proposedBy }: StoredVersion, to: 'live' | 'rejected') {
    if (!proposedBy) return
    const approved = to === 'live'
    await postToUsers(
      trx,
      [proposedBy],
      {
        kind: 'rules.composed_decided',
        titleZh: `自定义规则 ${code} ${approved ? '已批准，开始运行' : '未获批准'}`,
        titleEn: `Composed rule ${code} ${approved ? 'was approved and runs' : 'was refused'}`,
        link: `/composed-rules/${code}`,
      },
      clock.now(),
    )
  }
}

/** The code of a rule that has none yet, while its examples run. */
const draftCode = 'ZD00'

/** A draft may be unfinished, but it must say what it is about and be compilable when it is shown. */
function usableSource(content: ComposedContent) {
  const source = composableByName(content.dataset)
  const faults = compositionFaults(content).filter(
    ({ path }) => path.startsWith('query') || path === 'dataset',
  )
  if (!source || faults.length > 0) throw unusableComposition({}, { fields: faults })
  return source
}

/** The rule, or undefined where the dataset has no such column (any more): then it does not run, and its page says so. */
function compiled(code: string, content: ComposedContent): Rule | undefined {
  const faults = compositionFaults(content)
  const compilable = faults.every(({ path }) => path.startsWith('examples') || path.startsWith('message'))
  return compilable ? ruleOf(code, content) : undefined
}

function refuseUnready({ faults, examples, ready }: ComposedCheck): void {
  if (ready) return
  const failing = examples
    .filter(({ holds }) => !holds)
    .map(({ place, faults: found }) => ({
      path: `examples.${place}`,
      zh: `第 ${place + 1} 个样例与规则不符：${found.map(({ engine }) => engine).join('、')}`,
      en: `Example ${place + 1} does not hold: ${found.map(({ engine, fault }) => `${engine}: ${fault}`).join('; ')}`,
    }))
  throw unusableComposition({}, { fields: [...faults, ...failing] })
}

function texts(rule: Rule): Record<string, string> {
  return Object.fromEntries(Object.entries(rule.bindings ?? {}).map(([name, value]) => [name, String(value)]))
}

async function onRecord(
  trx: Trx,
  act: string,
  code: string,
  detail: { version: number },
  purpose?: string,
): Promise<void> {
  await recordAudit(trx, {
    action: `rules.${act}_composed`,
    object: { kind: 'rule', id: code },
    purpose,
    detail,
  })
}

async function presented(
  trx: Trx,
  caller: Caller,
  versions: readonly StoredVersion[],
): Promise<ComposedVersion[]> {
  const ids = versions.flatMap(({ draftedBy, proposedBy, decidedBy, endedBy }) => [
    draftedBy,
    proposedBy,
    decidedBy,
    endedBy,
  ])
  const names = await namesOf(
    trx,
    ids.filter((id) => id !== null),
  )
  const person = (id: string | null) =>
    id === null ? null : { userId: id, name: names.get(id)?.displayName ?? '—' }
  return versions.map(({ dataset: _dataset, ...version }) => {
    const rule = compiled(version.code, version.content)
    return {
      ...version,
      reading: rule?.reading ?? null,
      sql: rule?.sql ?? null,
      bindings: rule ? texts(rule) : null,
      draftedBy: person(version.draftedBy),
      proposedBy: person(version.proposedBy),
      decidedBy: person(version.decidedBy),
      endedBy: person(version.endedBy),
      own: version.draftedBy === caller.userId || version.proposedBy === caller.userId,
    }
  })
}
