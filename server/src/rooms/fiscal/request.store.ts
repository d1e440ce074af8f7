import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { decodeCursor, encodeCursor, totalCap, totalOf } from '#ground/paging/index.ts'
import type { RequestState, Side } from './request.rules.ts'
import type { RequestAnswer, RequestDetail, RequestQuery, RequestRow } from './request.schema.ts'

export interface StoredRequest {
  readonly requestKey: string
  readonly bodyHash: string
  readonly answer: RequestAnswer
}

export async function findByKey(trx: Trx, sender: string, key: string): Promise<StoredRequest | undefined> {
  const { rows } = await sql<StoredRequest>`
    select request_key as "requestKey", body_hash as "bodyHash", answer from fiscal.payment_request
    where sender = ${sender}::uuid and idempotency_key = ${key}`.execute(trx)
  return rows[0]
}

/** The path of the unit, and whether it lies within the caller's part of the tree. */
export async function placeOf(trx: Trx, unitCode: string): Promise<{ path: string; within: boolean }> {
  const { rows } = await sql<{ path: string; within: boolean }>`
    select path, path >= app.scope() and path < app.scope() || '/' as within
    from (select organisation.unit_path(${unitCode}) as path) p`.execute(trx)
  return rows[0]!
}

export interface NewRequest {
  readonly requestKey: string
  readonly requestNo: string
  readonly sender: string
  readonly key: string
  readonly bodyHash: string
  readonly unitCode: string
  readonly orgPath: string
  readonly at: Date
  readonly payOn: string
  readonly amount: string
  readonly content: Readonly<Record<string, unknown>>
  readonly level: string | null
  readonly unitLevel: string | null
  readonly decision: string
  readonly state: RequestState
  readonly explainBy: string | null
  readonly personKeys: readonly string[]
  readonly asOf: string
  readonly milliseconds: number
  readonly answer: RequestAnswer
}

export async function insertRequest(trx: Trx, r: NewRequest): Promise<void> {
  const text = (name: string) => (r.content[name] ?? null) as string | null
  await sql`insert into fiscal.payment_request (request_key, request_no, sender, idempotency_key, body_hash, unit_code,
      org_path, requested_at, pay_on, amount, payee_name, payee_account, payee_kind, purpose, content, level, unit_level,
      decision, state, explain_by, person_keys, judged_as_of, milliseconds, answer)
    values (${r.requestKey}::uuid, ${r.requestNo}, ${r.sender}::uuid, ${r.key}, ${r.bodyHash}, ${r.unitCode}, ${r.orgPath},
      ${r.at}, ${r.payOn}, ${r.amount}, ${text('payee_name')}, ${text('payee_account')}, ${text('payee_kind')},
      ${text('purpose')}, ${JSON.stringify(r.content)}::jsonb, ${r.level}, ${r.unitLevel}, ${r.decision}, ${r.state},
      ${r.explainBy}, ${r.personKeys as string[]}, ${r.asOf}, ${r.milliseconds}, ${JSON.stringify(r.answer)}::jsonb)`.execute(
    trx,
  )
}

export interface KeptHit {
  readonly rule: string
  readonly ruleVersion: string
  readonly configuration: number
  readonly parameters: object
  readonly level: string
  readonly condition: string
  readonly amount: string
  readonly keys: object
  readonly messageZh: string
  readonly messageEn: string
  readonly evidence: object
  readonly undisclosed: boolean
}

export async function insertHits(trx: Trx, requestKey: string, hits: readonly KeptHit[]): Promise<void> {
  await sql`insert into fiscal.request_hit (request_key, place, rule, rule_version, configuration, parameters, level,
      condition, amount, keys, message_zh, message_en, evidence, undisclosed)
    select ${requestKey}::uuid, place, h.rule, h."ruleVersion", h.configuration, h.parameters, h.level, h.condition, h.amount,
      h.keys, h."messageZh", h."messageEn", h.evidence, h.undisclosed
    from rows from (jsonb_to_recordset(${JSON.stringify(hits)}::jsonb) as (rule text, "ruleVersion" text,
      configuration integer, parameters jsonb, level text, condition text, amount numeric(18, 2), keys jsonb, "messageZh" text,
      "messageEn" text, evidence jsonb, undisclosed boolean)) with ordinality
      as h(rule, "ruleVersion", configuration, parameters, level, condition, amount, keys, "messageZh", "messageEn", evidence,
        undisclosed, place)`.execute(trx)
}

/** What happens to a request. */
type RequestEventKind = RequestDetail['events'][number]['kind']

export interface NewEvent {
  readonly requestKey: string
  readonly at: Date
  readonly side: Side | 'system' | 'unit'
  readonly kind: RequestEventKind
  readonly reason?: string
  readonly toUnit: boolean
}

export async function insertEvent(trx: Trx, event: NewEvent): Promise<void> {
  await sql`insert into fiscal.request_event (request_key, at, actor_id, side, kind, reason, to_unit)
    values (${event.requestKey}::uuid, ${event.at}, app.user_id(), ${event.side}, ${event.kind}, ${event.reason ?? null},
      ${event.toUnit})`.execute(trx)
}

/** Which level is shown: the office's by all hits, the unit's by those of which it may learn. */
export type Face = 'office' | 'unit'

/** The name of a person who is paid never leaves the store in a list; no search finds him by it either. */
const shownPayee = sql`case when r.payee_kind = 'person' then left(r.payee_name, 1) || '＊＊' else r.payee_name end`

const columns = (
  face: Face,
) => sql`r.request_key as "requestKey", r.request_no as "requestNo", r.unit_code as "unitCode",
  (select unit_name from organisation.unit u where u.unit_code = r.unit_code order by valid_from desc limit 1) as "unitName",
  r.requested_at::text as "requestedAt", r.pay_on as "payOn", r.amount::text as amount, ${shownPayee} as "payeeName", r.purpose,
  ${face === 'office' ? sql`r.level` : sql`r.unit_level`} as level, r.decision, r.state, r.explain_by as "explainBy",
  r.payment_id as "paymentId", r.payment_fault as "paymentFault", r.version`

export async function listRequests(
  trx: Trx,
  face: Face,
  query: RequestQuery,
): Promise<{ items: RequestRow[]; next: string | null; total: { count: number; capped: boolean } }> {
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (query.state) conditions.push(sql`r.state = ${query.state}`)
  if (query.level)
    conditions.push(sql`${face === 'office' ? sql`r.level` : sql`r.unit_level`} = ${query.level}`)
  if (query.unit) conditions.push(sql`r.unit_code = ${query.unit}`)
  if (query.faulty) conditions.push(sql`r.payment_fault is not null`)
  if (query.text) {
    const part = `%${query.text.replace(/[\\%_]/g, '\\$&')}%`
    conditions.push(
      sql`(r.request_no = ${query.text} or (r.payee_kind is distinct from 'person' and r.payee_name like ${part})
        or r.purpose like ${part})`,
    )
  }
  const where = sql.join(conditions, sql` and `)
  const after = query.cursor ? decodeCursor(query.cursor) : undefined
  const { rows } = await sql<RequestRow>`select ${columns(face)} from fiscal.payment_request r
    where ${where} and ${
      after ? sql`(r.requested_at, r.request_key) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`
    }
    order by r.requested_at desc, r.request_key desc limit ${query.limit + 1}`.execute(trx)
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from (
    select 1 from fiscal.payment_request r where ${where} limit ${totalCap + 1}) c`.execute(trx)
  const items = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? items.at(-1) : undefined
  return {
    items,
    next: last ? encodeCursor([last.requestedAt, last.requestKey]) : null,
    total: totalOf(counted[0]!.n),
  }
}

export interface WholeRequest extends RequestRow {
  readonly content: Readonly<Record<string, unknown>>
  readonly paidOn: string | null
  readonly paidAmount: string | null
  readonly milliseconds: number
  readonly orgPath: string
  readonly personKeys: readonly string[]
}

export async function readRequest(
  trx: Trx,
  face: Face,
  requestKey: string,
  lock = false,
): Promise<WholeRequest | undefined> {
  const { rows } = await sql<WholeRequest>`select ${columns(face)}, r.content, r.paid_on as "paidOn",
      r.paid_amount::text as "paidAmount", r.milliseconds, r.org_path as "orgPath", r.person_keys as "personKeys"
    from fiscal.payment_request r where r.request_key = ${requestKey}::uuid ${lock ? sql`for update` : sql``}`.execute(
    trx,
  )
  return rows[0]
}

export async function readHits(trx: Trx, requestKey: string): Promise<readonly KeptHit[]> {
  const { rows } =
    await sql<KeptHit>`select rule, rule_version as "ruleVersion", configuration, parameters, level, condition,
      amount::text as amount, keys, message_zh as "messageZh", message_en as "messageEn", evidence, undisclosed
    from fiscal.request_hit where request_key = ${requestKey}::uuid
    order by array_position(array['red', 'yellow', 'blue'], level), place`.execute(trx)
  return rows
}

export interface KeptEvent {
  readonly at: string
  readonly actorId: string
  readonly side: 'system' | 'finance' | 'supervision' | 'unit'
  readonly kind: NewEvent['kind']
  readonly reason: string | null
}

export async function readEvents(trx: Trx, requestKey: string): Promise<readonly KeptEvent[]> {
  const { rows } = await sql<KeptEvent>`select at::text as at, actor_id as "actorId", side, kind, reason
    from fiscal.request_event where request_key = ${requestKey}::uuid order by event_id`.execute(trx)
  return rows
}

export async function readReleases(
  trx: Trx,
  requestKey: string,
): Promise<readonly { side: Side; releasedBy: string }[]> {
  const { rows } = await sql<{ side: Side; releasedBy: string }>`
    select side, released_by as "releasedBy" from fiscal.request_release
    where request_key = ${requestKey}::uuid order by at`.execute(trx)
  return rows
}

export async function insertRelease(
  trx: Trx,
  release: { requestKey: string; side: Side; at: Date; reason: string },
): Promise<void> {
  await sql`insert into fiscal.request_release (request_key, side, released_by, at, reason)
    values (${release.requestKey}::uuid, ${release.side}, app.user_id(), ${release.at}, ${release.reason})`.execute(
    trx,
  )
}

export async function moveRequest(trx: Trx, requestKey: string, state: RequestState): Promise<void> {
  await sql`update fiscal.payment_request set state = ${state}, version = version + 1
    where request_key = ${requestKey}::uuid`.execute(trx)
}

/** The standing of a request for the machine that sent it. */
export async function readStanding(
  trx: Trx,
  requestNo: string,
): Promise<{ requestNo: string; decision: 'pass' | 'explain' | 'hold'; state: RequestState } | undefined> {
  const { rows } = await sql<{
    requestNo: string
    decision: 'pass' | 'explain' | 'hold'
    state: RequestState
  }>`select request_no as "requestNo", decision, state from fiscal.payment_request
    where request_no = ${requestNo} and sender = app.user_id()`.execute(trx)
  return rows[0]
}

/** Tells open consoles that a request changed. */
export async function announce(trx: Trx, request: { requestKey: string; orgPath: string }, unit: boolean) {
  for (const audience of unit ? ['office', 'unit'] : ['office']) {
    const change = { topic: 'payment-requests', path: request.orgPath, audience, ids: [request.requestKey] }
    await sql`select pg_notify('qingfeng', ${JSON.stringify(change)})`.execute(trx)
  }
}

export async function readableRequests(trx: Trx, keys: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ request_key: string }>`
    select request_key from fiscal.payment_request where request_key = any(${keys as string[]}::uuid[])`.execute(
    trx,
  )
  return rows.map((row) => row.request_key)
}
