import { recordAudit } from '#shared/audit/index.ts'
import { personKey } from './accounts.ts'
import { callers, type FenceCaller, type Person, type Place, type UnitPlace, units } from './callers.ts'
import { exceptionAlert } from './exception-attempts.ts'
import { type Matters, watchedPlaces } from './matters.ts'
import { sees, type Thing } from './oracle.ts'
import type { FenceWorld } from './world.ts'

/** Whether a row, named by its key, is there for the caller. Asked for persons only: the product sees what it is granted. */
export type Sight = (caller: FenceCaller, key: string, matters: Matters) => boolean

/** A table as the application's role sees it, whatever the code above does. */
export interface TableFence {
  /** SQL that names a row. */
  readonly key: string
  /** Not granted to the application at all: only functions reach it. */
  readonly closed?: boolean
  readonly reads?: Sight
  /** A column that is set to itself, and who may do so. */
  readonly changes?: { readonly column: string; readonly by: Sight }
  readonly removes?: Sight
  /** What the product itself does not see, being nobody's addressee. */
  readonly notForProduct?: boolean
}

const everybody: Sight = () => true
const nobody: Sight = () => false
const things =
  (...kinds: readonly ('office_only' | 'unit_item')[]): Sight =>
  (caller, key, matters) => {
    const alert = matters.alerts.find(({ id }) => key.startsWith(id))!
    return kinds.some((kind) => sees(caller, { kind, alert }))
  }
const office = things('office_only')
const slip: Sight = (caller, key, matters) =>
  sees(caller, { kind: 'slip', slip: matters.slips.find(({ id }) => key.startsWith(id))! })
const ownerOf = (key: string, matters: Matters) =>
  [...matters.accountIds].find(([, userId]) => key.startsWith(userId))?.[0] ?? ''
const own: Sight = (caller, key, matters) => ownerOf(key, matters) === caller.name
const placeOfAccount = (name: string): Place => name.replace(/^.*@/, '').replace(/,.*$/, '') as Place
const account: Sight = (caller, key, matters) => {
  const owner = ownerOf(key, matters)
  // One who is no caller of ours: suspended, of the province.
  const place = owner === '' ? 'province' : placeOfAccount(owner)
  return sees(caller, { kind: 'account', place, owner })
}
const inPart =
  (thing: (place: Place) => Thing, placeOf: (key: string, matters: Matters) => Place): Sight =>
  (caller, key, matters) =>
    sees(caller, thing(placeOf(key, matters)))
const token = inPart(
  (place) => ({ kind: 'token', place: place as 'province' }),
  (key, matters) => (matters.tokenIds.city === key ? 'city' : 'province'),
)
const batch: Sight = (caller, key, matters) => {
  const ofMachine = !Object.values(matters.batchIds).includes(key)
  if (ofMachine && caller.role === 'feed') return caller.place === 'city'
  const place = key === matters.batchIds.province ? 'province' : 'city'
  return sees(caller, { kind: 'batch', place })
}
const unitOf = (key: string) => units.find((unit) => key.includes(unit)) as UnitPlace
const unit: Sight = (caller, key) => {
  const people: FenceCaller = { ...caller, role: caller.role === 'feed' ? 'none' : caller.role }
  return sees(people, { kind: 'unit', unit: unitOf(key) })
}
const auditor: Sight = ({ role }) => role === 'audit_admin'
const auditEntry: Sight = (caller, key) => {
  const scopes: Readonly<Record<string, Place>> = {
    '46': 'province',
    '46.01': 'city',
    '46.01.05': 'district',
    '46.02': 'next_city',
  }
  const place = scopes[key] ?? unitOf(key)
  return sees(caller, { kind: 'audit', place })
}
/** A hit that is no alert: found on trial, by a replay, or suppressed. The store fences the place and whom it names. */
const trial: Sight = (caller, key) => {
  const mark = /(?:trial|replay|suppressed):(?:fiscal|invoices)?(U\d)(P?)/.exec(key)
  if (!mark) return false
  return sees(caller, {
    kind: 'trial_hit',
    unit: mark[1] as UnitPlace,
    ...(mark[2] ? { names: mark[2] as Person } : {}),
  })
}
/** Named by the alert that it was made from. */
const exception: Sight = (caller, key, matters) => {
  const { pack, unit, names } = matters.alerts.find(({ id }) => key === id)!
  return sees(caller, { kind: 'exception', exception: { pack, unit, ...(names ? { names } : {}) } })
}
/** Entered by a deputy of the city: his own, and the auditor's of that part. */
const registered: Sight = (caller, key, matters) =>
  own(caller, key, matters) || sees(caller, { kind: 'audit', place: 'city' })
const request =
  (kind: 'request' | 'request_inner'): Sight =>
  (caller, key, matters) =>
    sees(caller, { kind, request: matters.requests.find(({ id }) => id === key)! })
const watched: Sight = (caller, key) => {
  const person = key.includes('P⟧') ? 'P' : 'somebody'
  return sees(caller, { kind: 'watched', unit: unitOf(key), person })
}
const relative: Sight = (caller, key) => {
  const found = watchedPlaces.find(({ person }) => personKey(person) === key)!
  return sees(caller, { kind: 'watched', ...found })
}
const holder: Sight = (caller, key, matters) => {
  const { place } = matters.holders.find(({ personId }) => personId === key)!
  return sees(caller, { kind: 'holder', place })
}
const handover: Sight = (caller, _key, { handover: of }) => sees(caller, { kind: 'handover', handover: of })
const handoverItem: Sight = (caller, _key, { handover: of }) =>
  sees(caller, { kind: 'handover_item', handover: of })
/** Marks of samples and planted rows name pack and unit: `sample:fiscal.U1P`. */
const sampled: Sight = (caller, key) => {
  const mark = /(?:sample|planted):(fiscal|invoices)\.(U\d)(P?)/.exec(key)!
  return sees(caller, {
    kind: 'sampled',
    record: {
      pack: mark[1] as 'fiscal',
      unit: mark[2] as UnitPlace,
      ...(mark[3] ? { names: mark[3] as Person } : {}),
    },
  })
}
const drawn: Sight = (caller, key) => sees(caller, { kind: 'sample_draw', pack: key as 'fiscal' })
const sized: Sight = (caller, key) =>
  sees(caller, { kind: 'sampled', record: { pack: key as 'fiscal', unit: 'U1' } }) ||
  sees(caller, { kind: 'sampled', record: { pack: key as 'fiscal', unit: 'U3' } }) ||
  sees(caller, { kind: 'sampled', record: { pack: key as 'fiscal', unit: 'U4' } })
const run: Sight = (caller) => sees(caller, { kind: 'rule_run' })
/** Without the information centre, which learns of no hit. */
const replayed: Sight = (caller, key, matters) =>
  caller.role !== 'information_officer' && run(caller, key, matters)
const system = (column: string) => ({ column, by: nobody })
const registry = (key: string, column: string): TableFence => ({
  key,
  reads: everybody,
  changes: system(column),
})

/** Every table of ours. One that is missing here turns the tests red. */
export const tables: Readonly<Record<string, TableFence>> = {
  'alerts.alert': { key: 'alert_id', reads: office, changes: { column: 'version', by: office } },
  'alerts.alert_hit': { key: 'alert_id', reads: office, changes: { column: 'condition', by: office } },
  'alerts.unit_item': {
    key: 'alert_id',
    reads: things('office_only', 'unit_item'),
    changes: { column: 'version', by: office },
  },
  'alerts.event': {
    key: "alert_id || case when to_unit then ' to unit' else '' end",
    reads: (caller, key, matters) =>
      office(caller, key, matters) || (key.endsWith('to unit') && things('unit_item')(caller, key, matters)),
  },
  'alerts.clue': { key: 'alert_id', reads: office, changes: { column: 'number', by: office } },
  'alerts.exception': { key: 'alert_id', reads: exception },
  'alerts.exception_event': {
    key: '(select e.alert_id from alerts.exception e where e.exception_id = exception_event.exception_id)',
    reads: exception,
  },
  'alerts.pack': { key: 'pack', reads: everybody },
  'alerts.pack_reader': { key: "pack || ' ' || role", reads: everybody },
  'alerts.pack_term': { key: 'concat_ws(chr(32), pack, level, term)', reads: everybody },
  'alerts.pack_dispatch': { key: "pack || ' ' || level", reads: everybody },
  'alerts.grading': { key: "pack || ' ' || position", reads: everybody },
  'alerts.saved_view': { key: 'user_id', reads: own, removes: own, notForProduct: true },
  'alerts.sample_draw': { key: 'pack', reads: drawn },
  'alerts.sample_item': { key: 'record', reads: sampled },
  'alerts.sample_size': { key: 'pack', reads: sized },
  'alerts.planted_row': { key: 'anchor', reads: sampled },
  'audit.entry': { key: 'actor_scope', reads: auditEntry },
  'audit.leaf': { key: 'leaf_index', reads: auditor },
  'audit.checkpoint': { key: 'tree_size', reads: auditor },
  'audit.unsealed': { key: 'entry_id', reads: auditor },
  'calendar.year': { key: 'year', reads: everybody },
  'calendar.base_day': { key: 'on_date', reads: everybody },
  'calendar.correction': { key: 'on_date', reads: everybody },
  'calendar.day': { key: 'on_date', reads: everybody },
  'exports.register': {
    key: "user_id || ' ' || state",
    reads: registered,
    changes: {
      column: 'row_count',
      by: (caller, key, matters) => key.endsWith('started') && own(caller, key, matters),
    },
    notForProduct: true,
  },
  'files.file': { key: 'uploaded_by', reads: own },
  'fiscal.payment_request': { key: 'request_key', reads: request('request') },
  'fiscal.request_hit': { key: 'request_key', reads: request('request_inner') },
  'fiscal.request_event': { key: 'request_key', reads: request('request_inner') },
  'fiscal.request_release': { key: 'request_key', reads: request('request_inner') },
  'ground.installation': { key: 'kind', closed: true },
  'ground.migration': { key: 'name', closed: true },
  'identity.account': {
    key: 'user_id',
    reads: account,
    changes: {
      column: 'post',
      by: (caller, key, matters) => caller.role === 'system_admin' && account(caller, key, matters),
    },
  },
  'identity.api_token': { key: 'token_id', reads: token, notForProduct: true },
  'identity.attempt': { key: 'kind', reads: nobody, changes: system('failures'), removes: nobody },
  'identity.credential': { key: 'user_id', reads: nobody, changes: system('must_change_password') },
  'identity.former_password': { key: 'user_id', reads: nobody, removes: nobody },
  'identity.handover': { key: 'handover_id', reads: handover, changes: system('digest') },
  'identity.handover_item': { key: 'item_id', reads: handoverItem, removes: nobody },
  'identity.policy': { key: 'version', reads: everybody },
  'identity.recovery_code': { key: 'user_id', reads: nobody, removes: nobody },
  'identity.role_holding': { key: 'user_id', reads: account },
  'identity.session': { key: 'session_id', closed: true },
  'intake.batch': { key: 'batch_id', reads: batch, changes: { column: 'mode', by: batch } },
  'intake.drop_sighting': {
    key: 'file_name',
    reads: ({ role }) => role === 'information_officer',
    changes: system('byte_count'),
  },
  'intake.dropped_file': { key: 'batch_id', reads: batch, changes: system('note_en') },
  'intake.invoice_conflict': { key: 'batch_id', reads: batch, changes: { column: 'state', by: batch } },
  'intake.fault': { key: 'batch_id', reads: batch },
  'intake.posted': { key: 'sender', reads: own, changes: { column: 'status', by: own } },
  'notices.notice': {
    key: 'user_id',
    reads: own,
    changes: { column: 'read_at', by: own },
    notForProduct: true,
  },
  'notices.text_message': { key: 'user_id', reads: nobody, changes: system('attempts') },
  'organisation.organ': {
    key: 'organ_code',
    reads: everybody,
    changes: {
      column: 'name',
      by: (caller, key) => {
        const place = ({ O46: 'province', O4601: 'city', O460105: 'district' }[key] ?? 'next_city') as Place
        return caller.role === 'system_admin' && sees(caller, { kind: 'account', place, owner: '' })
      },
    },
  },
  'organisation.person': { key: 'person_id', reads: holder },
  'organisation.post_holding': { key: 'person_id', reads: holder, changes: system('document_no') },
  'organisation.unit_change': { key: 'unit_code', reads: unit },
  'organisation.post': {
    key: 'coalesce(organ_code, unit_code)',
    reads: (caller, key) => key.startsWith('O') || unit(caller, key, undefined as never),
  },
  'organisation.region': registry('region_code', 'name'),
  'organisation.unit': { key: 'unit_code', reads: unit, changes: system('kind'), removes: nobody },
  'permissions.exclusive_roles': { key: 'role', closed: true },
  'permissions.kinship': { key: 'person_key', reads: nobody, changes: system('relation'), removes: nobody },
  'permissions.person_of_user': {
    key: 'user_id',
    reads: nobody,
    changes: system('person_key'),
    removes: nobody,
  },
  'rules.composed_rule': { key: 'code', reads: replayed },
  'rules.composed_version': { key: 'code', reads: replayed },
  'rules.hit': { key: 'message_zh', reads: trial, changes: system('level') },
  'rules.hit_delivery': { key: 'hit_id', reads: nobody, removes: nobody },
  'rules.hit_evidence': { key: 'hit_id', reads: nobody },
  'rules.proposal': { key: 'object', reads: run },
  'rules.replay': { key: 'rule', reads: replayed, changes: system('percent') },
  'rules.replay_hit': { key: 'message_zh', reads: trial, removes: nobody },
  'rules.run': { key: 'run_id', reads: run },
  'rules.run_rule': { key: 'rule', reads: run },
  'rules.shipped': { key: 'object', reads: run },
  'rules.version': { key: 'object', reads: run },
  'subjects.watch_post': { key: "unit_code || ' ' || post", reads: watched, removes: nobody },
  'subjects.watch_relative': { key: 'person_key', reads: relative, removes: nobody },
  'supervise.slip': { key: 'slip_id', reads: slip, changes: { column: 'version', by: slip } },
  'supervise.slip_event': { key: 'slip_id', reads: slip },
}

const composedContent = JSON.stringify({
  dataset: 'payment',
  title: { zh: '大额付款', en: 'Large payments' },
  level: 'yellow',
  query: { combinator: 'and', rules: [{ field: 'amount', operator: '>', value: '1' }] },
  message: { zh: '疑似大额付款', en: 'suspected' },
  basis: [{ zh: '管理办法', en: 'rules', certainty: 'practice' }],
  examples: [],
})

/** A row in every table that the arranged matters leave empty, so that no fence is tried on nothing. */
export async function fillTables(world: FenceWorld, matters: Matters): Promise<void> {
  const { database } = world
  const somebody = matters.accountIds.get('deputy@city')!
  await world.house.sealAudit()
  for (const [sql, values] of [
    [`insert into ground.installation (kind) values ('production') on conflict do nothing`, []],
    [`insert into alerts.saved_view values (uuidv7(), $1, '我的', '{}', now())`, [somebody]],
    [
      `insert into fiscal.request_release values ($1, 'finance', $2, now(), '同意')`,
      [matters.requests[0]!.id, somebody],
    ],
    [`insert into identity.attempt values ('account', '\\x00', 1, now())`, []],
    [`insert into identity.former_password values ($1, now(), 'x')`, [somebody]],
    [`insert into identity.recovery_code values ($1, '\\x00')`, [somebody]],
    [
      `insert into exports.register (mark, form, subject, purpose, state, user_id, org_path, at)
        values ('DC1', 'csv', 'alerts.list', '核对', 'started', $1, '46.01', now()),
          ('DC2', 'csv', 'alerts.list', '核对', 'finished', $1, '46.01', now())`,
      [somebody],
    ],
    [
      `insert into organisation.unit_change (unit_code, kind, effective_on, reason, made_by, made_at)
        select unit, 'rename', '2024-01-01', '机构改革', $1, now() from unnest(array['U1', 'U3']) as unit`,
      [somebody],
    ],
    [
      `insert into notices.text_message (user_id, body, asked_at, state) values ($1, '⟦own⟧', now(), 'sent')`,
      [somebody],
    ],
    [
      `insert into intake.posted (sender, idempotency_key, body_hash, posted_at) values ($1, 'k', repeat('0', 64), now())`,
      [somebody],
    ],
    [
      `insert into calendar.correction (on_date, is_workday, reason, made_by) values ('2026-11-28', true, '调休上班', $1)`,
      [somebody],
    ],
    [
      `insert into rules.hit_evidence select hit_id, 1, last_run, 'v1', '{}', level, amount, evidence, evidence_hash
        from rules.hit limit 1 on conflict do nothing`,
      [],
    ],
    [`insert into rules.hit_delivery select hit_id, 9 from rules.hit where trial limit 1`, []],
    [
      `insert into rules.proposal (proposal_id, kind, object, base_version, before, content, reason, effective_from, state,
        proposed_by, proposed_at, decided_by, decided_at)
        values ($1, 'rule', 'YS01', 0, '{}', '{}', '调整参数', '2026-11-24', 'approved', $1, now(), uuidv7(), now())`,
      [somebody],
    ],
    [`insert into rules.version values ('rule', 'YS01', 1, '{}', '2026-11-24', $1, now())`, [somebody]],
    [
      `insert into rules.proposal (kind, object, base_version, before, content, reason, effective_from, state, proposed_by,
        proposed_at) values ('rule', 'YS03', 0, '{}', '{}', '调整参数', '2026-11-24', 'waiting', $1, now())`,
      [matters.accountIds.get('rule_editor@province')],
    ],
    [
      `insert into rules.proposal (kind, object, base_version, before, content, reason, effective_from, state, proposed_by,
        proposed_at, decided_by, decided_at)
        values ('rule', 'YS04', 0, '{}', '{}', '调整参数', '2026-11-24', 'approved', uuidv7(), now(), $1, now())`,
      [matters.accountIds.get('rule_approver@city')],
    ],
    [
      `insert into rules.replay (pack, rule, side_a, side_b, period_from, period_to, started_by, requested_at)
        select pack, 'ZF98', side_a, side_b, period_from, period_to, $1, now() from rules.replay limit 1`,
      [matters.accountIds.get('rule_editor@province')],
    ],
    [
      `insert into rules.composed_rule select code, 'fiscal', 'payment', $1, now()
        from unnest(array['ZD91', 'ZD92', 'ZD93', 'ZD94']) as code`,
      [somebody],
    ],
    [
      `insert into rules.composed_version (code, version, content, state, drafted_by, drafted_at, proposed_by, proposed_at)
        values ('ZD91', 1, $2, 'draft', $1, now(), null, null), ('ZD92', 1, $2, 'trial', $1, now(), $1, now()),
          ('ZD93', 1, $2, 'live', $1, now(), $1, now()), ('ZD94', 1, $2, 'ended', $1, now(), $1, now())`,
      [matters.accountIds.get('rule_editor@province'), composedContent],
    ],
  ] as const) {
    await database.superuser(sql, [...values])
  }
  // Held, so that somebody may release them.
  await database.superuser(`update fiscal.payment_request set state = 'held'`)
  await endThings(world, somebody)
  await standExceptions(world, matters)
  for (const batchId of Object.values(matters.batchIds)) {
    await database.superuser(
      `insert into intake.invoice_conflict (batch_id, invoice_code, invoice_no, state, found_at)
        values ($1, '-', '00000000', 'open', now())`,
      [batchId],
    )
    await database.superuser(
      `insert into intake.dropped_file (file_name, byte_count, state, taken_at, batch_id) values ('x', 1, 'taken', now(), $1)`,
      [batchId],
    )
  }
  await database.superuser(`insert into intake.drop_sighting values ('x', 1, now(), now())`)
  // A batch of the city's machine, with a fault.
  const [brought] = await database.superuser<{ batch_id: string }>(
    `insert into intake.batch (dataset, file_name, sha256, byte_count, state, total_rows, refused_rows, uploaded_by,
      uploaded_at, org_path) values ('invoice', 'x', repeat('9', 64), 1, 'refused', 1, 1, $1, now(), '46.01') returning batch_id`,
    [matters.tokenIds.city],
  )
  await database.superuser(`insert into intake.fault values ($1, 1, 1, 'x', 'x', 'x', 'x')`, [
    brought!.batch_id,
  ])
  const late = callers.find(({ name }) => name === 'deputy@city')!
  await database.asCaller(world.accounts.caller(late), (trx) => recordAudit(trx, { action: 'fence.late' }))
}

/** An exception that waits and one that holds, in two cities, proposed by the officers who judged. */
async function standExceptions({ database }: FenceWorld, matters: Matters): Promise<void> {
  const account = (name: string) => matters.accountIds.get(name)
  await database.superuser(
    `insert into alerts.exception (number, alert_id, alert_number, pack, rule, unit_code, org_path, valid_from, valid_to,
      reason, state, approval_no, proposed_by, proposed_at, decided_by, decided_at)
    values ('WAITS', $1, '-', 'fiscal', 'YS01', 'U3', '46.02.UU3', '2026-01-01', '2026-12-31', '理由说明', 'proposed', null,
        $2, now(), null, null),
      ('HOLDS', $3, '-', 'fiscal', 'YS01', 'U1', '46.01.UU1', '2026-01-01', '2026-12-31', '理由说明', 'approved', '批1号',
        $4, now(), $5, now())`,
    [
      exceptionAlert(matters, 'U3').id,
      account('supervision_officer@next_city'),
      exceptionAlert(matters, 'U1').id,
      account('supervision_officer@city'),
      account('deputy@city'),
    ],
  )
  await database.superuser(
    `insert into alerts.exception_event (exception_id, at, actor_id, kind)
      select exception_id, now(), proposed_by, 'proposed' from alerts.exception`,
  )
}

/** The account that is suspended, with roles that ended, have not begun and are over. */
export const suspended = '00000000-0000-7000-8000-0000000000aa'

/** Sessions and tokens that are over, each for another reason, by the byte that is their hash. */
export const overSessions = { ended: 'a1', absolute: 'a2', idle: 'a3', suspended: 'a4' } as const
export const overTokens = { revoked: 'b1', expired: 'b2' } as const

async function endThings({ database }: FenceWorld, somebody: string): Promise<void> {
  const session = (hash: string, user: string, seen: string, ends: string, ended: string) =>
    database.superuser(
      `insert into identity.session (token_hash, user_id, stage, started_at, last_seen_at, absolute_end, ended_at)
        values ('\\x${hash}', '${user}', 'full', '2026-11-24', ${seen}, ${ends}, ${ended})`,
    )
  const [now, late, past] = [`'2026-11-24T02:00:00Z'`, `'2026-11-25T02:00:00Z'`, `'2026-11-24T00:00:00Z'`]
  await database.superuser(
    `insert into identity.account (user_id, username, display_name, organ_code, scope, state, created_at, created_by,
      state_changed_at) values ($1, 'suspended', '停用者', 'O46', '46', 'disabled', now(), $1, now())`,
    [suspended],
  )
  await session(overSessions.ended, somebody, now, late, now)
  await session(overSessions.absolute, somebody, now, past, 'null')
  await session(overSessions.idle, somebody, past, late, 'null')
  await session(overSessions.suspended, suspended, now, late, 'null')
  for (const [role, state, from, to] of [
    ['rule_editor', 'ended', '2020-01-01', null],
    ['deputy', 'active', '2027-01-01', null],
    ['principal', 'active', '2020-01-01', '2020-02-01'],
  ]) {
    await database.superuser(
      `insert into identity.role_holding (user_id, role, state, valid_from, valid_to, requested_by, requested_at, reason,
        decided_by) values ($1, $2, $3, $4, $5, $6, now(), 'x', $7)`,
      [suspended, role, state, from, to, somebody, '00000000-0000-7000-8000-0000000000ab'],
    )
  }
  for (const [hash, state, ends] of [
    [overTokens.revoked, 'revoked', '2027-01-01'],
    [overTokens.expired, 'active', '2026-01-01'],
  ]) {
    await database.superuser(
      `insert into identity.api_token (name, token_hash, scope, datasets, expires_at, state, requested_by, requested_at,
        decided_by) values ('x', '\\x${hash}', '46', '{invoice}', $1, $2, $3, now(), $4)`,
      [ends, state, somebody, suspended],
    )
  }
}
