import { sql } from 'kysely'
import type { Clock } from '#ground/time/index.ts'
import type { WorkItem, WorkSource } from '#shared/identity/index.ts'
import { appendSlipEvent } from './slip.store.ts'

/**
 * Slips that wait for an answer from a person: of his place and of one of his roles, and not about himself. The roles take
 * them over with whoever comes; what is handed over is that somebody answers for them meanwhile.
 */
export function slipWork({ clock }: { readonly clock: Clock }): WorkSource {
  return {
    room: 'supervise',
    openWorkOf: async (trx, userId) => {
      const { rows } = await sql<Omit<WorkItem, 'room'>>`
        select 'slip' as kind, s.slip_id::text as "itemId", '督办单 ' || s.number as title
        from supervise.slip s join identity.account p on p.user_id = ${userId}
        where s.state = 'issued' and s.org_path = case when p.unit_code is null then p.scope
            else organisation.unit_path(p.unit_code) end collate "C"
          and exists (select from identity.role_holding h
            where h.user_id = p.user_id and h.state = 'active' and h.role = any (s.addressee_roles))
          and not (s.person_keys && permissions.recusals_of(p.user_id))
        order by s.number`.execute(trx)
      return rows
    },
    handOver: async (trx, items) => {
      const { rows } = await sql<{ slipId: string }>`select slip_id as "slipId" from supervise.slip
        where slip_id::text = any (${items.map(({ itemId }) => itemId)}::text[]) and state = 'issued'
        for update`.execute(trx)
      for (const { slipId } of rows) await appendSlipEvent(trx, slipId, 'handed_over', null, clock.now())
    },
  }
}
