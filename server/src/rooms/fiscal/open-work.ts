import { sql } from 'kysely'
import type { Clock } from '#ground/time/index.ts'
import type { WorkItem, WorkSource } from '#shared/identity/index.ts'
import { insertEvent } from './request.store.ts'

/**
 * Payment requests that hang on a person: of a unit those that owe an explanation, where he is its finance officer; of the
 * office held ones to which he has agreed for one side, so that the other side's agreement is not forgotten.
 */
export function requestWork({ clock }: { readonly clock: Clock }): WorkSource {
  return {
    room: 'fiscal',
    openWorkOf: async (trx, userId) => {
      const { rows } = await sql<Omit<WorkItem, 'room'>>`
        select 'payment_request' as kind, r.request_key::text as "itemId", '支付申请 ' || r.request_no as title
        from fiscal.payment_request r join fiscal.request_release d using (request_key)
        where r.state = 'held' and d.released_by = ${userId}::uuid
          and not (r.person_keys && permissions.recusals_of(${userId}::uuid))
        union all
        select 'unit_payment_request', r.request_key::text, '本单位支付申请 ' || r.request_no
        from fiscal.payment_request r join identity.account p on p.user_id = ${userId}::uuid and p.unit_code = r.unit_code
        where r.state = 'explanation_owed' and not (r.person_keys && permissions.recusals_of(p.user_id))
          and exists (select from identity.role_holding h
            where h.user_id = p.user_id and h.state = 'active' and h.role = 'unit_finance')
        order by 1, 3`.execute(trx)
      return rows
    },
    handOver: async (trx, items) => {
      const { rows } = await sql<{ requestKey: string; kind: string }>`
        select r.request_key as "requestKey", i.kind from fiscal.payment_request r
        join jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i(kind text, "itemId" text)
          on r.request_key::text = i."itemId"
        where r.state in ('held', 'explanation_owed')`.execute(trx)
      for (const { requestKey, kind } of rows) {
        const toUnit = kind === 'unit_payment_request'
        await insertEvent(trx, { requestKey, at: clock.now(), side: 'system', kind: 'handed_over', toUnit })
      }
    },
  }
}
