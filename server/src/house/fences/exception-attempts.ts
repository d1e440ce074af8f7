import type { FenceCaller } from './callers.ts'
import type { Matters, PlacedAlert } from './matters.ts'
import { sees } from './oracle.ts'

/** As `Attempt` of attempts.ts, which gathers these. */
interface ExceptionAttempt {
  readonly name: string
  readonly of: string
  readonly sql: string
  readonly values?: readonly unknown[]
  readonly by: (caller: FenceCaller) => boolean
  readonly product?: boolean
}

const me = 'app.user_id()'
const other = `'00000000-0000-7000-8000-00000000000f'::uuid`
const noOne = () => false

/** From which `fillTables` makes an exception that waits (U3) and one that holds (U1). */
export const exceptionAlert = ({ alerts }: Matters, of: 'U1' | 'U3'): PlacedAlert =>
  alerts.find(
    ({ pack, unit, names, story }) => pack === 'fiscal' && unit === of && !names && story === 'dispatched',
  )!

const proposal = (
  more: string,
  values: string,
) => `insert into alerts.exception (number, alert_id, alert_number, pack,
    rule, unit_code, org_path, valid_from, valid_to, reason, proposed_at${more})
  values ('X', $1, '-', 'fiscal', 'YS01', 'U1', '46.01.UU1', '2026-01-01', '2026-12-31', '理由说明', now()${values})`
const waiting = (set: string) => `update alerts.exception set ${set} where number = 'WAITS'`
const holding = (set: string) => `update alerts.exception set ${set} where number = 'HOLDS'`
const ended = `state = 'ended', ended_on = '2026-11-24'`

/** What is tried with exceptions and with the register of prints and exports, past every route and service. */
export function exceptionAttempts(matters: Matters): readonly ExceptionAttempt[] {
  const alert = exceptionAlert(matters, 'U1')
  const named = matters.alerts.find(
    ({ pack, unit, names }) => pack === 'fiscal' && unit === 'U1' && names === 'P',
  )!
  const office = (caller: FenceCaller) => sees(caller, { kind: 'office_only', alert })
  const reader = (unit: 'U1' | 'U3') => (caller: FenceCaller) =>
    sees(caller, { kind: 'exception', exception: { pack: 'fiscal', unit } })
  const decider = (unit: 'U1' | 'U3') => (caller: FenceCaller) =>
    ['rule_approver', 'deputy'].includes(caller.role) && reader(unit)(caller)
  const proposer = ({ name }: FenceCaller) => name === 'supervision_officer@next_city'
  const approved = (by: string) =>
    `state = 'approved', approval_no = '批2号', decided_by = ${by}, decided_at = now()`
  const of = 'alerts.exception'
  const ofAlert = { of, values: [alert.id] }
  const decided = { of, product: false }
  return [
    { ...ofAlert, name: 'propose an exception', sql: proposal('', ''), by: office },
    {
      of,
      values: [named.id],
      name: 'propose an exception from an alert that names somebody',
      sql: proposal('', ''),
      by: (caller) => sees(caller, { kind: 'office_only', alert: named }),
    },
    {
      ...ofAlert,
      name: 'propose an exception in another’s name',
      sql: proposal(', proposed_by', `, ${other}`),
      by: noOne,
      product: false,
    },
    {
      ...ofAlert,
      name: 'make an exception that nobody decided on',
      sql: proposal(', state, approval_no, decided_by, decided_at', `, 'approved', '批3号', ${other}, now()`),
      by: noOne,
      product: false,
    },
    {
      ...ofAlert,
      name: 'propose an exception outside one’s part of the tree',
      sql: proposal('', '').replace('46.01.UU1', '46.02.UU3'),
      by: (caller) => office(caller) && caller.place === 'province',
    },
    {
      ...ofAlert,
      name: 'propose an exception of another pack than one’s own',
      sql: proposal('', '').replace('fiscal', 'invoices'),
      by: (caller) =>
        office(caller) &&
        matters.alerts.some(
          (one) => one.pack === 'invoices' && sees(caller, { kind: 'office_only', alert: one }),
        ),
    },
    { ...decided, name: 'approve an exception', sql: waiting(approved(me)), by: decider('U3') },
    { ...decided, name: 'approve an exception in another’s name', sql: waiting(approved(other)), by: noOne },
    {
      ...decided,
      name: 'end an exception that was never approved',
      sql: waiting(`${ended}, approval_no = '批2号', decided_by = ${me}`),
      by: noOne,
    },
    {
      ...decided,
      name: 'take one’s exception back',
      sql: waiting(`state = 'withdrawn', decided_by = ${me}, decided_at = now()`),
      by: proposer,
    },
    { ...decided, name: 'end an exception', sql: holding(ended), by: decider('U1') },
    {
      ...decided,
      name: 'end an exception as if another had approved it',
      sql: holding(`${ended}, decided_by = ${other}`),
      by: noOne,
    },
    {
      ...decided,
      name: 'let an exception that holds wait again',
      sql: holding(`state = 'proposed', decided_by = null`),
      by: noOne,
    },
    {
      ...decided,
      name: 'end whatever exceptions are one’s to end',
      // Without a condition only the policy for changes speaks, and not the one for reading.
      // Elsewhere than in the city one that waits is among them, and the steps forbid it.
      sql: `update alerts.exception set ${ended}`,
      by: (caller) => decider('U1')(caller) && caller.place === 'city',
    },
    {
      of: 'alerts.exception_event',
      name: 'write the history of an exception',
      sql: `insert into alerts.exception_event (exception_id, at, kind)
        select exception_id, now(), 'proposed' from alerts.exception where number = 'WAITS'`,
      by: reader('U3'),
    },
    {
      of: 'alerts.exception_event',
      name: 'write the history of an exception in another’s name',
      sql: `insert into alerts.exception_event (exception_id, at, kind, actor_id)
        select exception_id, now(), 'proposed', ${other} from alerts.exception where number = 'WAITS'`,
      by: noOne,
      product: false,
    },
    ...registerAttempts,
  ]
}

const entry = (more: string, values: string) =>
  `insert into exports.register (mark, form, subject, purpose, at${more}) values ('X', 'csv', 'alerts.list', '核对', now()${values})`

const registerAttempts: readonly ExceptionAttempt[] = [
  { of: 'exports.register', name: 'enter an export', sql: entry('', ''), by: () => true },
  {
    of: 'exports.register',
    name: 'enter an export in another’s name',
    sql: entry(', user_id', `, ${other}`),
    by: noOne,
    product: false,
  },
  {
    of: 'exports.register',
    name: 'enter an export in another part of the tree',
    sql: entry(', org_path', `, '46.02'`),
    by: ({ place }) => place === 'next_city',
    product: false,
  },
]
