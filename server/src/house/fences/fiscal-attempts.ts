import { scopeOfPlace } from './accounts.ts'
import type { FenceCaller } from './callers.ts'
import type { Matters } from './matters.ts'
import { sees } from './oracle.ts'

const other = `'00000000-0000-7000-8000-00000000000f'::uuid`
const noOne = () => false
const is =
  (...roles: readonly string[]) =>
  ({ role }: FenceCaller) =>
    roles.includes(role)
const decider = is('finance_supervisor', 'supervision_officer')
const ofUnit = is('unit_finance', 'unit_head')
/** Units of which the city's machine may bring requests; the province's brings all. */
const ofCity: readonly string[] = ['U1', 'U2', 'U4']

/** One of each relation, in the city and beside it. */
function chosen(requests: Matters['requests']): Matters['requests'] {
  return requests.filter(({ unit, names, sender }, index) => {
    const alike = (one: Matters['requests'][number]) =>
      one.unit === unit && one.names === names && one.sender === sender
    return (unit === 'U1' || (unit === 'U3' && !names)) && requests.findIndex(alike) === index
  })
}

/** Deciding on payment requests, explaining, releasing and sending them, tried in the store itself. They are all held. */
export function fiscalAttempts({ requests }: Matters) {
  return chosen(requests).flatMap((request) => {
    const { id, unit } = request
    const name = `the request ${id} of ${unit}`
    const inSight = (caller: FenceCaller) => sees(caller, { kind: 'request', request })
    const both = (may: (caller: FenceCaller) => boolean) => (caller: FenceCaller) =>
      may(caller) && inSight(caller)
    const change = (state: string) =>
      `update fiscal.payment_request set state = '${state}' where request_key = $1 returning request_key`
    const send = (sender: string) => `insert into fiscal.payment_request
      select (jsonb_populate_record(null::fiscal.payment_request, $1::jsonb || jsonb_build_object('request_key',
        gen_random_uuid(), 'idempotency_key', 'again', 'request_no', 'again', 'org_path', '${scopeOfPlace[unit]}',
        'sender', ${sender}))).*`
    const event = (
      actor: string,
    ) => `insert into fiscal.request_event (request_key, at, actor_id, side, kind, reason, to_unit)
      values ($1, now(), ${actor}, 'finance', 'approved_release', 'x', false)`
    const release = (side: string, by: string) =>
      `insert into fiscal.request_release values ($1, '${side}', ${by}, now(), 'x')`
    const own = 'app.user_id()'
    const values = [id]
    const mayBring = (caller: FenceCaller) =>
      caller.role === 'feed' && (caller.place === 'province' || ofCity.includes(unit))
    return [
      {
        name: `release ${name}`,
        of: 'fiscal.payment_request',
        sql: change('released'),
        values,
        by: both(decider),
      },
      {
        name: `explain ${name}`,
        of: 'fiscal.payment_request',
        sql: change('explained'),
        values,
        by: both(ofUnit),
      },
      { name: `pass ${name}`, of: 'fiscal.payment_request', sql: change('passed'), values, by: noOne },
      {
        name: `send one like ${name}`,
        of: 'fiscal.payment_request',
        sql: send(own),
        values: [sentContent(unit)],
        by: mayBring,
      },
      {
        name: `send one like ${name} in another's name`,
        of: 'fiscal.payment_request',
        sql: send(other),
        values: [sentContent(unit)],
        by: noOne,
      },
      {
        name: `add a hit to ${name}`,
        of: 'fiscal.request_hit',
        sql: `insert into fiscal.request_hit (request_key, place, rule, rule_version, configuration, parameters, level,
            condition, amount, keys, message_zh, message_en, evidence, undisclosed)
          values ($1, 9, 'YS01', 'v1', 0, '{}', 'red', 'x', 1, '{}', 'x', 'x', '{}', true)`,
        values,
        by: both(is('feed')),
      },
      {
        name: `add to the story of ${name}`,
        of: 'fiscal.request_event',
        sql: event(own),
        values,
        by: inSight,
      },
      {
        name: `add to the story of ${name} in another's name`,
        of: 'fiscal.request_event',
        sql: event(other),
        values,
        by: noOne,
      },
      {
        name: `release ${name} for finance`,
        of: 'fiscal.request_release',
        sql: release('finance', own),
        values,
        by: both(is('finance_supervisor')),
      },
      {
        name: `release ${name} for supervision`,
        of: 'fiscal.request_release',
        sql: release('supervision', own),
        values,
        by: both(is('supervision_officer')),
      },
      {
        name: `release ${name} in another's name`,
        of: 'fiscal.request_release',
        sql: release('finance', other),
        values,
        by: noOne,
      },
    ]
  })
}

function sentContent(unit: string): string {
  return JSON.stringify({
    body_hash: 'h',
    unit_code: unit,
    requested_at: '2026-11-24T00:00:00Z',
    pay_on: '2026-11-24',
    amount: 1,
    purpose: 'x',
    content: {},
    level: 'red',
    decision: 'hold',
    state: 'held',
    person_keys: [],
    judged_as_of: '2026-11-24',
    milliseconds: 1,
    answer: {},
    version: 1,
  })
}
