import { sql } from 'kysely'
import type { Caller, Database, Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import type { NewView, SavedView } from './views.schema.ts'

/** As many as fit beside each other above the list. */
const mostViews = 12

const tooMany = defineError(
  'alerts.too_many_views',
  409,
  '已保存 {most} 个视图，请先删除一个再保存。',
  '{most} views are saved already; delete one before saving another.',
)
const noSuchView = defineError('alerts.no_such_view', 404, '没有这个视图。', 'There is no such view.')

/** Each person's own views of the list of alerts; nobody sees another's. */
export interface Views {
  list(caller: Caller): Promise<readonly SavedView[]>
  /** Saving under a name that is taken replaces what it stood for. */
  save(caller: Caller, view: NewView): Promise<SavedView>
  remove(caller: Caller, viewId: string): Promise<void>
}

export function createViews({ database, clock }: { database: Database; clock: Clock }): Views {
  return {
    list: (caller) => database.asCaller(caller, ownViews),
    save: (caller, view) =>
      database.asCaller(caller, async (trx) => {
        // One after the other for one person: two windows may not pass the limit together.
        await sql`select pg_advisory_xact_lock(hashtextextended(${`alert-views ${caller.userId}`}, 0))`.execute(
          trx,
        )
        await sql`delete from alerts.saved_view where title = ${view.title}`.execute(trx)
        if ((await ownViews(trx)).length >= mostViews) throw tooMany({ most: mostViews })
        const { rows } =
          await sql<SavedView>`insert into alerts.saved_view (user_id, title, conditions, saved_at)
          values (${caller.userId}, ${view.title}, ${JSON.stringify(view.conditions)}::jsonb, ${clock.now()})
          returning view_id as "viewId", title, conditions`.execute(trx)
        const saved = rows[0]!
        await recordAudit(trx, { action: 'alerts.save_view', object: { kind: 'view', id: saved.viewId } })
        return saved
      }),
    remove: (caller, viewId) =>
      database.asCaller(caller, async (trx) => {
        const { numAffectedRows } =
          await sql`delete from alerts.saved_view where view_id = ${viewId}`.execute(trx)
        if (!numAffectedRows) throw noSuchView()
        await recordAudit(trx, { action: 'alerts.remove_view', object: { kind: 'view', id: viewId } })
      }),
  }
}

async function ownViews(trx: Trx): Promise<readonly SavedView[]> {
  const { rows } = await sql<SavedView>`select view_id as "viewId", title, conditions
    from alerts.saved_view order by view_id`.execute(trx)
  return rows
}
