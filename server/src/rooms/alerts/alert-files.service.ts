import { sql } from 'kysely'
import type { Caller, Database, Trx } from '#ground/database/index.ts'
import { fileNotFound, type OpenFile } from '#shared/files/index.ts'
import type { AttachedFiles } from './file-port.ts'

/** Reading what is attached to the steps of an alert: whoever sees the step reads its attachments, and nobody else. */
export interface AlertFiles {
  /** For the office, of any step of an alert in its sight. */
  ofAlert(caller: Caller, alertId: string, fileId: string): Promise<OpenFile>
  /** For the unit, of the steps that it may see. */
  ofUnitItem(caller: Caller, alertId: string, fileId: string): Promise<OpenFile>
}

export function createAlertFiles(dependencies: { database: Database; files: AttachedFiles }): AlertFiles {
  const { database, files } = dependencies
  const reading =
    (side: Side) =>
    (caller: Caller, alertId: string, fileId: string): Promise<OpenFile> =>
      database.asCaller(caller, async (trx) => {
        if (!(await isAttached(trx, side, alertId, fileId))) throw fileNotFound()
        return files.open(trx, fileId, { kind: side, id: alertId })
      })
  return { ofAlert: reading('alert'), ofUnitItem: reading('unit_item') }
}

type Side = 'alert' | 'unit_item'

/** Whether a step of the record holds the file; the policies of both tables decide what the caller sees of them. */
async function isAttached(trx: Trx, side: Side, alertId: string, fileId: string): Promise<boolean> {
  const { rows } = await sql<{ attached: boolean }>`select exists (select from alerts.event e
      join ${sql.table(`alerts.${side}`)} using (alert_id)
      where e.alert_id = ${alertId}::uuid and ${fileId}::uuid = any (e.files)
        and ${side === 'unit_item' ? sql`e.to_unit` : sql`true`}) as attached`.execute(trx)
  return rows[0]!.attached
}
