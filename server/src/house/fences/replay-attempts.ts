import type { FenceCaller } from './callers.ts'

/** As `Attempt` of attempts.ts, which gathers these. */
interface ReplayAttempt {
  readonly name: string
  readonly of: string
  readonly sql: string
  readonly by: (caller: FenceCaller) => boolean
  readonly product?: boolean
}

const me = 'app.user_id()'
const other = `'00000000-0000-7000-8000-00000000000f'::uuid`
const is =
  (...roles: readonly string[]) =>
  ({ role }: FenceCaller) =>
    roles.includes(role)
const noOne = () => false
/** Who drew up and proposed what `fillTables` puts there. */
const author = ({ name }: FenceCaller) => name === 'rule_editor@province'

const ask = (
  more: string,
  values: string,
) => `insert into rules.replay (pack, rule, side_a, side_b, period_from, period_to,
  requested_at${more}) values ('fiscal', 'ZF97', '{}', '{}', '2026-01-01', '2026-01-31', now()${values})`

const replays: readonly ReplayAttempt[] = [
  { name: 'ask for a replay', of: 'rules.replay', sql: ask('', ''), by: is('rule_editor', 'rule_approver') },
  {
    name: 'ask for a replay in another’s name',
    of: 'rules.replay',
    sql: ask(', started_by', `, ${other}`),
    by: noOne,
  },
  {
    name: 'make a replay that has ended',
    of: 'rules.replay',
    sql: ask(', state', `, 'done'`),
    by: noOne,
  },
  {
    name: 'cancel a replay',
    of: 'rules.replay',
    sql: `update rules.replay set state = 'cancelled' where rule = 'ZF98'`,
    by: is('rule_editor', 'rule_approver'),
  },
  {
    name: 'say that a replay has ended',
    of: 'rules.replay',
    sql: `update rules.replay set state = 'done' where rule = 'ZF98'`,
    by: noOne,
  },
  {
    name: 'cancel a replay that has ended',
    of: 'rules.replay',
    sql: `update rules.replay set state = 'cancelled' where rule = 'ZF99'`,
    by: noOne,
  },
  {
    name: 'add to what a replay found',
    of: 'rules.replay_hit',
    sql: `insert into rules.replay_hit (replay_id, position, outcome, changed, org_path, on_date, record, message_zh,
      message_en, person_keys) values (uuidv7(), 1, 'new', false, app.scope(), now(), 'x', 'x', 'x', '{}')`,
    by: noOne,
  },
]

const version = (code: string, set: string) =>
  `update rules.composed_version set ${set} where code = '${code}'`
const draft = (
  more: string,
  values: string,
) => `insert into rules.composed_version (code, version, content, drafted_at${more})
  values ('ZD93', 2, '{}', now()${values})`

/** Of composed rules the product itself only reads. */
const composed: readonly Omit<ReplayAttempt, 'product'>[] = [
  {
    name: 'make a composed rule',
    of: 'rules.composed_rule',
    sql: `insert into rules.composed_rule (code, pack, dataset, created_at) values ('ZD95', 'fiscal', 'payment', now())`,
    by: is('rule_editor'),
  },
  {
    name: 'make a composed rule in another’s name',
    of: 'rules.composed_rule',
    sql: `insert into rules.composed_rule values ('ZD95', 'fiscal', 'payment', ${other}, now())`,
    by: noOne,
  },
  { name: 'draw up a version', of: 'rules.composed_version', sql: draft('', ''), by: is('rule_editor') },
  {
    name: 'draw up a version in another’s name',
    of: 'rules.composed_version',
    sql: draft(', drafted_by', `, ${other}`),
    by: noOne,
  },
  {
    name: 'draw up a version that has been proposed',
    of: 'rules.composed_version',
    sql: draft(', state, proposed_by', `, 'trial', ${me}`),
    by: noOne,
  },
  {
    name: 'write a draft anew',
    of: 'rules.composed_version',
    sql: version('ZD91', `content = '{}', drafted_by = ${me}`),
    by: is('rule_editor'),
  },
  {
    name: 'write a draft anew in its author’s name',
    of: 'rules.composed_version',
    sql: version('ZD91', `content = '{}'`),
    by: author,
  },
  {
    name: 'propose a version',
    of: 'rules.composed_version',
    sql: version('ZD91', `state = 'trial', proposed_by = ${me}`),
    by: is('rule_editor'),
  },
  {
    name: 'propose a version in another’s name',
    of: 'rules.composed_version',
    sql: version('ZD91', `state = 'trial', proposed_by = ${other}`),
    by: noOne,
  },
  {
    name: 'change what has been proposed',
    of: 'rules.composed_version',
    sql: version('ZD92', `content = '{}'`),
    by: noOne,
  },
  {
    name: 'make a draft of what has been proposed',
    of: 'rules.composed_version',
    sql: version('ZD92', `state = 'draft'`),
    by: noOne,
  },
  {
    name: 'take a version back',
    of: 'rules.composed_version',
    sql: version('ZD92', `state = 'withdrawn', decided_by = ${me}`),
    by: author,
  },
  {
    name: 'put a version in force',
    of: 'rules.composed_version',
    sql: version('ZD92', `state = 'live', decided_by = ${me}`),
    by: is('rule_approver'),
  },
  {
    name: 'put a version in force in another’s name',
    of: 'rules.composed_version',
    sql: version('ZD92', `state = 'live', decided_by = ${other}`),
    by: noOne,
  },
  {
    name: 'put in force again what has ended',
    of: 'rules.composed_version',
    sql: version('ZD94', `state = 'live', decided_by = ${me}`),
    by: noOne,
  },
  {
    name: 'end a rule',
    of: 'rules.composed_version',
    sql: version('ZD93', `state = 'ended', ended_by = ${me}`),
    by: is('rule_approver'),
  },
  {
    name: 'end a rule in another’s name',
    of: 'rules.composed_version',
    sql: version('ZD93', `state = 'ended', ended_by = ${other}`),
    by: noOne,
  },
]

/** What is tried at replays and composed rules. */
export const replayAttempts: readonly ReplayAttempt[] = [
  ...replays,
  ...composed.map((attempt) => ({ ...attempt, product: false })),
]
