import { createHash } from 'node:crypto'
import { type Database, systemCaller } from '#ground/database/index.ts'
import { oneAfterTheOther, type Warehouse } from '#ground/warehouse/index.ts'
import type { Alerts, Exceptions } from '#rooms/alerts/index.ts'
import type { Calendar } from '#shared/calendar/index.ts'
import { fillReferenceRelations, type Judging, type Rules } from '#shared/rules/index.ts'

export const packs = ['fiscal', 'invoices'] as const
export type Pack = (typeof packs)[number]

/**
 * Makes what is in force today what the rules and the alerts work by: the relations of keywords, of exceptions and
 * of the calendar in the warehouse, and the packs' decision tables. Does nothing where nothing has changed since it was last done.
 */
export function bringingIntoForce(parts: {
  readonly database: Database
  readonly warehouse: Warehouse
  readonly calendar: Calendar
  readonly rules: Rules
  readonly alerts: Alerts
  readonly exceptions: Exceptions
  readonly judging: Judging
}): () => Promise<void> {
  const { database, warehouse, calendar, rules, alerts, exceptions, judging } = parts
  const done = new Map<string, string>()
  const ifChanged = async (name: string, content: unknown, work: () => Promise<void>) => {
    const fingerprint = createHash('sha256').update(JSON.stringify(content)).digest('hex')
    if (done.get(name) === fingerprint) return
    await work()
    done.set(name, fingerprint)
  }
  const bring = async () => {
    const { grading } = await rules.configuration.inForce()
    const keywords = await rules.configuration.datedKeywords()
    const days = await database.asCaller(systemCaller, (trx) => calendar.knownDays(trx))
    await ifChanged('grading', [...grading], () => alerts.prepare(grading))
    const granted = await exceptions.published()
    await ifChanged('exceptions', granted, async () => {
      await warehouse.writing((session) =>
        session.transaction(() => fillReferenceRelations(session, { exceptions: granted })),
      )
      judging.changed('rule_exception')
    })
    await ifChanged('reference', [keywords, days], async () => {
      await warehouse.writing((session) =>
        session.transaction(() => fillReferenceRelations(session, { keywords, calendar: days })),
      )
      for (const relation of ['keyword', 'calendar_day']) judging.changed(relation)
    })
  }
  // In turn: of two approvals at once the later one must not be overwritten by what the earlier one had read.
  const inTurn = oneAfterTheOther()
  return () => inTurn(bring)
}
