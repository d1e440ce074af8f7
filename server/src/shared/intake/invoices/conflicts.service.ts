import type { Caller, Database } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { inSession, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import { askedFor, recordAudit } from '#shared/audit/index.ts'
import { type Column, datasetByName } from '#shared/datasets/index.ts'
import type { Conflict, ConflictDetail, ConflictQuery, Decision, InvoiceVersion } from './conflict.schema.ts'
import { listConflicts, lockConflict, type StoredConflict, settleConflict } from './conflict.store.ts'
import { arrivingVersion, replaceStanding, standingVersion } from './versions.ts'

const noConflict = defineError(
  'intake.no_conflict',
  404,
  '没有这条发票冲突。',
  'There is no such conflict of invoices.',
)
const alreadyDecided = defineError(
  'intake.conflict_decided',
  409,
  '这条冲突已经处理，请刷新页面。',
  'This conflict has been settled already; reload the page.',
)
const noStanding = defineError(
  'intake.no_standing_invoice',
  409,
  '库中已没有这张发票，不能保留；请采用新到的一份。',
  'The invoice is no longer in store and cannot be kept; take the arriving one.',
)

/** Invoices of which two sources say different things: nothing is overwritten before a person has decided. */
export interface InvoiceConflicts {
  list(caller: Caller, query: ConflictQuery): Promise<{ items: Conflict[]; next: string | null }>
  detail(caller: Caller, conflictId: string): Promise<ConflictDetail>
  decide(caller: Caller, conflictId: string, decision: Decision): Promise<ConflictDetail>
}

export interface ConflictsDependencies {
  readonly database: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  onChanged(dataset: string, session: WarehouseSession): Promise<void>
}

export function createConflicts(dependencies: ConflictsDependencies): InvoiceConflicts {
  const { database, warehouse } = dependencies
  const detail = async (caller: Caller, conflictId: string) => {
    const found = await database.asCaller(caller, async (trx) => {
      const conflict = await lockConflict(trx, conflictId)
      if (!conflict) throw noConflict()
      await recordAudit(trx, {
        action: 'intake.read_conflict',
        object: { kind: 'invoice_conflict', id: conflictId },
      })
      return conflict
    })
    return shown(found, await inSession(warehouse.open, (session) => versions(session, found)))
  }
  return {
    list: (caller, query) =>
      database.asCaller(caller, async (trx) => {
        const before = query.cursor ? (decodeCursor(query.cursor) as readonly [string, string]) : undefined
        const rows = await listConflicts(trx, { ...query, limit: query.limit + 1 }, before)
        const items = rows.slice(0, query.limit)
        const last = rows.length > query.limit ? items.at(-1) : undefined
        await recordAudit(trx, {
          action: 'intake.search_conflicts',
          detail: { ...askedFor(query), shown: items.length },
        })
        return { items, next: last ? encodeCursor([last.foundAt, last.conflictId]) : null }
      }),
    detail,
    decide: async (caller, conflictId, decision) => {
      await decide(dependencies, caller, conflictId, decision)
      return detail(caller, conflictId)
    },
  }
}

interface Versions {
  readonly standing: InvoiceVersion | null
  readonly arriving: InvoiceVersion
}

/** As they are now while the conflict is open, as they were when it was settled afterwards. */
async function versions(session: WarehouseSession, conflict: StoredConflict): Promise<Versions> {
  if (conflict.arriving) return { standing: conflict.standing, arriving: conflict.arriving }
  const key = { code: conflict.invoiceCode, number: conflict.invoiceNo }
  const arriving = await arrivingVersion(session, conflict.batchId, key)
  return {
    standing: await standingVersion(session, key),
    arriving: arriving ?? { head: {}, lines: [] },
  }
}

/** The warehouse is written first: were the decision lost behind it, it could be made once more with the same result. */
async function decide(
  { database, warehouse, clock, onChanged }: ConflictsDependencies,
  caller: Caller,
  conflictId: string,
  { keep, reason }: Decision,
): Promise<void> {
  await database.asCaller(caller, async (trx) => {
    const conflict = await lockConflict(trx, conflictId)
    if (!conflict) throw noConflict()
    if (conflict.state !== 'open') throw alreadyDecided()
    const key = { code: conflict.invoiceCode, number: conflict.invoiceNo }
    const found = await warehouse.writing(async (session) => {
      const both = await versions(session, conflict)
      if (keep === 'standing' && !both.standing) throw noStanding()
      if (keep === 'arriving') {
        await replaceStanding(session, conflict.batchId, key)
        for (const dataset of ['invoice', 'invoice_line']) await onChanged(dataset, session)
      }
      return both
    })
    const state = keep === 'arriving' ? 'replaced' : 'kept'
    await settleConflict(trx, conflictId, {
      ...found,
      state,
      reason,
      decidedBy: caller.userId,
      decidedAt: clock.now(),
    })
    await recordAudit(trx, {
      action: `intake.conflict_${state}`,
      object: { kind: 'invoice_conflict', id: conflictId },
      detail: { number: conflict.invoiceNo, code: conflict.invoiceCode, reason },
    })
  })
}

const heads = datasetByName('invoice')!.columns
const lines = datasetByName('invoice_line')!.columns
const keyColumns = ['invoice_code', 'invoice_no']
/** Where a version comes from is no part of what it says. */
const sourceColumn = 'feed'

function shown(conflict: StoredConflict, { standing, arriving }: Versions): ConflictDetail {
  const differs = (name: string) => {
    const [left, right] = [standing?.head[name] ?? null, arriving.head[name] ?? null]
    return name !== sourceColumn && left !== null && right !== null && left !== right
  }
  const { standing: _then, arriving: _thenToo, ...rest } = conflict
  return {
    ...rest,
    standing,
    arriving,
    fields: fieldsOf(heads).map((field) => ({ ...field, differs: differs(field.name) })),
    lineFields: fieldsOf(lines),
    linesDiffer: standing !== null && JSON.stringify(standing.lines) !== JSON.stringify(arriving.lines),
  }
}

function fieldsOf(columns: Readonly<Record<string, Column>>) {
  return Object.entries(columns)
    .filter(([name]) => !keyColumns.includes(name))
    .map(([name, { title, choices }]) => ({ name, title, choices: { ...choices } }))
}
