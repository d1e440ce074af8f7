import type { Caller, Database, Trx } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { requireOwnUploads } from '#shared/files/index.ts'
import { announce, appendEvents } from './alert.store.ts'
import { alertChanged, alertNotFound, attachmentOwed, contactOwed, refusalError } from './alerts.errors.ts'
import { decide, type UnitState } from './alerts.rules.ts'
import type { UnitItemRow } from './alerts.schema.ts'
import type { HitRow, ToldEvent } from './detail.store.ts'
import { momentOf } from './handling.service.ts'
import { type OwedAnswer, owedAnswer, type Policies } from './pack-policy.ts'
import { withFilesAndNames } from './told-events.ts'
import { listUnitItems, readDisclosedHits, readUnitEvents, readUnitItem, stepOfUnit } from './unit.store.ts'

export interface UnitAnswer {
  readonly text: string
  readonly contact?: string | undefined
  readonly recoveredAmount?: string | undefined
  readonly files: readonly string[]
  readonly version?: number | undefined
}

export interface UnitItemDetail extends UnitItemRow {
  readonly hits: readonly HitRow[]
  readonly events: readonly ToldEvent[]
  readonly owed: OwedAnswer
}

/** What a supervised unit can do: see what was dispatched to it, explain it, report the rectification. */
export interface UnitDesk {
  list(
    caller: Caller,
    query: { state?: UnitState | undefined; cursor?: string | undefined; limit: number },
  ): Promise<{ items: UnitItemRow[]; next: string | null; open: number }>
  detail(caller: Caller, alertId: string): Promise<UnitItemDetail>
  explain(caller: Caller, alertId: string, answer: UnitAnswer): Promise<UnitItemDetail>
  rectify(caller: Caller, alertId: string, answer: UnitAnswer): Promise<UnitItemDetail>
}

export function createUnitDesk(dependencies: {
  database: Database
  clock: Clock
  policies: Policies
}): UnitDesk {
  const { database, clock, policies } = dependencies
  const answer =
    (action: 'explain' | 'rectify', to: 'explained' | 'rectified') =>
    async (caller: Caller, alertId: string, given: UnitAnswer) =>
      database.asCaller(caller, async (trx) => {
        const moment = momentOf(clock)
        const item = await readUnitItem(trx, alertId, moment.today)
        if (!item) throw alertNotFound()
        if (given.version !== undefined && given.version !== item.version) throw alertChanged()
        const decision = decide(
          { state: item.state, dispatched: true, overdue: item.overdue, handedOn: false },
          action,
          'unit',
        )
        if ('refused' in decision) throw refusalError(decision.refused, item.state)
        if (action === 'explain') checkOwed(owedAnswer(policies, item.pack, item.level), given)
        await requireOwnUploads(trx, given.files)
        await appendEvents(
          trx,
          [alertId],
          {
            actor: 'unit',
            kind: action,
            toUnit: true,
            note: given.text,
            files: given.files,
            detail: { contact: given.contact ?? null, recovered: given.recoveredAmount ?? null },
          },
          moment.at,
        )
        if (!(await stepOfUnit(trx, alertId, to, moment.at, given.recoveredAmount ?? null)))
          throw alertChanged()
        await recordAudit(trx, { action: `alerts.${action}`, object: { kind: 'alert', id: alertId } })
        await announce(trx, [{ alertId, orgPath: caller.scope }], true)
        return detailOf(trx, policies, alertId, moment.today)
      })
  return {
    list: (caller, query) =>
      database.asCaller(caller, (trx) => listUnitItems(trx, query, momentOf(clock).today)),
    detail: (caller, alertId) =>
      database.asCaller(caller, async (trx) => {
        const detail = await detailOf(trx, policies, alertId, momentOf(clock).today)
        await recordAudit(trx, { action: 'alerts.read_own', object: { kind: 'alert', id: alertId } })
        return detail
      }),
    explain: answer('explain', 'explained'),
    rectify: answer('rectify', 'rectified'),
  }
}

function checkOwed({ attachment, contact }: OwedAnswer, given: UnitAnswer): void {
  if (attachment && given.files.length === 0) throw attachmentOwed()
  if (contact && !given.contact) throw contactOwed()
}

async function detailOf(
  trx: Trx,
  policies: Policies,
  alertId: string,
  today: string,
): Promise<UnitItemDetail> {
  const item = await readUnitItem(trx, alertId, today)
  if (!item) throw alertNotFound()
  const hits = await readDisclosedHits(trx, alertId)
  const events = await withFilesAndNames(trx, await readUnitEvents(trx, alertId))
  return { ...item, hits, events, owed: owedAnswer(policies, item.pack, item.level) }
}
