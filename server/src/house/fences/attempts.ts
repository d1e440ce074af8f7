import { type FenceCaller, units } from './callers.ts'
import { exceptionAttempts } from './exception-attempts.ts'
import { fiscalAttempts } from './fiscal-attempts.ts'
import type { Matters, PlacedAlert } from './matters.ts'
import { sees } from './oracle.ts'
import { organisationAttempts } from './organisation-attempts.ts'
import { replayAttempts } from './replay-attempts.ts'
import { sampleAttempts } from './sample-attempts.ts'
import { overSessions, overTokens, suspended } from './tables.ts'

/** An act tried in the store itself, past every route and service, and undone again: either it takes hold or it does not. */
export interface Attempt {
  readonly name: string
  /** The table whose policy, or the function, that decides. */
  readonly of: string
  readonly sql: string
  readonly values?: readonly unknown[]
  /** Whether the act is open to somebody. */
  readonly by: (caller: FenceCaller) => boolean
  /** Whether it is open to the product itself; so unless said otherwise. */
  readonly product?: boolean
}

const me = 'app.user_id()'
const other = `'00000000-0000-7000-8000-00000000000f'::uuid`
const is =
  (...roles: readonly string[]) =>
  ({ role }: FenceCaller) =>
    roles.includes(role)
const noOne = () => false
const anyone = () => true

/** A row as it stands, added once more with some columns changed; a constraint that stops it says that the fence did not. */
const again = (table: string, where: string, changed: Readonly<Record<string, string>>) => `
  insert into ${table} select (jsonb_populate_record(null::${table}, $1::jsonb || jsonb_build_object(${Object.entries(
    changed,
  )
    .map(([column, value]) => `'${column}', ${value}`)
    .join(', ')}))).* ${where}`

/** The same of a table with generated columns, which are not written. */
function againWithout(
  table: string,
  row: string,
  changed: Readonly<Record<string, string>>,
  generated: readonly string[],
): { sql: string; values: readonly string[] } {
  const given: object = { ...JSON.parse(row), ...changed }
  const columns = Object.keys(given)
    .filter((column) => !generated.includes(column))
    .join(', ')
  return {
    sql: `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1::jsonb)`,
    values: [JSON.stringify(given)],
  }
}

/** Everything that is tried. `rowOf` reads a row past all fences. */
export async function attempts(
  matters: Matters,
  rowOf: (sql: string, values: readonly unknown[]) => Promise<unknown>,
): Promise<readonly Attempt[]> {
  const list: Attempt[] = []
  const row = async (table: string, column: string, value: unknown) =>
    JSON.stringify(
      await rowOf(`select to_jsonb(t) as row from ${table} t where ${column} = $1 limit 1`, [value]),
    )
  const alertOf = (fits: (alert: PlacedAlert) => boolean) => matters.alerts.find(fits)!
  const plain = units.map((unit) =>
    alertOf((alert) => alert.unit === unit && !alert.names && alert.pack === 'fiscal'),
  )
  const named = alertOf((alert) => alert.names === 'P' && alert.unit === 'U1' && alert.pack === 'invoices')
  for (const alert of [...plain, named]) {
    const office = (caller: FenceCaller) => sees(caller, { kind: 'office_only', alert })
    const either = (caller: FenceCaller) => office(caller) || sees(caller, { kind: 'unit_item', alert })
    const stored = await row('alerts.alert', 'alert_id', alert.id)
    list.push(
      {
        name: `add an alert beside ${alert.code}`,
        of: 'alerts.alert',
        sql: `insert into alerts.alert (alert_id, number, pack, anchor, level, org_path, on_date, amount, main_rule, rules,
            message_zh, message_en, person_keys, raised_at, state_since, handed_on_at)
          select uuidv7(), 'X', r.pack, 'X', r.level, r.org_path, r.on_date, r.amount, r.main_rule, r.rules, '-', '-',
            r.person_keys, now(), now(), r.handed_on_at from jsonb_populate_record(null::alerts.alert, $1::jsonb) r`,
        values: [stored],
        by: office,
      },
      {
        name: `add a hit to ${alert.code}`,
        of: 'alerts.alert_hit',
        ...againWithout(
          'alerts.alert_hit',
          await row('alerts.alert_hit', 'alert_id', alert.id),
          { hit_id: 'X', rule: 'X' },
          ['invoice_no'],
        ),
        by: office,
      },
      {
        name: `hand ${alert.code} on`,
        of: 'alerts.clue',
        sql: `insert into alerts.clue (alert_id, number, reason, handed_on_at) values ($1, 'X', 'X', now())`,
        values: [alert.id],
        by: office,
      },
      {
        name: `write an event of the unit to ${alert.code}`,
        of: 'alerts.event',
        sql: `insert into alerts.event (alert_id, at, actor, kind, to_unit) values ($1, now(), 'unit', 'x', true)`,
        values: [alert.id],
        by: either,
      },
      {
        name: `write an event of the office to ${alert.code}`,
        of: 'alerts.event',
        sql: `insert into alerts.event (alert_id, at, actor, kind, to_unit) values ($1, now(), 'office', 'x', true)`,
        values: [alert.id],
        by: office,
      },
      {
        name: `write an inner event to ${alert.code}`,
        of: 'alerts.event',
        sql: `insert into alerts.event (alert_id, at, actor, kind, to_unit) values ($1, now(), 'unit', 'x', false)`,
        values: [alert.id],
        by: office,
      },
      {
        name: `write an event to ${alert.code} in another's name`,
        of: 'alerts.event',
        sql: `insert into alerts.event (alert_id, at, actor, actor_id, kind, to_unit)
          values ($1, now(), 'unit', ${other}, 'x', true)`,
        values: [alert.id],
        by: noOne,
        product: false,
      },
    )
    const item = await rowOf('select to_jsonb(t) as row from alerts.unit_item t where alert_id = $1', [
      alert.id,
    ])
    if (item) {
      list.push({
        name: `add the item of ${alert.code}`,
        of: 'alerts.unit_item',
        sql: again('alerts.unit_item', '', {}),
        values: [JSON.stringify(item)],
        by: office,
      })
    }
  }
  for (const slip of matters.slips.filter(({ unit }) => unit !== 'U0')) {
    const watches = (caller: FenceCaller) => sees(caller, { kind: 'slip', slip })
    list.push(
      {
        name: `add a slip like ${slip.code}`,
        of: 'supervise.slip',
        sql: again('supervise.slip', '', { slip_id: 'uuidv7()', number: `'X'` }),
        values: [await row('supervise.slip', 'slip_id', slip.id)],
        by: watches,
      },
      {
        name: `add to the story of ${slip.code}`,
        of: 'supervise.slip_event',
        sql: `insert into supervise.slip_event (slip_id, at, kind) values ($1, now(), 'replied')`,
        values: [slip.id],
        by: watches,
      },
    )
  }
  return [
    ...list,
    ...(await identityAttempts(matters, row)),
    ...otherAttempts(matters),
    ...exceptionAttempts(matters),
    ...functionAttempts(matters),
  ]
}

async function identityAttempts(
  matters: Matters,
  row: (table: string, column: string, value: unknown) => Promise<string>,
): Promise<readonly Attempt[]> {
  const cityAccount = matters.accountIds.get('deputy@city')!
  const provinceAccount = matters.accountIds.get('deputy@province')!
  const inCity = ({ place }: FenceCaller) => place === 'province' || place === 'city'
  const inProvince = ({ place }: FenceCaller) => place === 'province'
  const account = (
    scope: string,
    organ: string,
  ) => `insert into identity.account (username, display_name, organ_code, scope,
    created_at, created_by, state_changed_at) values ('xx', 'x', '${organ}', '${scope}', now(), ${me}, now())`
  const holding = (
    state: string,
    by: string,
    decided: string,
  ) => `insert into identity.role_holding (user_id, role, state, valid_from,
    requested_by, requested_at, reason, decided_by) values ($1, 'conduct_officer', '${state}', now(), ${by}, now(), 'x', ${decided})`
  const system = is('system_admin')
  const security = is('security_admin')
  const decidedHolding = `update identity.role_holding set state = 'active', decided_by = ${me}, ended_by = null
    where user_id = $1 returning user_id`
  return [
    {
      name: 'add an account in the city',
      of: 'identity.account',
      sql: account('46.01', 'O4601'),
      by: (c) => system(c) && inCity(c),
    },
    {
      name: 'add an account in the province',
      of: 'identity.account',
      sql: account('46', 'O46'),
      by: (c) => system(c) && inProvince(c),
    },
    {
      name: 'move an account up to the province',
      of: 'identity.account',
      // Without a condition only the policy for changes speaks, and not the one for reading.
      sql: `update identity.account set scope = '46'`,
      by: (c) => system(c) && inProvince(c),
    },
    {
      name: 'change whatever account is one’s to change',
      of: 'identity.account',
      sql: `update identity.account set post = 'x'`,
      by: system,
    },
    {
      name: 'ask for a role for a colleague of the city',
      of: 'identity.role_holding',
      sql: holding('requested', me, 'null'),
      values: [cityAccount],
      by: (c) => system(c) && inCity(c),
    },
    {
      name: 'ask for a role for somebody of the province',
      of: 'identity.role_holding',
      sql: holding('requested', me, 'null'),
      values: [provinceAccount],
      by: (c) => system(c) && inProvince(c),
    },
    {
      name: 'ask for a role in another’s name',
      of: 'identity.role_holding',
      sql: holding('requested', other, 'null'),
      values: [cityAccount],
      by: noOne,
    },
    {
      name: 'give a role without being asked',
      of: 'identity.role_holding',
      sql: holding('active', other, me),
      values: [cityAccount],
      by: noOne,
    },
    {
      name: 'approve a role in the city',
      of: 'identity.role_holding',
      sql: decidedHolding,
      values: [cityAccount],
      by: (c) => security(c) && inCity(c),
    },
    {
      name: 'end a role in the city',
      of: 'identity.role_holding',
      sql: `update identity.role_holding set state = 'ended', ended_by = ${me} where user_id = $1 returning user_id`,
      values: [cityAccount],
      by: (c) => (system(c) || security(c)) && inCity(c),
    },
    {
      name: 'end a role in another’s name',
      of: 'identity.role_holding',
      sql: `update identity.role_holding set state = 'ended', ended_by = ${other} where user_id = $1 returning user_id`,
      values: [cityAccount],
      by: noOne,
    },
    {
      name: 'change the policy',
      of: 'identity.policy',
      sql: `insert into identity.policy (settings, changed_by, changed_at, reason) values ('{}', ${me}, now(), 'x')`,
      by: security,
    },
    {
      name: 'change the policy in another’s name',
      of: 'identity.policy',
      sql: `insert into identity.policy (settings, changed_by, changed_at, reason) values ('{}', ${other}, now(), 'x')`,
      by: noOne,
    },
    {
      name: 'ask for a token of the city',
      of: 'identity.api_token',
      sql: `insert into identity.api_token (name, token_hash, scope, datasets, expires_at, requested_by, requested_at)
        values ('x', '\\x01', '46.01', '{invoice}', now(), ${me}, now())`,
      by: (c) => system(c) && inCity(c),
      product: false,
    },
    {
      name: 'ask for a token in another’s name',
      of: 'identity.api_token',
      sql: `insert into identity.api_token (name, token_hash, scope, datasets, expires_at, requested_by, requested_at)
        values ('x', '\\x01', '46.01', '{invoice}', now(), ${other}, now())`,
      by: noOne,
      product: false,
    },
    {
      name: 'approve a token of the city',
      of: 'identity.api_token',
      sql: `update identity.api_token set state = 'active', decided_by = ${me} where token_id = $1 returning token_id`,
      values: [matters.tokenIds.city],
      by: (c) => security(c) && inCity(c),
      product: false,
    },
    {
      name: 'revoke a token of the city',
      of: 'identity.api_token',
      sql: `update identity.api_token set state = 'revoked' where token_id = $1 returning token_id`,
      values: [matters.tokenIds.city],
      by: (c) => (system(c) || security(c)) && inCity(c),
      product: false,
    },
    {
      name: 'write a handover',
      of: 'identity.handover',
      sql: again('identity.handover', '', { handover_id: 'uuidv7()' }),
      values: [await row('identity.handover', 'handover_id', matters.handoverId)],
      by: noOne,
    },
    {
      name: 'add to a handover',
      of: 'identity.handover_item',
      sql: `insert into identity.handover_item values ($1, 'alerts', 'alert', 'x', 'x')`,
      values: [matters.handoverId],
      by: noOne,
    },
    ...(
      [
        ['identity.credential', `(user_id) values ($1)`],
        ['identity.former_password', `values ($1, now(), 'x')`],
        ['identity.recovery_code', `values ($1, '\\x02')`],
      ] as const
    ).map(([table, rest]) => ({
      name: `add to ${table}`,
      of: table,
      sql: `insert into ${table} ${rest}`,
      values: [cityAccount],
      by: noOne,
    })),
    {
      name: 'count an attempt',
      of: 'identity.attempt',
      sql: `insert into identity.attempt values ('account', '\\x05', 1, now())`,
      by: noOne,
    },
  ]
}

function otherAttempts(matters: Matters): readonly Attempt[] {
  const inCity = ({ place }: FenceCaller) => place === 'province' || place === 'city'
  return [
    {
      name: 'save a view for another',
      of: 'alerts.saved_view',
      sql: `insert into alerts.saved_view values (uuidv7(), ${other}, 'x', '{}', now())`,
      by: noOne,
      product: false,
    },
    {
      name: 'leave a trail',
      of: 'audit.entry',
      sql: `select audit.append('fence.try', null, null, null, null, 'done', '{}')`,
      by: anyone,
    },
    {
      name: 'add an organ of the city',
      of: 'organisation.organ',
      sql: `insert into organisation.organ (organ_code, name, region_code, parent_code) values ('X', 'x', '460100', 'O4601')`,
      by: (c) => c.role === 'system_admin' && inCity(c),
    },
    {
      name: 'move an organ out of one’s part',
      of: 'organisation.organ',
      sql: `update organisation.organ set region_code = '460200' where organ_code = 'O4601' returning organ_code`,
      by: (c) => c.role === 'system_admin' && c.place === 'province',
    },
    {
      name: 'add a post',
      of: 'organisation.post',
      sql: `insert into organisation.post (organ_code, title) values ('O4601', 'x')`,
      by: (c) => c.role === 'system_admin' && inCity(c),
    },
    {
      name: 'add a division',
      of: 'organisation.region',
      sql: `insert into organisation.region (region_code, name, parent_code) values ('469998', 'x', '460000')`,
      by: noOne,
    },
    {
      name: 'register a unit',
      of: 'organisation.unit',
      sql: `insert into organisation.unit (unit_code, valid_from, unit_name, region_code) values ('U1x', '2020-01-01', 'x', '460100')`,
      by: noOne,
    },
    {
      name: 'link a person',
      of: 'permissions.person_of_user',
      sql: `insert into permissions.person_of_user values (uuidv7(), repeat('0', 64))`,
      by: noOne,
    },
    {
      name: 'state kinship',
      of: 'permissions.kinship',
      sql: `insert into permissions.kinship values (repeat('0', 64), repeat('1', 64), 'x', 'x')`,
      by: noOne,
    },
    {
      name: 'keep a file in one’s own name',
      of: 'files.file',
      sql: `insert into files.file (sha256, byte_count, media_type, file_name, uploaded_by, org_path)
        values (repeat('0', 64), 0, 'x', 'x', ${me}, '46')`,
      by: anyone,
    },
    {
      name: 'keep a file in another’s name',
      of: 'files.file',
      sql: `insert into files.file (sha256, byte_count, media_type, file_name, uploaded_by, org_path)
        values (repeat('0', 64), 0, 'x', 'x', ${other}, '46')`,
      by: noOne,
    },
    {
      name: 'bring a batch',
      of: 'intake.batch',
      sql: `insert into intake.batch (dataset, file_name, sha256, byte_count, state, total_rows, refused_rows, uploaded_by,
        uploaded_at) values ('unit', 'x', repeat('0', 64), 1, 'checked', 1, 0, ${me}, now())`,
      by: is('information_officer', 'feed'),
    },
    {
      name: 'bring a batch into another part of the tree',
      of: 'intake.batch',
      sql: `insert into intake.batch (dataset, file_name, sha256, byte_count, state, total_rows, refused_rows, uploaded_by,
        uploaded_at, org_path) values ('unit', 'x', repeat('0', 64), 1, 'checked', 1, 0, ${me}, now(), '46.02')`,
      by: (c) => is('information_officer', 'feed')(c) && (c.place === 'province' || c.place === 'next_city'),
    },
    {
      name: 'bring a batch in another’s name',
      of: 'intake.batch',
      sql: `insert into intake.batch (dataset, file_name, sha256, byte_count, state, total_rows, refused_rows, uploaded_by,
        uploaded_at) values ('unit', 'x', repeat('0', 64), 1, 'checked', 1, 0, ${other}, now())`,
      by: noOne,
    },
    {
      name: 'add a fault to a batch of the city',
      of: 'intake.fault',
      sql: `insert into intake.fault values ($1, 99, 1, 'x', 'x', 'x', 'x')`,
      values: [matters.batchIds.city],
      by: (c) => c.role === 'information_officer' && inCity(c),
    },
    {
      name: 'post records as oneself',
      of: 'intake.posted',
      sql: `insert into intake.posted (sender, idempotency_key, body_hash, posted_at) values (${me}, 'x', repeat('0', 64), now())`,
      by: anyone,
    },
    {
      name: 'post records as another',
      of: 'intake.posted',
      sql: `insert into intake.posted (sender, idempotency_key, body_hash, posted_at) values (${other}, 'x', repeat('0', 64), now())`,
      by: noOne,
    },
    ...(
      [
        [
          'rules.run',
          `(pack, cause, as_of, started_by, finished_at, milliseconds) values ('x', 'demand', now(), ${me}, now(), 1)`,
        ],
        [
          'rules.run_rule',
          `(run_id, rule, rule_version, parameters, state, missing, rows_read, hits, suppressed, milliseconds)
            values (uuidv7(), 'x', 'x', '{}', 'ok', '{}', 1, 1, 1, 1)`,
        ],
        ['rules.hit_delivery', `values (uuidv7(), 1)`],
        ['rules.hit_evidence', `values (uuidv7(), 1, uuidv7(), 'x', '{}', 'red', 1, '{}', 'x')`],
        [
          'rules.hit',
          `(pack, rule, anchor, rule_version, parameters, level, condition, on_date, amount, keys, message_zh, message_en,
            evidence, evidence_hash, evidence_version, suppressed, person_keys, first_run, last_run) values ('x', 'x', 'x', 'x',
            '{}', 'red', 'x', now(), 1, '{}', 'x', 'x', '{}', 'x', 1, false, '{}', uuidv7(), uuidv7())`,
        ],
        ['rules.shipped', `values ('rule', 'x', now(), '{}')`],
      ] as const
    ).map(([table, rest]) => ({
      name: `add to ${table}`,
      of: table,
      sql: `insert into ${table} ${rest}`,
      by: noOne,
    })),
    ...replayAttempts,
    ...sampleAttempts(matters),
    ...organisationAttempts(matters),
    ...fiscalAttempts(matters),
    ...['watch_post', 'watch_relative'].map((table) => ({
      name: `write into subjects.${table}`,
      of: `subjects.${table}`,
      sql: `insert into subjects.${table} select (jsonb_populate_record(t, '{"valid_from": "2019-01-01"}')).*
        from subjects.${table} t limit 1`,
      by: noOne,
    })),
    {
      name: 'propose a change',
      of: 'rules.proposal',
      sql: `insert into rules.proposal (kind, object, base_version, before, content, reason, effective_from, proposed_at)
        values ('rule', 'YS02', 0, '{}', '{}', '调整参数', now(), now())`,
      by: is('rule_editor'),
      product: false,
    },
    {
      name: 'propose a change in another’s name',
      of: 'rules.proposal',
      sql: `insert into rules.proposal (kind, object, base_version, before, content, reason, effective_from, proposed_at,
        proposed_by) values ('rule', 'YS02', 0, '{}', '{}', '调整参数', now(), now(), ${other})`,
      by: noOne,
      product: false,
    },
    {
      name: 'make a version that nobody approved',
      of: 'rules.version',
      sql: `insert into rules.version values ('rule', 'YS02', 1, '{}', now(), uuidv7(), now())`,
      by: noOne,
      product: false,
    },
    {
      name: 'make the version that one has approved',
      of: 'rules.version',
      sql: `insert into rules.version select 'rule', 'YS04', 1, '{}', '2026-11-24', proposal_id, now() from rules.proposal
        where object = 'YS04'`,
      by: ({ name }) => name === 'rule_approver@city',
      product: false,
    },
    {
      name: 'approve a change',
      of: 'rules.proposal',
      sql: `update rules.proposal set state = 'approved', decided_by = ${me}, decided_at = now() where object = 'YS03'`,
      by: is('rule_approver'),
      product: false,
    },
    {
      name: 'approve a change in another’s name',
      of: 'rules.proposal',
      sql: `update rules.proposal set state = 'approved', decided_by = ${other}, decided_at = now() where object = 'YS03'`,
      by: noOne,
      product: false,
    },
    {
      name: 'take one’s proposal back',
      of: 'rules.proposal',
      sql: `update rules.proposal set state = 'withdrawn', decided_by = ${me}, decided_at = now() where object = 'YS03'`,
      by: ({ name }) => name === 'rule_editor@province',
      product: false,
    },
    {
      name: 'decide a proposal that is decided',
      of: 'rules.proposal',
      sql: `update rules.proposal set decided_by = ${me} where state = 'approved' returning proposal_id`,
      by: noOne,
      product: false,
    },
    ...(['U1', 'U3'] as const).map((unit) => ({
      name: `find alerts of ${unit} by text`,
      of: 'alerts.matching',
      sql: `select m from alerts.matching('疑似') m where exists (select from unnest($1::uuid[]) id where id = m)`,
      values: [matters.alerts.filter((alert) => alert.unit === unit).map(({ id }) => id)],
      by: ({ place }: FenceCaller) => sees({ name: '', role: 'deputy', place }, { kind: 'unit', unit }),
    })),
  ]
}

/** The functions that look past the fence decide by themselves: each is asked what it must not give. */
function functionAttempts(matters: Matters): readonly Attempt[] {
  const list: Attempt[] = []
  for (const alert of matters.alerts.filter(
    ({ withUnit, names, story }) => withUnit && (names || story === 'hidden' || story === 'closed'),
  )) {
    const ofUnit = (caller: FenceCaller) => sees(caller, { kind: 'unit_item', alert })
    list.push({
      name: `read the disclosed hits of ${alert.code}`,
      of: 'alerts.disclosed_hits',
      sql: 'select 1 from alerts.disclosed_hits($1)',
      values: [alert.id],
      by: ofUnit,
      product: false,
    })
    list.push({
      name: `read undisclosed hits of ${alert.code}`,
      of: 'alerts.disclosed_hits',
      sql: `select 1 from alerts.disclosed_hits($1) where "messageZh" like '%office_only%'`,
      values: [alert.id],
      by: noOne,
      product: false,
    })
  }
  const taken = (alert: PlacedAlert, by: (caller: FenceCaller) => boolean): Attempt => ({
    name: `give the clue of ${alert.code} back`,
    of: 'alerts.take_back',
    sql: `select 1 where alerts.take_back($1, 'x', now())`,
    values: [alert.id],
    by,
    product: false,
  })
  for (const alert of matters.alerts.filter(({ handedOn }) => handedOn))
    list.push(
      taken(
        alert,
        (caller) => caller.role === 'case_manager' && sees(caller, { kind: 'office_only', alert }),
      ),
    )
  list.push(taken(matters.alerts.find(({ handedOn }) => !handedOn)!, noOne))
  for (const alert of matters.alerts.filter(({ story, unit }) => story === 'dispatched' && unit !== 'U0')) {
    list.push({
      name: `explain ${alert.code}`,
      of: 'alerts.unit_step',
      sql: `select 1 where alerts.unit_step($1, 'explained', '2026-11-24', null)`,
      values: [alert.id],
      by: (caller) => sees(caller, { kind: 'unit_item', alert }),
      product: false,
    })
    list.push({
      name: `close ${alert.code}`,
      of: 'alerts.unit_step',
      sql: `select 1 where alerts.unit_step($1, 'closed', '2026-11-24', null)`,
      values: [alert.id],
      by: noOne,
      product: false,
    })
  }
  const somebody = matters.accountIds.get('deputy@city')!
  const inCity = ({ place }: FenceCaller) => place === 'province' || place === 'city'
  const productOnly = (name: string, of: string, sql: string, values: readonly unknown[] = []): Attempt => ({
    name,
    of,
    sql,
    values,
    by: noOne,
  })
  return [
    ...list,
    productOnly(
      'describe a pack',
      'alerts.describe_pack',
      `select alerts.describe_pack('fiscal', 'x', 'x', '{}', '{conduct_officer}', '[]', '[]', '[]')`,
    ),
    productOnly(
      'name receivers',
      'alerts.set_receivers',
      `select alerts.set_receivers('fiscal', '{unit_head}')`,
    ),
    productOnly('realign terms', 'alerts.realign_terms', 'select alerts.realign_terms() + 1'),
    productOnly(
      'take a calendar',
      'calendar.take_base',
      `select calendar.take_base('{}', '{}', '{}', '{}', '{}')`,
    ),
    productOnly(
      'seal the log',
      'audit.seal',
      `select audit.seal((select count(*) from audit.leaf), '{}', '{}', '\\x00', '{}', now(), 'x', 'x', '\\x00')`,
    ),
    productOnly(
      'open a session',
      'identity.open_session',
      `select identity.open_session('\\x07', $1, 'full', now(), now() + interval '1 hour', '', '')`,
      [somebody],
    ),
    productOnly(
      'raise a session',
      'identity.promote_session',
      `select identity.promote_session(uuidv7(), '\\x08', 'full')`,
    ),
    {
      name: 'correct the calendar',
      of: 'calendar.correct',
      sql: `select calendar.correct('2026-12-05', true, null, '调休上班')`,
      by: is('system_admin', 'information_officer'),
    },
    {
      name: 'end the sessions of a colleague of the city',
      of: 'identity.end_sessions',
      sql: `select identity.end_sessions($1, null, null, 'access_ended', now())`,
      values: [somebody],
      by: (c) => c.name === 'deputy@city' || (c.role === 'system_admin' && inCity(c)),
    },
    {
      name: 'learn when others signed in',
      of: 'identity.last_sign_ins',
      sql: 'select 1 from identity.last_sign_ins(array[$1]::uuid[])',
      values: [somebody],
      by: is('system_admin', 'security_admin', 'audit_admin'),
      product: false,
    },
    ...Object.entries(overSessions).map(([why, hash]) => ({
      name: `come in with a session that is over: ${why}`,
      of: 'identity.session_of',
      sql: `select 1 from identity.session_of('\\x${hash}', '2026-11-24T02:00:00Z', interval '30 minutes')`,
      by: noOne,
      product: false,
    })),
    ...Object.entries(overTokens).map(([why, hash]) => ({
      name: `come in with a token that is over: ${why}`,
      of: 'identity.token_caller',
      sql: `select 1 from identity.token_caller('\\x${hash}', '2026-11-24T02:00:00Z')`,
      by: noOne,
      product: false,
    })),
    {
      name: 'act in a role that is over or has not begun',
      of: 'identity.roles_at',
      sql: `select 1 from unnest(identity.roles_at('${suspended}', '2026-11-24T02:00:00Z'))`,
      by: noOne,
      product: false,
    },
    {
      name: 'see open sessions of others',
      of: 'identity.own_sessions',
      sql: `select 1 from identity.own_sessions('2026-11-24T03:00:00Z', interval '2 hours') 
        offset 1`,
      by: noOne,
      product: false,
    },
  ]
}
