import { type Caller, type Database, systemCaller, type Trx } from '#ground/database/index.ts'
import { type CalendarDate, type Clock, shanghaiDate } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { namesOf } from '#shared/identity/index.ts'
import { postToRoles, postToUsers } from '#shared/notices/index.ts'
import { changesOf } from './changes.ts'
import type {
  ConfigurationKind,
  ConfigurationVersion,
  Content,
  Proposal,
  ProposalInput,
} from './configuration.schema.ts'
import {
  closeProposal,
  insertProposal,
  insertVersion,
  listProposals,
  lockObject,
  type ProposalQuery,
  type ProposalRow,
  readInForce,
  readNewest,
  readProposal,
  readSpans,
  readVersions,
  readWaiting,
  takeShipped,
} from './configuration.store.ts'
import { contentFaults } from './content-faults.ts'
import type { GradingRow } from './grading.ts'
import { groupOf, type InForce, inForceOf } from './in-force.ts'
import { type DatedKeywordGroup, type KeywordGroups, sinceEver } from './reference-relations.ts'
import type { Rule } from './rule.schema.ts'
import {
  alreadyDecided,
  alreadyWaiting,
  changedMeanwhile,
  noSuchProposal,
  noSuchRule,
  nothingChanged,
  notYourProposal,
  ownProposal,
  tooEarly,
  unusableContent,
} from './rules.errors.ts'

/** A pack as far as its rules' configuration needs it. */
export interface ConfiguredPack {
  readonly pack: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly grading: readonly GradingRow[]
}

export interface ConfigurationDependencies {
  readonly database: Database
  readonly clock: Clock
  /** What the product ships. */
  readonly rules: readonly Rule[]
  readonly packs: readonly ConfiguredPack[]
  readonly keywords: KeywordGroups
  /** Called after a version was approved, once it is on record. */
  readonly onApproved: () => Promise<void>
}

/** The configuration of rules: proposed by one, approved by another, in force from a day on, kept for ever. */
export interface Configuration {
  /** Notes what the product ships; to be called at every start. */
  prepare(): Promise<void>
  /** What is in force on a day, in Shanghai's calendar; today unless said otherwise. */
  inForce(day?: CalendarDate): Promise<InForce>
  /** Keyword groups of all times: a word counts for records of the days on which it was in force. */
  datedKeywords(): Promise<{ readonly groups: readonly DatedKeywordGroup[] }>
  propose(caller: Caller, input: ProposalInput): Promise<Proposal>
  /** @param decision why; needed for a rejection */
  approve(caller: Caller, proposalId: string, decision?: string): Promise<Proposal>
  reject(caller: Caller, proposalId: string, decision: string): Promise<Proposal>
  withdraw(caller: Caller, proposalId: string, decision?: string): Promise<Proposal>
  proposal(caller: Caller, proposalId: string): Promise<Proposal>
  proposals(caller: Caller, query: ProposalQuery): Promise<{ items: Proposal[]; next: string | null }>
  /** All versions of an object, newest first, the shipped one as version 0 last. */
  versions(trx: Trx, kind: ConfigurationKind, object: string): Promise<ConfigurationVersion[]>
  /** The proposals that wait, by `kind.object`. */
  waiting(trx: Trx, caller: Caller): Promise<ReadonlyMap<string, Proposal>>
}

export function createConfiguration(dependencies: ConfigurationDependencies): Configuration {
  const { database, clock, rules } = dependencies
  const decide = (
    caller: Caller,
    proposalId: string,
    to: 'approved' | 'rejected' | 'withdrawn',
    decision: string | undefined,
  ) =>
    database.asCaller(caller, async (trx) => {
      const closed = await close(trx, caller, { proposalId, to, decision }, dependencies)
      return (await presented(trx, caller, [closed], dependencies))[0]!
    })
  return {
    prepare: () =>
      database.asCaller(systemCaller, (trx) =>
        takeShipped(trx, shippedObjects(dependencies), {
          ever: sinceEver,
          today: shanghaiDate(clock.now()),
        }),
      ),
    inForce: (day = shanghaiDate(clock.now())) =>
      database.asCaller(systemCaller, async (trx) => inForceOf(day, await readInForce(trx, day), rules)),
    datedKeywords: () =>
      database.asCaller(systemCaller, async (trx) => ({
        groups: (await readSpans(trx, 'keyword_group')).map((span) => ({
          ...groupOf(span),
          validFrom: span.validFrom,
          validTo: span.validTo,
        })),
      })),
    propose: (caller, input) =>
      database.asCaller(caller, async (trx) => {
        const proposalId = await file(trx, input, dependencies)
        return (await presented(trx, caller, [(await readProposal(trx, proposalId))!], dependencies))[0]!
      }),
    approve: async (caller, proposalId, decision) => {
      const approved = await decide(caller, proposalId, 'approved', decision)
      await dependencies.onApproved()
      return approved
    },
    reject: (caller, proposalId, decision) => decide(caller, proposalId, 'rejected', decision),
    withdraw: (caller, proposalId, decision) => decide(caller, proposalId, 'withdrawn', decision),
    proposal: (caller, proposalId) =>
      database.asCaller(caller, async (trx) => {
        const row = await readProposal(trx, proposalId)
        if (!row) throw noSuchProposal()
        return (await presented(trx, caller, [row], dependencies))[0]!
      }),
    proposals: (caller, query) =>
      database.asCaller(caller, async (trx) => {
        const { items, next } = await listProposals(trx, query)
        return { items: await presented(trx, caller, items, dependencies), next }
      }),
    versions: (trx, kind, object) => history(trx, kind, object, dependencies),
    waiting: async (trx, caller) => {
      const waiting = await presented(trx, caller, await readWaiting(trx), dependencies)
      return new Map(waiting.map((proposal) => [`${proposal.kind}.${proposal.object}`, proposal]))
    },
  }
}

function shippedObjects({ rules, packs, keywords }: ConfigurationDependencies) {
  return [
    ...rules.map((rule) => ({ kind: 'rule' as const, object: rule.code, content: shippedContent(rule) })),
    ...keywords.groups.map(({ code, ...content }) => ({
      kind: 'keyword_group' as const,
      object: code,
      content,
    })),
    ...packs.map(({ pack, grading }) => ({
      kind: 'grading' as const,
      object: pack,
      content: { rows: grading } as Content,
    })),
  ]
}

function shippedContent(rule: Rule): Content {
  const parameters = Object.fromEntries(rule.parameters.map(({ name, default: value }) => [name, value]))
  return { mode: 'live', parameters }
}

/** Nothing is configured of a group that does not exist yet: it is made by its first version. */
const emptyGroup: Content = {
  name: { zh: '—', en: '—' },
  level: 'blue',
  prohibited: false,
  keywords: [],
  stop: [],
  tax_classes: [],
  short_classes: [],
}

async function newestOf(trx: Trx, kind: ConfigurationKind, object: string) {
  const newest = await readNewest(trx, kind, object)
  if (newest) return newest
  if (kind !== 'keyword_group') throw noSuchRule({ code: object })
  return { version: 0, content: emptyGroup }
}

/** Checks a change and files it; tells those who approve. Returns its identifier. */
async function file(trx: Trx, input: ProposalInput, dependencies: ConfigurationDependencies) {
  const { clock, rules } = dependencies
  const { kind, object, content } = input
  const at = clock.now()
  const today = shanghaiDate(at)
  await lockObject(trx, kind, object)
  const newest = await newestOf(trx, kind, object)
  const waiting = await readWaiting(trx)
  if (waiting.some((other) => other.kind === kind && other.object === object))
    throw alreadyWaiting({ object })
  refuseStale(object, newest.version, input.baseVersion)
  if (input.effectiveFrom < today) throw tooEarly({ today })
  const changes = changesOf(kind, newest.content, content)
  if (changes.length === 0) throw nothingChanged()
  const faults = contentFaults(kind, object, content, rules)
  if (faults.length > 0) throw unusableContent({}, { fields: faults })
  const proposalId = await insertProposal(trx, input, newest.content, at)
  await recordAudit(trx, {
    action: 'rules.propose',
    object: { kind: `rule_${kind}`, id: object },
    purpose: input.reason,
    detail: { proposal: proposalId, changes: changes.map(({ field }) => field), from: input.effectiveFrom },
  })
  const title = titleOf(kind, object, content, dependencies)
  await postToRoles(
    trx,
    { roles: ['rule_approver'], place: systemCaller.scope },
    {
      kind: 'rules.proposed',
      titleZh: `规则变更待审批：${title.zh}`,
      titleEn: `A change of rules awaits a decision: ${title.en}`,
      link: `/rule-proposals?opened=${proposalId}`,
    },
    at,
  )
  return proposalId
}

const sayings = {
  approved: ['规则变更已批准', 'A change of rules was approved'],
  rejected: ['规则变更未获批准', 'A change of rules was rejected'],
} as const

/** Decides on a waiting proposal, or takes it back. Approval makes it a version, from today on at the earliest. */
async function close(
  trx: Trx,
  caller: Caller,
  step: { proposalId: string; to: 'approved' | 'rejected' | 'withdrawn'; decision: string | undefined },
  dependencies: ConfigurationDependencies,
): Promise<ProposalRow> {
  const { proposalId, to, decision } = step
  const at = dependencies.clock.now()
  const found = await readProposal(trx, proposalId)
  if (!found) throw noSuchProposal()
  await lockObject(trx, found.kind, found.object)
  const own = found.proposedBy === caller.userId
  if (to === 'withdrawn' ? !own : own) throw to === 'withdrawn' ? notYourProposal() : ownProposal()
  if (to === 'approved') await checkAgain(trx, found, dependencies.rules)
  if (!(await closeProposal(trx, proposalId, to, decision, at))) throw alreadyDecided()
  const today = shanghaiDate(at)
  const [, validFrom] = [found.effectiveFrom, today].sort() as [string, string]
  const version = to === 'approved' ? await insertVersion(trx, found, validFrom, at) : null
  await recordAudit(trx, {
    action: `rules.${{ approved: 'approve', rejected: 'reject', withdrawn: 'withdraw' }[to]}`,
    object: { kind: `rule_${found.kind}`, id: found.object },
    purpose: decision,
    detail: {
      proposal: proposalId,
      changes: changesOf(found.kind, found.before, found.content).map(({ field }) => field),
      ...(version === null ? {} : { version, from: validFrom }),
    },
  })
  if (to !== 'withdrawn') {
    const title = titleOf(found.kind, found.object, found.content, dependencies)
    const [zh, en] = sayings[to]
    const link = `/rule-proposals?opened=${proposalId}`
    const notice = {
      kind: `rules.${to}`,
      titleZh: `${zh}：${title.zh}`,
      titleEn: `${en}: ${title.en}`,
      link,
    }
    await postToUsers(trx, [found.proposedBy], notice, at)
  }
  return (await readProposal(trx, proposalId))!
}

/** What was right when it was proposed need not be any more: an update of the product may have come between. */
async function checkAgain(trx: Trx, found: ProposalRow, rules: readonly Rule[]): Promise<void> {
  if (found.state !== 'waiting') throw alreadyDecided()
  const newest = await newestOf(trx, found.kind, found.object)
  refuseStale(found.object, newest.version, found.baseVersion)
  const faults = contentFaults(found.kind, found.object, found.content, rules)
  if (faults.length > 0) throw unusableContent({}, { fields: faults })
}

function refuseStale(object: string, version: number, base: number): void {
  if (version !== base) throw changedMeanwhile({ object, version, base })
}

function titleOf(
  kind: ConfigurationKind,
  object: string,
  content: Content,
  { rules, packs }: ConfigurationDependencies,
): { zh: string; en: string } {
  if (kind === 'keyword_group') {
    const { name } = content as { name: { zh: string; en: string } }
    return { zh: `关键词分组“${name.zh}”`, en: `keyword group ${name.en}` }
  }
  if (kind === 'grading') {
    const pack = packs.find((known) => known.pack === object)
    return { zh: `${pack?.title.zh ?? object}定级表`, en: `decision table of ${pack?.title.en ?? object}` }
  }
  const rule = rules.find(({ code }) => code === object)
  return { zh: `${object} ${rule?.title.zh ?? ''}`.trim(), en: `${object} ${rule?.title.en ?? ''}`.trim() }
}

async function presented(
  trx: Trx,
  caller: Caller,
  rows: readonly ProposalRow[],
  dependencies: ConfigurationDependencies,
): Promise<Proposal[]> {
  const person = await personsOf(
    trx,
    rows.flatMap((row) => [row.proposedBy, row.decidedBy]),
  )
  return rows.map(({ before, ...row }) => ({
    ...row,
    title: titleOf(row.kind, row.object, row.content, dependencies),
    changes: changesOf(row.kind, before, row.content),
    proposedBy: person(row.proposedBy)!,
    decidedBy: person(row.decidedBy),
    own: row.proposedBy === caller.userId,
  }))
}

async function personsOf(trx: Trx, ids: readonly (string | null)[]) {
  const names = await namesOf(
    trx,
    ids.filter((id) => id !== null),
  )
  return (id: string | null) => (id === null ? null : { userId: id, name: names.get(id)?.displayName ?? '—' })
}

async function history(
  trx: Trx,
  kind: ConfigurationKind,
  object: string,
  { rules }: ConfigurationDependencies,
): Promise<ConfigurationVersion[]> {
  const rows = await readVersions(trx, kind, object)
  const shipped = (await readSpans(trx, kind)).filter((span) => span.object === object && span.version === 0)
  const person = await personsOf(
    trx,
    rows.flatMap((row) => [row.proposedBy, row.approvedBy]),
  )
  const known = rules.some(({ code }) => code === object) || kind !== 'rule'
  if (!known) throw noSuchRule({ code: object })
  const decided = rows.map(({ before, ...row }) => ({
    ...row,
    changes: changesOf(kind, before, row.content),
    proposedBy: person(row.proposedBy),
    approvedBy: person(row.approvedBy),
  }))
  const asShipped = shipped.map(({ version, content, validFrom, validTo }, index) => ({
    version,
    content,
    changes: changesOf(kind, shipped[index - 1]?.content ?? content, content),
    validFrom,
    validTo,
    reason: null,
    proposedBy: null,
    proposedAt: null,
    approvedBy: null,
    approvedAt: null,
  }))
  return [...decided, ...asShipped.reverse()]
}
