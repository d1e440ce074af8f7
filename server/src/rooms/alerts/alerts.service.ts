import type { Caller, Database } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { alertNotFound } from './alerts.errors.ts'
import type { AlertListQuery, AlertRow } from './alerts.schema.ts'
import {
  type AlertHead,
  type EarlierAlert,
  type HitRow,
  readBeside,
  readEvents,
  readHead,
  readHits,
  type ToldEvent,
} from './detail.store.ts'
import { momentOf } from './handling.service.ts'
import { listAlerts } from './list.store.ts'
import { withFilesAndNames } from './told-events.ts'

export interface AlertDetail extends AlertHead {
  readonly hits: readonly HitRow[]
  readonly events: readonly ToldEvent[]
  readonly beside: { readonly unit: readonly EarlierAlert[]; readonly counterparty: readonly EarlierAlert[] }
}

/** Reading the office's alerts: as a list, and one with everything that explains it. */
export interface AlertDesk {
  list(
    caller: Caller,
    query: AlertListQuery,
  ): Promise<{ items: AlertRow[]; next: string | null; total?: { count: number; capped: boolean } }>
  detail(caller: Caller, alertId: string): Promise<AlertDetail>
}

export function createAlertDesk(dependencies: { database: Database; clock: Clock }): AlertDesk {
  const { database, clock } = dependencies
  return {
    list: (caller, query) =>
      database.asCaller(caller, (trx) => listAlerts(trx, query, momentOf(clock).today)),
    detail: (caller, alertId) =>
      database.asCaller(caller, async (trx) => {
        const head = await readHead(trx, alertId, momentOf(clock).today)
        if (!head) throw alertNotFound()
        await recordAudit(trx, {
          action: 'alerts.read',
          object: { kind: 'alert', id: alertId },
          unitCode: head.unitCode ?? undefined,
        })
        const hits = await readHits(trx, alertId)
        const events = await withFilesAndNames(trx, await readEvents(trx, alertId))
        return { ...head, hits, events, beside: await readBeside(trx, alertId) }
      }),
  }
}
