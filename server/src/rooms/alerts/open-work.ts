import { sql } from 'kysely'
import type { Clock } from '#ground/time/index.ts'
import type { WorkItem, WorkSource } from '#shared/identity/index.ts'

/**
 * Alerts that hang on a person. Of the office: open ones in which he took the last step for it, or that he took over from
 * whoever did. Of a unit: those that wait for it, where he is among their receivers. Nothing that concerns himself.
 */
export function alertWork({ clock }: { readonly clock: Clock }): WorkSource {
  return {
    room: 'alerts',
    openWorkOf: async (trx, userId) => {
      const { rows } = await sql<Omit<WorkItem, 'room'>>`
        with touched as (
          select alert_id from alerts.event where actor = 'office' and actor_id = ${userId}::uuid
          union select alert_id from alerts.event where kind = 'handed_over' and detail ->> 'to_user' = ${userId}
        )
        select 'alert' as kind, a.alert_id::text as "itemId", '预警 ' || a.number as title
        from touched join alerts.alert a using (alert_id)
        cross join lateral (select coalesce(e.detail ->> 'to_user', e.actor_id::text) as holder from alerts.event e
          where e.alert_id = a.alert_id and (e.actor = 'office' or (e.kind = 'handed_over' and not e.to_unit))
          order by e.event_id desc limit 1) last
        where a.state <> 'closed' and a.handed_on_at is null and last.holder = ${userId}
          and not (a.person_keys && permissions.recusals_of(${userId}::uuid))
        union all
        select 'unit_alert', u.alert_id::text, '本单位预警 ' || u.number
        from alerts.unit_item u join identity.account p on p.user_id = ${userId}::uuid and p.unit_code = u.unit_code
        where u.state in ('dispatched', 'rectifying')
          and exists (select from identity.role_holding h join alerts.pack k on k.pack = u.pack
            where h.user_id = p.user_id and h.state = 'active' and h.role = any (k.receivers))
          and not (u.person_keys && permissions.recusals_of(p.user_id))
        order by 1, 3`.execute(trx)
      return rows
    },
    handOver: async (trx, items, fromUser, toUser) => {
      for (const [kind, toUnit] of [
        ['alert', false],
        ['unit_alert', true],
      ] as const) {
        const ids = items.filter((item) => item.kind === kind).map(({ itemId }) => itemId)
        const detail = toUnit ? {} : { from_user: fromUser, to_user: toUser }
        await sql`insert into alerts.event (alert_id, at, actor, kind, to_unit, detail)
          select alert_id, ${clock.now()}, 'system', 'handed_over', ${toUnit}, ${JSON.stringify(detail)}::jsonb
          from ${toUnit ? sql`alerts.unit_item` : sql`alerts.alert`} where alert_id::text = any (${ids}::text[])
            and state <> 'closed'`.execute(trx)
      }
    },
  }
}
