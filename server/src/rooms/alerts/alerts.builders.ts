import { sql } from 'kysely'
import { type Caller, type Database, systemCaller, type Trx } from '#ground/database/index.ts'
import { createHttpServer, type HttpServer } from '#ground/http/index.ts'
import { quietLog } from '#ground/log/index.ts'
import type { TestDatabase } from '#ground/testing/index.ts'
import { fileNotFound } from '#shared/files/index.ts'
import { isPermission, may } from '#shared/permissions/index.ts'
import type { AttachedFiles } from './file-port.ts'
import type { HitFeed } from './hit-feed.ts'
import { incomingColumns } from './hit-feed.ts'
import type { PackPolicy } from './pack-policy.ts'

/** Builders for the room's tests: hits that arrive, people who handle them, a pack by which they do. */

export interface ArrivingHit {
  readonly hitId: string
  readonly pack: string
  readonly anchor: string
  readonly rule: string
  readonly level: 'red' | 'yellow' | 'blue'
  readonly unitCode: string | null
  readonly onDate: string
  readonly amount: string
  readonly counterparty: string | null
  readonly economicCode: string | null
  readonly condition: string
  readonly evidence: Readonly<Record<string, unknown>>
  readonly evidenceVersion: number
  readonly personKeys: readonly string[]
}

let serial = 0

export function aHit(given: Partial<ArrivingHit> = {}): ArrivingHit {
  serial += 1
  return {
    hitId: `h${serial}`,
    pack: 'trial',
    anchor: `payment_id=P${serial}`,
    rule: 'TR01',
    level: 'yellow',
    unitCode: 'U001',
    onDate: '2026-11-20',
    amount: '1200.00',
    counterparty: null,
    economicCode: '30217',
    condition: 'plain',
    evidence: { payee_name: '某某宾馆', count: 3 },
    evidenceVersion: 1,
    personKeys: [],
    ...given,
  }
}

/** A feed that hands over, once, the hits put into it. Their rows are as the engine's: values, no shortcuts. */
export function aFeed(): HitFeed & { put(...hits: readonly ArrivingHit[]): void } {
  const waiting: ArrivingHit[] = []
  return {
    put: (...hits) => {
      waiting.push(...hits)
    },
    takeInto: async (trx: Trx, limit: number) => {
      const taken = waiting.splice(0, limit)
      await sql`insert into incoming_hit (${incomingColumns})
        select h->>'hitId', h->>'pack', h->>'anchor', h->>'rule', 'v1', h->>'level', h->>'condition', h->>'unitCode',
          (h->>'onDate')::date, (h->>'amount')::numeric, h->>'counterparty', h->>'economicCode',
          jsonb_build_object('payment_id', h->>'anchor'), '疑似' || (h->>'rule') || '，' || (h->>'amount') || '元',
          'Suspected ' || (h->>'rule'), h->'evidence', md5((h->'evidence')::text || (h->>'amount')), (h->>'evidenceVersion')::int,
          array(select jsonb_array_elements_text(h->'personKeys'))
        from jsonb_array_elements(${JSON.stringify(taken)}::jsonb) as h`.execute(trx)
      return taken.length
    },
  }
}

/** For what does not look at attachments: there are none. */
export const noFiles: AttachedFiles = {
  open: async () => {
    throw fileNotFound()
  },
}

export const trialPolicy: PackPolicy = {
  pack: 'trial',
  title: { zh: '试验包', en: 'Trial pack' },
  readers: ['conduct_officer', 'deputy', 'principal'],
  receivers: ['unit_finance', 'unit_head'],
  red_push: ['conduct_officer', 'deputy'],
  dispatch: { red: 'automatic', yellow: 'manual', blue: 'record' },
  terms: {
    red: { dispatch: 1, explain: 3, judge: 5, rectify: 15, confirm: 5 },
    yellow: { dispatch: 3, explain: 5, judge: 10, rectify: 15, confirm: 5 },
    blue: {},
  },
  reminder: 1,
  exceptions: { longest_days: 366 },
  ladder: [
    { after: 1, step: 'overdue', to: ['conduct_officer'] },
    { after: 3, step: 'slip', to: ['conduct_officer'] },
    { after: 5, step: 'escalate', to: ['deputy'] },
    { after: 10, step: 'escalate', to: ['principal'] },
  ],
  irregularities: [{ code: 'over_standard', title: { zh: '超标准', en: 'over the standard' } }],
  undisclosed_rules: ['TR09'],
  grading: [
    { level: 'red', title: { zh: '命中红色规则', en: 'a red rule' }, hit_level: ['red'] },
    { level: 'red', title: { zh: '两项以上规则', en: 'two rules or more' }, min_rules: 2 },
    { level: 'red', title: { zh: '金额达到五万元', en: '50,000 yuan or more' }, min_amount: '50000' },
    { level: 'yellow', title: { zh: '单项可疑', en: 'one suspicious rule' }, hit_level: ['yellow'] },
    { level: 'blue', title: { zh: '提示', en: 'for information' } },
  ],
  category_evidence: 'groups',
  categories: {},
}

export function aCaller(number: number, roles: readonly string[], scope = '46'): Caller {
  return { userId: `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`, scope, roles }
}

/** A server on which a request says in headers who is asking; the permission table is the real one. */
export async function aServer(): Promise<HttpServer> {
  return createHttpServer({
    log: quietLog,
    authority: {
      authenticate: async (request) => {
        const said = request.headers['x-caller']
        return typeof said === 'string' ? (JSON.parse(said) as Caller) : undefined
      },
      isPermission,
      may,
      onRefused: async () => {},
    },
  })
}

/** Asks the server as the caller; the answer's body parsed, with its status. */
export function asker(server: HttpServer) {
  return async (caller: Caller, method: 'GET' | 'POST', url: string, payload?: object) => {
    const answer = await server.inject({
      method,
      url,
      headers: { 'x-caller': JSON.stringify(caller) },
      ...(payload ? { payload } : {}),
    })
    return { status: answer.statusCode, text: answer.body, body: answer.body ? answer.json() : undefined }
  }
}

/** Two units: U001 in city 46.01 and U002 in city 46.02. */
export async function placeUnits(database: Database): Promise<void> {
  await database.asCaller(systemCaller, (trx) =>
    sql`insert into organisation.unit (unit_code, valid_from, unit_name, region_code) values
      ('U001', '2020-01-01', '甲局', '460100'), ('U002', '2020-01-01', '乙局', '460200')`.execute(trx),
  )
}

/** An account of a unit, or of the organ of the place, with the caller's roles, put in place past all fences: its holder hears of things. */
export async function anAccount(
  database: Pick<TestDatabase, 'owner'>,
  { userId, scope, roles }: Caller,
  unitCode?: string,
): Promise<void> {
  if (unitCode === undefined) {
    await database.owner(
      `insert into organisation.region (region_code, name) values ('460000', '省') on conflict do nothing`,
    )
    await database.owner(
      `insert into organisation.organ (organ_code, name, region_code) values ('O1', '省纪委监委', '460000')
        on conflict do nothing`,
    )
  }
  await database.owner(
    `insert into identity.account (user_id, username, display_name, organ_code, unit_code, scope, created_at, created_by,
      state_changed_at) values ($1, $2, '某人', $3, $4, $5, now(), $1, now())`,
    [userId, `u${userId.slice(-6)}`, unitCode ? null : 'O1', unitCode ?? null, scope],
  )
  for (const role of roles) {
    await database.owner(
      `insert into identity.role_holding (user_id, role, state, valid_from, requested_by, requested_at, reason, decided_by)
        values ($1, $2, 'active', '2020-01-01', $3, now(), '测试', $3)`,
      [userId, role, systemCaller.userId],
    )
  }
}
