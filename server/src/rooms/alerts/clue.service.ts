import { sql } from 'kysely'
import type { Caller, Database, Trx } from '#ground/database/index.ts'
import { type Clock, shanghaiDate } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { postToRoles } from '#shared/notices/index.ts'
import type { Supervision } from '#shared/supervise/index.ts'
import { announce, appendEvents, lockAlerts } from './alert.store.ts'
import { alertNotFound, refusalError } from './alerts.errors.ts'

export interface ClueRow {
  readonly alertId: string
  readonly number: string
  readonly reason: string
  readonly handedOnBy: string
  readonly handedOnAt: string
}

export interface Clues {
  /**
   * Hands an alert on to the case managers as a clue. It stands beside the alert: no state, count, time or notice that
   * the unit can see changes, now or later.
   */
  handOn(caller: Caller, alertId: string, reason: string): Promise<ClueRow>
  /** Gives a clue back: the office handles the alert again. */
  takeBack(caller: Caller, alertId: string, reason: string): Promise<void>
  /** The clue of an alert that the caller sees, if it has been handed on. */
  read(trx: Trx, alertId: string): Promise<ClueRow | undefined>
}

export function createClues(dependencies: {
  database: Database
  clock: Clock
  supervision: Pick<Supervision, 'endWith'>
}): Clues {
  const { database, clock, supervision } = dependencies
  return {
    handOn: (caller, alertId, reason) =>
      database.asCaller(caller, async (trx) => {
        const at = clock.now()
        const [alert] = await lockAlerts(trx, [alertId])
        if (!alert) throw alertNotFound()
        if (alert.handedOn) throw refusalError('handed_on', alert.state)
        const clue = await insertClue(trx, alertId, reason, at)
        await appendEvents(
          trx,
          [alertId],
          { actor: 'office', kind: 'handed_on', toUnit: false, note: reason, detail: { clue: clue.number } },
          at,
        )
        await recordAudit(trx, {
          action: 'alerts.hand_on',
          object: { kind: 'alert', id: alertId },
          unitCode: alert.unitCode ?? undefined,
          detail: { clue: clue.number },
        })
        await postToRoles(
          trx,
          { roles: ['case_manager'], place: alert.orgPath, persons: alert.personKeys },
          {
            kind: 'alerts.clue',
            titleZh: `收到移送问题线索：${clue.number}`,
            titleEn: `A clue was handed on: ${clue.number}`,
            link: `/alerts/${alertId}`,
          },
          at,
        )
        await supervision.endWith(trx, caller, { room: 'alerts', subjectIds: [alertId], onlyOffice: true })
        await announce(trx, [alert], false)
        return clue
      }),
    takeBack: (caller, alertId, reason) =>
      database.asCaller(caller, async (trx) => {
        const { rows } = await sql<{ done: boolean }>`
          select alerts.take_back(${alertId}::uuid, ${reason}, ${clock.now()}::timestamptz) as done`.execute(
          trx,
        )
        if (!rows[0]!.done) throw alertNotFound()
        await recordAudit(trx, {
          action: 'alerts.take_back',
          object: { kind: 'alert', id: alertId },
        })
      }),
    read: async (trx, alertId) => {
      const { rows } = await sql<ClueRow>`select ${clueColumns} from alerts.clue
        where alert_id = ${alertId} and taken_back_at is null`.execute(trx)
      return rows[0]
    },
  }
}

const clueColumns = sql`alert_id as "alertId", number, reason, handed_on_by as "handedOnBy",
  handed_on_at::text as "handedOnAt"`

async function insertClue(trx: Trx, alertId: string, reason: string, at: Date): Promise<ClueRow> {
  const year = shanghaiDate(at).slice(0, 4)
  const { rows } = await sql<ClueRow>`insert into alerts.clue (alert_id, number, reason, handed_on_at)
    values (${alertId}, 'YX' || ${year} || lpad(nextval('alerts.clue_number')::text, 6, '0'), ${reason}, ${at})
    on conflict (alert_id) do update set number = excluded.number, reason = excluded.reason,
      handed_on_by = excluded.handed_on_by, handed_on_at = excluded.handed_on_at, taken_back_at = null,
      taken_back_reason = null
    returning ${clueColumns}`.execute(trx)
  await sql`update alerts.alert set handed_on_at = ${at}, version = version + 1 where alert_id = ${alertId}`.execute(
    trx,
  )
  return rows[0]!
}
