import { personKey } from './accounts.ts'
import type { FenceCaller } from './callers.ts'
import type { Matters } from './matters.ts'
import { sees } from './oracle.ts'

const other = `'00000000-0000-7000-8000-00000000000f'::uuid`
const admin = ({ role }: FenceCaller) => role === 'system_admin'
const noOne = () => false

/** Giving and ending posts and changing units, tried in the store itself. */
export function organisationAttempts({ holders }: Matters) {
  return [
    ...holders.flatMap((holder) => {
      const gives = (caller: FenceCaller) =>
        admin(caller) && sees(caller, { kind: 'holder', place: holder.place })
      const values = [holder.postId, holder.personId]
      const add = (
        by: string,
      ) => `insert into organisation.post_holding (post_id, person_id, valid_from, given_by, given_at)
        values ($1, $2, '2026-01-01', ${by}, now())`
      const end = (
        by: string,
      ) => `update organisation.post_holding set valid_to = '2026-01-01', ended_by = ${by},
        ended_at = now() where holding_id = $1 returning holding_id`
      return [
        {
          name: `give a post of ${holder.place}`,
          of: 'organisation.post_holding',
          sql: add('app.user_id()'),
          values,
          by: gives,
        },
        {
          name: `give a post of ${holder.place} in another's name`,
          of: 'organisation.post_holding',
          sql: add(other),
          values,
          by: noOne,
        },
        {
          name: `end a post of ${holder.place}`,
          of: 'organisation.post_holding',
          sql: end('app.user_id()'),
          values: [holder.holdingId],
          by: gives,
        },
        {
          name: `end a post of ${holder.place} in another's name`,
          of: 'organisation.post_holding',
          sql: end(other),
          values: [holder.holdingId],
          by: noOne,
        },
      ]
    }),
    {
      name: 'enter a person',
      of: 'organisation.person',
      sql: `insert into organisation.person (person_key, name, number_sealed, entered_at)
        values (repeat('a', 64), 'x', '\\x00', now())`,
      by: admin,
    },
    ...(['U1', 'U3'] as const).flatMap((unit) => {
      const change = (
        by: string,
      ) => `insert into organisation.unit_change (unit_code, kind, effective_on, reason, made_by,
        made_at) values ('${unit}', 'close', '2026-01-01', 'x', ${by}, now())`
      const of = 'organisation.unit_change'
      return [
        {
          name: `enter a change of ${unit}`,
          of,
          sql: change('app.user_id()'),
          by: (caller: FenceCaller) => admin(caller) && sees(caller, { kind: 'unit', unit }),
        },
        { name: `enter a change of ${unit} in another's name`, of, sql: change(other), by: noOne },
      ]
    }),
    {
      name: 'find a person by his number',
      of: 'organisation.person_of_key',
      sql: `select person_id from organisation.person_of_key($1, 'x')`,
      values: [personKey('holder U1')],
      by: admin,
    },
    {
      name: 'ask whether a code was ever used',
      of: 'organisation.code_in_use',
      sql: `select organisation.code_in_use('U1')`,
      by: admin,
    },
  ]
}
