import { type Caller, type Database, systemCaller, type Trx } from '#ground/database/index.ts'
import { maskedPersonal } from '#ground/masking/index.ts'
import { addDays, type Clock } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { namesOf } from '#shared/identity/index.ts'
import { postToRoles, postToUsers } from '#shared/notices/index.ts'
import type { GrantedException } from '#shared/rules/index.ts'
import { alertNotFound } from './alerts.errors.ts'
import {
  alreadyProposed,
  noExceptionsInPack,
  noSuchException,
  notInThisState,
  notJudgedNormal,
  notYourException,
  ownException,
  periodUnusable,
  scopeTooWide,
  unusableRule,
} from './exception.errors.ts'
import type {
  ExceptionDetail,
  ExceptionProposal,
  ExceptionQuery,
  ExceptionRow,
  SuppressedHit,
  SuppressedQuery,
} from './exception.schema.ts'
import {
  addExceptionEvent,
  decideException,
  endException,
  insertException,
  listExceptions,
  listSuppressed,
  lockException,
  readException,
  readExceptionEvents,
  readPublished,
  readSame,
  readScope,
  type StoredException,
} from './exception.store.ts'
import type { Moment } from './gather.store.ts'
import { momentOf } from './handling.service.ts'
import { type DescribedRule, sentenceMask } from './masked-sentence.ts'
import type { Policies } from './pack-policy.ts'

/** What was judged normal and need not be raised again: proposed by who judged, decided by another person. */
export interface Exceptions {
  propose(caller: Caller, alertId: string, proposal: ExceptionProposal): Promise<ExceptionDetail>
  approve(caller: Caller, exceptionId: string, approvalNo: string, note?: string): Promise<ExceptionDetail>
  refuse(caller: Caller, exceptionId: string, reason: string): Promise<ExceptionDetail>
  withdraw(caller: Caller, exceptionId: string, reason: string): Promise<ExceptionDetail>
  /** From today on, or, annulled, from its beginning: then the next run raises what it suppressed. */
  end(caller: Caller, exceptionId: string, reason: string, annulled: boolean): Promise<ExceptionDetail>
  list(caller: Caller, query: ExceptionQuery): Promise<{ items: ExceptionRow[]; next: string | null }>
  detail(caller: Caller, exceptionId: string): Promise<ExceptionDetail>
  suppressed(
    caller: Caller,
    query: SuppressedQuery,
  ): Promise<{ items: SuppressedHit[]; next: string | null; total?: { count: number; capped: boolean } }>
  /** What the rules are given. */
  published(): Promise<readonly GrantedException[]>
}

export interface ExceptionDependencies {
  readonly database: Database
  readonly clock: Clock
  readonly policies: Policies
  /** Those that ship and every version of those that were composed. */
  readonly rules: () => Promise<readonly DescribedRule[]>
  /** Called when what the rules are given has changed, once it is on record. */
  readonly onChanged: () => Promise<void>
}

export function createExceptions(dependencies: ExceptionDependencies): Exceptions {
  const { database, clock, rules, onChanged } = dependencies
  /** Locks, lets the step decide and write, puts it on record, and reads what became of it. */
  const step = (caller: Caller, exceptionId: string, kind: StepKind, note: string | null, write: Write) =>
    database.asCaller(caller, async (trx) => {
      const moment = momentOf(clock)
      const found = await lockException(trx, exceptionId, moment.today)
      if (!found) throw noSuchException()
      await write(trx, found, moment)
      await addExceptionEvent(trx, exceptionId, kind, note, moment.at)
      await recordAudit(trx, {
        action: `exceptions.${kind}`,
        object: { kind: 'rule_exception', id: exceptionId },
        unitCode: found.unitCode ?? undefined,
        purpose: note ?? undefined,
        detail: { number: found.number, rule: found.rule },
      })
      if (kind !== 'withdrawn') await tellProposer(trx, found, kind, moment)
      return detailOf(trx, caller, exceptionId, moment)
    })
  return {
    propose: (caller, alertId, proposal) =>
      database.asCaller(caller, (trx) => file(trx, caller, alertId, proposal, dependencies)),
    approve: async (caller, exceptionId, approvalNo, note) => {
      const approved = await step(caller, exceptionId, 'approved', note ?? null, (trx, found, { at }) => {
        decidable(found, caller)
        return decideException(trx, exceptionId, { state: 'approved', approvalNo }, at)
      })
      await onChanged()
      return approved
    },
    refuse: (caller, exceptionId, reason) =>
      step(caller, exceptionId, 'refused', reason, (trx, found, { at }) => {
        decidable(found, caller)
        return decideException(trx, exceptionId, { state: 'refused', approvalNo: null }, at)
      }),
    withdraw: (caller, exceptionId, reason) =>
      step(caller, exceptionId, 'withdrawn', reason, (trx, found, { at }) => {
        if (found.standing !== 'proposed') throw notInThisState()
        if (found.proposedBy !== caller.userId) throw notYourException()
        return decideException(trx, exceptionId, { state: 'withdrawn', approvalNo: null }, at)
      }),
    end: async (caller, exceptionId, reason, annulled) => {
      const kind = annulled ? 'annulled' : 'ended'
      const ended = await step(caller, exceptionId, kind, reason, (trx, found, { today }) => {
        if (found.standing !== 'in_force') throw notInThisState()
        return endException(trx, exceptionId, today, annulled)
      })
      await onChanged()
      return ended
    },
    list: (caller, query) =>
      database.asCaller(caller, async (trx) => {
        const { items, next } = await listExceptions(trx, query, momentOf(clock).today)
        return { items: await presented(trx, caller, items), next }
      }),
    detail: (caller, exceptionId) =>
      database.asCaller(caller, (trx) => detailOf(trx, caller, exceptionId, momentOf(clock))),
    suppressed: async (caller, query) => {
      const masked = sentenceMask(await rules())
      return database.asCaller(caller, async (trx) => {
        await recordAudit(trx, { action: 'exceptions.read_suppressed' })
        const { items, ...page } = await listSuppressed(trx, query)
        return {
          ...page,
          items: items.map(({ evidence, ...hit }) => ({
            ...hit,
            messageZh: masked(hit.messageZh, { rule: hit.rule, evidence }),
            messageEn: masked(hit.messageEn, { rule: hit.rule, evidence }),
          })),
        }
      })
    },
    published: () => database.asCaller(systemCaller, readPublished),
  }
}

type StepKind = 'approved' | 'refused' | 'withdrawn' | 'ended' | 'annulled'
type Write = (trx: Trx, found: StoredException, moment: Moment) => Promise<void>

function decidable(found: StoredException, caller: Caller): void {
  if (found.standing !== 'proposed') throw notInThisState()
  if (found.proposedBy === caller.userId) throw ownException()
}

async function file(
  trx: Trx,
  caller: Caller,
  alertId: string,
  proposal: ExceptionProposal,
  { clock, policies }: ExceptionDependencies,
): Promise<ExceptionDetail> {
  const moment = momentOf(clock)
  const found = await readScope(trx, alertId, proposal.rule)
  if (!found) throw alertNotFound()
  if (found.verdict !== 'normal') throw notJudgedNormal()
  if (found.rule === null) throw unusableRule({ rule: proposal.rule })
  checkPeriod(policies.get(found.pack)?.exceptions?.longest_days, proposal.validTo, moment)
  const scope = {
    ...found,
    unitCode: proposal.sameUnit ? found.unitCode : null,
    economicCode: proposal.sameEconomicCode ? found.economicCode : null,
    counterparty: proposal.sameCounterparty ? found.counterparty : null,
  }
  const province = !caller.scope.includes('.')
  if (scope.unitCode === null && !(province && scope.counterparty !== null)) throw scopeTooWide()
  const same = await readSame(trx, scope, moment.today)
  if (same) throw alreadyProposed({ number: same })
  const wanted = { ...scope, validTo: proposal.validTo, reason: proposal.reason, place: caller.scope }
  const exceptionId = await insertException(trx, alertId, wanted, moment.at, moment.today)
  await addExceptionEvent(trx, exceptionId, 'proposed', proposal.reason, moment.at)
  await recordAudit(trx, {
    action: 'exceptions.proposed',
    object: { kind: 'rule_exception', id: exceptionId },
    unitCode: scope.unitCode ?? undefined,
    purpose: proposal.reason,
    detail: { rule: scope.rule, until: proposal.validTo },
  })
  await postToRoles(
    trx,
    { roles: ['rule_approver', 'deputy'], place: caller.scope, persons: found.personKeys },
    {
      kind: 'exceptions.proposed',
      titleZh: `规则例外待审批：${scope.rule}`,
      titleEn: `An exception of ${scope.rule} awaits a decision`,
      link: `/exceptions?opened=${exceptionId}`,
    },
    moment.at,
  )
  return detailOf(trx, caller, exceptionId, moment)
}

function checkPeriod(longestDays: number | undefined, validTo: string, { today }: Moment): void {
  if (longestDays === undefined) throw noExceptionsInPack()
  if (validTo <= today || validTo > addDays(today, longestDays)) throw periodUnusable({ days: longestDays })
}

const sayings: Readonly<Record<Exclude<StepKind, 'withdrawn'>, { zh: string; en: string }>> = {
  approved: { zh: '规则例外已批准', en: 'An exception was approved' },
  refused: { zh: '规则例外未获批准', en: 'An exception was refused' },
  ended: { zh: '规则例外已终止', en: 'An exception was ended' },
  annulled: { zh: '规则例外已撤销', en: 'An exception was annulled' },
}

async function tellProposer(
  trx: Trx,
  found: StoredException,
  kind: Exclude<StepKind, 'withdrawn'>,
  { at }: Moment,
): Promise<void> {
  const { zh, en } = sayings[kind]
  await postToUsers(
    trx,
    [found.proposedBy],
    {
      kind: `exceptions.${kind}`,
      titleZh: `${zh}：${found.number}`,
      titleEn: `${en}: ${found.number}`,
      link: `/exceptions?opened=${found.exceptionId}`,
    },
    at,
  )
}

async function detailOf(
  trx: Trx,
  caller: Caller,
  exceptionId: string,
  { today }: Moment,
): Promise<ExceptionDetail> {
  const found = await readException(trx, exceptionId, today)
  if (!found) throw noSuchException()
  const [row] = await presented(trx, caller, [found])
  const events = await readExceptionEvents(trx, exceptionId)
  const person = await personsOf(
    trx,
    events.map(({ actorId }) => actorId),
  )
  return {
    ...row!,
    events: events.map(({ actorId, ...event }) => ({ ...event, actor: person(actorId) })),
  }
}

async function presented(
  trx: Trx,
  caller: Caller,
  found: readonly StoredException[],
): Promise<ExceptionRow[]> {
  const person = await personsOf(
    trx,
    found.flatMap(({ proposedBy, decidedBy }) => (decidedBy ? [proposedBy, decidedBy] : [proposedBy])),
  )
  return found.map(({ orgPath: _place, counterparty, proposedBy, decidedBy, ...row }) => ({
    ...row,
    counterparty: mayBePersonal(counterparty) ? String(maskedPersonal(counterparty)) : counterparty,
    proposedBy: person(proposedBy),
    decidedBy: decidedBy ? person(decidedBy) : null,
    own: proposedBy === caller.userId,
  }))
}

/** Enterprises' numbers (GB 32100) are public; everything else may be a person's. */
function mayBePersonal(counterparty: string | null): boolean {
  return counterparty !== null && !/^[159AN][0-9A-Z]{17}$/.test(counterparty)
}

async function personsOf(trx: Trx, ids: readonly string[]) {
  const names = await namesOf(trx, ids)
  return (userId: string) => ({ userId, name: names.get(userId)?.displayName ?? '—' })
}
