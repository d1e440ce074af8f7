import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Caller, Database, Trx } from '#ground/database/index.ts'
import { type Clock, shanghaiDate } from '#ground/time/index.ts'
import { oneAfterTheOther, type Warehouse } from '#ground/warehouse/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import {
  datasetByName,
  faultSentence,
  openRecordChecks,
  type PostedRecord,
  type RecordChecks,
} from '#shared/datasets/index.ts'
import type { FeedCaller } from '#shared/identity/index.ts'
import { postToRoles } from '#shared/notices/index.ts'
import {
  type GradingRow,
  gradeOf,
  type Hit,
  type Judging,
  judgePlanned,
  type Level,
  type PlannedPayment,
  personNumbers,
  type Rule,
  type RuleOutcome,
  type RunOptions,
} from '#shared/rules/index.ts'
import { keyUsed, notGranted, numberUsed } from './fiscal.errors.ts'
import type { UrgingPolicy } from './owed-explanations.ts'
import { type Decision, decisionOf, firstState } from './request.rules.ts'
import type { RequestAnswer } from './request.schema.ts'
import {
  announce,
  findByKey,
  insertEvent,
  insertHits,
  insertRequest,
  type KeptHit,
  placeOf,
} from './request.store.ts'

/** How the pack handles what is found, as far as requests need it. */
export interface RequestPolicy {
  /** Rules, or RULE.condition, of which the unit must not learn. */
  readonly undisclosed: readonly string[]
  /** Working days within which a yellow request is to be explained. */
  readonly explainDays: number
  /** How what is not explained is urged. */
  readonly urging: UrgingPolicy
}

export interface RequestDependencies {
  readonly database: Database
  readonly warehouse: Warehouse
  readonly judging: Judging
  readonly clock: Clock
  readonly allowDemo: boolean
  readonly catalogue: readonly Rule[]
  readonly policy: RequestPolicy
  /** What is configured today: values and modes of the rules, and the decision table. */
  inForce(): Promise<Omit<RunOptions, 'available' | 'asOf'> & { readonly grading: readonly GradingRow[] }>
  personKey(idNumber: string): string
}

type Faults = readonly {
  readonly field: string | null
  readonly value: string | null
  readonly reason: { readonly zh: string; readonly en: string }
}[]

export type Submitted =
  | { readonly answer: RequestAnswer; readonly replayed: boolean }
  | { readonly faults: Faults }

export interface RequestDesk {
  /** Judges a request before it is paid and keeps what came of it. The same request again gets the same answer. */
  submit(caller: Caller, request: PostedRecord, key: string): Promise<Submitted>
  close(): Promise<void>
}

const payments = datasetByName('payment')!
/** What only a payment has, or what the request itself decides. */
const notOfRequest = ['payment_id', 'payment_state']
/** No payment has a number with a blank in it: the treasury's numbers are checked to have none. */
const plannedNumber = (requestNo: string) => `request ${requestNo}`

export function createRequestDesk(dependencies: RequestDependencies): RequestDesk {
  const { database } = dependencies
  let checks: Promise<RecordChecks> | undefined
  const inTurn = oneAfterTheOther()
  const underWay = new Map<string, Promise<Submitted>>()

  const submit = async (caller: Caller, request: PostedRecord, key: string): Promise<Submitted> => {
    const started = performance.now()
    const bodyHash = createHash('sha256').update(JSON.stringify(request)).digest('hex')
    const known = await database.asCaller(caller, (trx) => findByKey(trx, caller.userId, key))
    if (known) {
      if (known.bodyHash !== bodyHash) throw keyUsed()
      return { answer: known.answer, replayed: true }
    }
    const now = dependencies.clock.now()
    const checked = await inTurn(async () => {
      checks ??= openRecordChecks(dependencies.allowDemo)
      return checkRequest(await checks, request, shanghaiDate(now))
    })
    if ('faults' in checked) return checked
    const { payment } = checked
    const place = await database.asCaller(caller, (trx) => placeOf(trx, String(payment.unit_code)))
    if (!place.within) throw notGranted()
    const asOf = shanghaiDate(now)
    const { grading, ...force } = await dependencies.inForce()
    const outcomes = await judgePlanned(dependencies, payment, dependencies.catalogue, { ...force, asOf })
    const live = outcomes.filter(({ mode }) => mode === 'live')
    const verdict = verdictOf(live, grading, dependencies.policy.undisclosed)
    const people = [
      ...new Set([...live.flatMap(({ hits }) => hits.flatMap(personNumbers)), ...citizens(payment)]),
    ]
    return database.asCaller(caller, async (trx) => {
      const explainBy =
        verdict.decision === 'explain' ? await workdaysFrom(trx, asOf, dependencies.policy.explainDays) : null
      const answer: RequestAnswer = {
        requestKey: randomUUID(),
        requestNo: String(payment.request_id),
        decision: verdict.decision,
        state: firstState[verdict.decision],
        level: verdict.unitLevel ?? null,
        hits: verdict.hits
          .filter(({ undisclosed }) => !undisclosed)
          .map(({ rule, level, messageZh, messageEn }) => ({
            rule,
            level: level as Level,
            message: { zh: messageZh, en: messageEn },
          })),
        explainBy,
      }
      await insertRequest(trx, {
        requestKey: answer.requestKey,
        requestNo: answer.requestNo,
        sender: caller.userId,
        key,
        bodyHash,
        unitCode: String(payment.unit_code),
        orgPath: place.path,
        at: now,
        payOn: String(payment.paid_on),
        amount: String(payment.amount),
        content: Object.fromEntries(Object.entries(payment).filter(([name]) => !notOfRequest.includes(name))),
        level: verdict.level ?? null,
        unitLevel: verdict.unitLevel ?? null,
        decision: verdict.decision,
        state: answer.state,
        explainBy,
        personKeys: people.map(dependencies.personKey),
        asOf,
        milliseconds: Math.round(performance.now() - started),
        answer,
      }).catch((error: { constraint?: string }) => {
        throw error.constraint === 'payment_request_request_no_key' ? numberUsed() : error
      })
      await insertHits(trx, answer.requestKey, verdict.hits)
      const { requestKey } = answer
      await insertEvent(trx, { requestKey, at: now, side: 'system', kind: 'judged', toUnit: true })
      await recordAudit(trx, {
        action: 'fiscal.judge_request',
        object: { kind: 'payment_request', id: requestKey },
        unitCode: String(payment.unit_code),
        detail: { decision: verdict.decision, level: verdict.level ?? null, hits: verdict.hits.length },
      })
      await tell(
        trx,
        verdict.decision,
        { requestKey, orgPath: place.path, persons: people.map(dependencies.personKey) },
        now,
      )
      await announce(trx, { requestKey, orgPath: place.path }, true)
      return { answer, replayed: false }
    })
  }

  return {
    submit: (caller, request, key) => {
      const granted = caller.roles.includes('feed') ? (caller as FeedCaller).datasets : []
      if (!granted.includes(payments.name)) throw notGranted()
      const name = `${caller.userId} ${key}`
      // The same key twice at once: the second finds what the first has stored.
      const before = underWay.get(name)?.catch(() => {}) ?? Promise.resolve()
      const mine = before.then(() => submit(caller, request, key))
      underWay.set(name, mine)
      const forget = () => {
        if (underWay.get(name) === mine) underWay.delete(name)
      }
      mine.then(forget, forget)
      return mine
    },
    close: async () => {
      await Promise.allSettled(underWay.values())
      await (await checks)?.close()
    },
  }
}

/** A request is checked as the payment that it would become. */
async function checkRequest(
  checks: RecordChecks,
  request: PostedRecord,
  today: string,
): Promise<{ readonly payment: PlannedPayment } | { readonly faults: Faults }> {
  const foreign = notOfRequest.filter((name) => name in request)
  const record = { paid_on: today, ...request, payment_id: 'request', payment_state: 'in_transit' }
  const checked = await checks.check(payments, [record])
  const missing =
    typeof request.request_id === 'string' && /^\S+$/.test(request.request_id) ? [] : ['request_id']
  const faults = [
    ...checked.faults,
    ...foreign.map((column) => ({ row: 0, column, value: null, reason: 'header_unknown' })),
    ...missing.map((column) => ({ row: 0, column, value: null, reason: 'required' })),
  ]
  if (faults.length > 0) {
    return {
      faults: faults.map((fault) => ({
        field: fault.column,
        value: fault.column && payments.columns[fault.column]?.personal ? null : fault.value,
        reason: faultSentence(payments, fault),
      })),
    }
  }
  const [row] = await checked.session.rows(checked.goodRows(new Set()))
  return { payment: { ...row, payment_id: plannedNumber(String(request.request_id)) } as PlannedPayment }
}

interface Verdict {
  readonly level: Level | undefined
  readonly unitLevel: Level | undefined
  readonly decision: Decision
  readonly hits: readonly KeptHit[]
}

function verdictOf(
  outcomes: readonly RuleOutcome[],
  grading: readonly GradingRow[],
  undisclosed: readonly string[],
): Verdict {
  const hits = outcomes.flatMap((outcome) => outcome.hits.map((hit) => ({ hit, outcome })))
  const hidden = (hit: Hit) =>
    undisclosed.includes(hit.rule) || undisclosed.includes(`${hit.rule}.${hit.condition}`)
  const levelOf = (found: readonly Hit[]) => (found.length > 0 ? gradeOf(grading, found).level : undefined)
  const level = levelOf(hits.map(({ hit }) => hit))
  return {
    level,
    unitLevel: levelOf(hits.map(({ hit }) => hit).filter((hit) => !hidden(hit))),
    decision: decisionOf(level),
    hits: hits.map(({ hit, outcome }) => ({
      rule: hit.rule,
      ruleVersion: hit.ruleVersion,
      configuration: outcome.configuration,
      parameters: outcome.parameters,
      level: hit.level,
      condition: hit.condition,
      amount: hit.amount,
      keys: hit.keys,
      messageZh: hit.message.zh,
      messageEn: hit.message.en,
      evidence: hit.evidence,
      undisclosed: hidden(hit),
    })),
  }
}

/** The payee, where he is a person: whoever is named does not decide. */
function citizens(payment: PlannedPayment): readonly string[] {
  return personNumbers({ keys: {}, counterparty: String(payment.payee_code ?? ''), evidence: {} })
}

async function workdaysFrom(trx: Trx, day: string, days: number): Promise<string> {
  const { rows } = await sql<{
    day: string
  }>`select calendar.add_workdays(${day}::date, ${days}) as day`.execute(trx)
  return rows[0]!.day
}

const both = ['finance_supervisor', 'supervision_officer']

async function tell(
  trx: Trx,
  decision: Decision,
  request: { requestKey: string; orgPath: string; persons: readonly string[] },
  at: Date,
): Promise<void> {
  const { requestKey, orgPath: place, persons } = request
  if (decision === 'hold') {
    await postToRoles(
      trx,
      { roles: both, place, persons },
      {
        kind: 'fiscal.held',
        titleZh: '有支付申请暂停支付，待财政与监督双方处理',
        titleEn: 'A payment request is held; finance and supervision decide',
        link: `/payment-requests/${requestKey}`,
        byTextMessage: true,
      },
      at,
    )
  }
  if (decision === 'explain') {
    await postToRoles(
      trx,
      { roles: ['unit_finance'], place, persons },
      {
        kind: 'fiscal.explanation_owed',
        titleZh: '有支付申请需要说明',
        titleEn: 'A payment request is to be explained',
        link: `/unit-payment-requests/${requestKey}`,
        byTextMessage: true,
      },
      at,
    )
  }
}
