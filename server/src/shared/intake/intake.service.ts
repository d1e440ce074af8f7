import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Caller, type Database, systemCaller, type Trx } from '#ground/database/index.ts'
import { decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { inSession, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import type { Dataset } from '#shared/datasets/index.ts'
import { refuseClassifiedFile } from '#shared/files/index.ts'
import { loadable, mayFollow } from './batch.rules.ts'
import {
  insertBatch,
  insertFaults,
  listBatches,
  loadingBatches,
  lockBatch,
  markJudged,
  moveBatch,
  readFaults,
  type UnjudgedBatch,
  unjudgedBatches,
} from './batch.store.ts'
import { checkFile, keptFaults } from './checking.ts'
import { sniffForm } from './file-form.ts'
import { knownFile, noBatch, noDataset, notLoadable, notNow, overwritten } from './intake.errors.ts'
import type { Batch, RefusedSheet } from './intake.schema.ts'
import { countOpenConflicts, insertConflicts, withdrawConflicts } from './invoices/conflict.store.ts'
import { createConflicts, type InvoiceConflicts } from './invoices/conflicts.service.ts'
import { forgetArriving, mergeInvoices, prepareMerging } from './invoices/merge.ts'
import { laidAside } from './invoices/versions.ts'
import { type KeptRows, keptRowsFile, withKeptRows } from './kept-rows.ts'
import { partsOf } from './posted-record.ts'
import { createPosting, type PostAnswer, type PostRequest } from './posting.service.ts'
import { clearArrivals, keepWaiting } from './quarantine.ts'
import { receive, type SentFile } from './receiving.ts'
import { refusedRowsFile, refusedSheet } from './refused-rows.ts'
import { loadedDatasets, type Target, targetByName } from './targets.ts'
import {
  isMarked,
  isOverwritten,
  type LoadCounts,
  loadWhole,
  prepareWarehouse,
  takeRows,
  undoWhole,
} from './warehouse-load.ts'

export interface Intake {
  /** Invoices on which two sources disagree. */
  readonly conflicts: InvoiceConflicts
  /** Clears what a stop left behind, and says of interrupted loadings whether they were finished. At every start. */
  recover(): Promise<void>
  /** Takes a file, or several that belong together, into quarantine and checks it; nothing is loaded. */
  check(
    caller: Caller,
    dataset: string,
    sent: SentFile | AsyncIterable<SentFile>,
    /** Runs in the transaction that puts the batch on record. */
    also?: (trx: Trx, batchId: string) => Promise<void>,
  ): Promise<Batch>
  /** Takes records through the interface: checked, loaded and answered in one request. */
  post(caller: Caller, dataset: string, request: PostRequest): Promise<PostAnswer>
  /** Loads a checked batch: all of it, or its good rows. */
  load(caller: Caller, batchId: string, mode: 'all' | 'good'): Promise<Batch>
  /** Takes a loaded batch out again and puts back what it had replaced. */
  undo(caller: Caller, batchId: string): Promise<Batch>
  list(
    caller: Caller,
    query: { dataset?: string | undefined; cursor?: string | undefined; limit: number },
  ): Promise<{ items: Batch[]; next: string | null }>
  detail(
    caller: Caller,
    batchId: string,
  ): Promise<Batch & { faults: Awaited<ReturnType<typeof readFaults>>; openConflicts: number }>
  /** Every fault that is kept of a batch. */
  allFaults(caller: Caller, batchId: string): ReturnType<typeof readFaults>
  /** The first refused rows of a checked batch, for the screen; none where nothing was refused. */
  refusedSheet(caller: Caller, batchId: string): Promise<RefusedSheet>
  /** A checked batch's refused rows with their reasons, in the wanted form; throws where there are none. */
  refusedRows(caller: Caller, batchId: string, form: 'csv' | 'xlsx'): Promise<NodeJS.ReadableStream>
  /** Batches that the rules have not looked at since they were loaded; all of them, or the one if it is. */
  unjudged(trx: Trx, batchId?: string): Promise<readonly UnjudgedBatch[]>
  /** Notes that the rules have looked at a batch, or at all that is loaded. */
  markJudged(trx: Trx, batchId?: string): Promise<void>
  close(): Promise<void>
}

export interface IntakeDependencies {
  readonly database: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  /** Where files wait; below DATA_DIR. */
  readonly folder: string
  readonly allowDemo: boolean
  readonly memoryMegabytes: number
  /** Told after rows of a dataset were loaded or taken out, with the writing session: other stores follow. */
  onChanged(dataset: string, session: WarehouseSession): Promise<void>
  /** Told after a batch is loaded and on record. */
  onLoaded(batchId: string): void
  /** Told after a batch of the dataset was undone and that is on record. */
  onUndone?(dataset: string): Promise<void>
}

/** Faults that a batch's page shows at once. */
const shownFaults = 200

export function createIntake(dependencies: IntakeDependencies): Intake {
  const { database, folder } = dependencies
  const posting = createPosting(dependencies)
  return {
    conflicts: createConflicts(dependencies),
    recover: async () => {
      await recover(dependencies)
      await posting.recover()
    },
    check: (caller, name, sent, also) => check(dependencies, caller, targetOf(name), { sent, also }),
    post: async (caller, name, request) => posting.post(caller, datasetOf(name), request),
    load: (caller, batchId, mode) => load(dependencies, caller, batchId, mode),
    undo: (caller, batchId) => undo(dependencies, caller, batchId),
    list: (caller, query) =>
      database.asCaller(caller, async (trx) => {
        const before = query.cursor ? (decodeCursor(query.cursor) as readonly [string, string]) : undefined
        const rows = await listBatches(trx, { ...query, limit: query.limit + 1 }, before)
        const items = rows.slice(0, query.limit)
        const last = rows.length > query.limit ? items.at(-1) : undefined
        return { items, next: last ? encodeCursor([last.uploadedAt, last.batchId]) : null }
      }),
    detail: (caller, batchId) =>
      database.asCaller(caller, async (trx) => {
        const batch = await lockBatch(trx, batchId)
        if (!batch) throw noBatch()
        const { sha256: _hash, ...shown } = batch
        return {
          ...shown,
          faults: await readFaults(trx, batchId, shownFaults),
          openConflicts: await countOpenConflicts(trx, batchId),
        }
      }),
    allFaults: (caller, batchId) => database.asCaller(caller, (trx) => readFaults(trx, batchId, keptFaults)),
    refusedSheet: (caller, batchId) =>
      database.asCaller(caller, async (trx) => {
        const batch = await lockBatch(trx, batchId)
        if (!batch) throw noBatch()
        const file = refusedFile(folder, batchId)
        const none = { columns: [], rows: [] }
        return existsSync(file) ? refusedSheet(targetOf(batch.dataset).source, file, shownFaults) : none
      }),
    refusedRows: (caller, batchId, form) =>
      database.asCaller(caller, async (trx) => {
        const batch = await lockBatch(trx, batchId)
        if (!batch || batch.refusedRows === 0 || batch.posted) throw noBatch()
        await recordAudit(trx, {
          action: 'intake.refused_rows',
          object: { kind: 'intake_batch', id: batchId },
        })
        return refusedRowsFile(targetOf(batch.dataset).source, refusedFile(folder, batchId), form)
      }),
    unjudged: async (trx, batchId) =>
      (await unjudgedBatches(trx, batchId)).map((batch) => ({
        ...batch,
        // Invoices in layouts of their own are judged as what they have become.
        dataset: targetOf(batch.dataset).datasets[0]!.name,
      })),
    markJudged: (trx, batchId) => markJudged(trx, dependencies.clock.now(), batchId),
    close: posting.close,
  }
}

function datasetOf(name: string): Dataset {
  const dataset = loadedDatasets.find((candidate) => candidate.name === name)
  if (!dataset) throw noDataset()
  return dataset
}

function targetOf(name: string): Target {
  const target = targetByName(name)
  if (!target) throw noDataset()
  return target
}

function refusedFile(folder: string, batchId: string): string {
  return join(folder, `${batchId}.refused.csv`)
}

async function recover({ database, warehouse, clock, folder }: IntakeDependencies): Promise<void> {
  await clearArrivals(folder)
  await warehouse.writing(async (session) => {
    await prepareWarehouse(session, loadedDatasets)
    await prepareMerging(session)
    await database.asCaller(systemCaller, async (trx) => {
      for (const batchId of await loadingBatches(trx)) {
        const whole = await isMarked(session, batchId)
        await moveBatch(trx, batchId, whole ? 'loaded' : 'checked')
        if (whole) await insertConflicts(trx, batchId, await laidAside(session, batchId), clock.now())
      }
    })
  })
}

async function check(
  dependencies: IntakeDependencies,
  caller: Caller,
  target: Target,
  {
    sent,
    also,
  }: {
    sent: SentFile | AsyncIterable<SentFile>
    also: ((trx: Trx, batchId: string) => Promise<void>) | undefined
  },
): Promise<Batch> {
  const { database, clock, folder, allowDemo, memoryMegabytes } = dependencies
  const { name, ...arrived } = await receive(folder, sent)
  const refusedRows = `${arrived.path}.refused`
  const goodRows = `${arrived.path}.rows`
  try {
    await refuseClassifiedFile(arrived.path, name)
    const sniffed = await sniffForm(arrived.path, name)
    const checked = await checkFile(target, { path: arrived.path, name }, sniffed, {
      folder,
      refusedFile: refusedRows,
      rowsFile: goodRows,
      allowDemo,
      memoryMegabytes,
    })
    return await database.asCaller(caller, async (trx) => {
      const batch = await insertBatch(trx, {
        dataset: target.name,
        fileName: name.slice(-200) || 'file.csv',
        form: sniffed.form ?? 'csv',
        sha256: arrived.sha256,
        byteCount: arrived.byteCount,
        state: checked.readable ? 'checked' : 'refused',
        totalRows: checked.total,
        refusedRows: checked.refused,
        uploadedBy: caller.userId,
        uploadedAt: clock.now(),
      })
      await insertFaults(trx, batch.batchId, checked.faults)
      await also?.(trx, batch.batchId)
      await recordAudit(trx, {
        action: 'intake.check',
        object: { kind: 'intake_batch', id: batch.batchId },
        detail: { dataset: target.name, rows: checked.total, refused: checked.refused },
      })
      if (checked.readable) {
        await keepWaiting(folder, arrived, batch.batchId)
        await rename(goodRows, keptRowsFile(folder, batch.batchId))
      }
      if (checked.refused > 0)
        await keepWaiting(folder, { ...arrived, path: refusedRows }, `${batch.batchId}.refused`)
      return batch
    })
  } finally {
    await rm(arrived.path, { force: true })
    await rm(refusedRows, { force: true })
    await rm(goodRows, { force: true })
  }
}

async function load(
  dependencies: IntakeDependencies,
  caller: Caller,
  batchId: string,
  mode: 'all' | 'good',
): Promise<Batch> {
  const { database, warehouse, clock, folder } = dependencies
  const batch = await database.asCaller(caller, async (trx) => {
    const found = await lockBatch(trx, batchId)
    if (!found) throw noBatch()
    if (!mayFollow(found.state, 'loading')) throw notNow({ state: found.state })
    if (!loadable(mode, { total: found.totalRows, refused: found.refusedRows }))
      throw notLoadable({ refused: found.refusedRows })
    const decided = { mode, decidedBy: caller.userId, decidedAt: clock.now() }
    return moveBatch(trx, batchId, 'loading', decided).catch((error: { constraint?: string }) => {
      throw error.constraint === 'one_live_batch_of_a_file' ? knownFile() : error
    })
  })
  const target = targetOf(batch.dataset)
  try {
    const counts = await warehouse.writing(async (session) => {
      const loaded = await withKeptRows(session, target.datasets, keptRowsFile(folder, batchId), (rowsOf) =>
        loadWhole(session, batchId, () => take(session, target, batchId, rowsOf)),
      )
      for (const { name } of target.datasets) await dependencies.onChanged(name, session)
      return loaded
    })
    await rm(keptRowsFile(folder, batchId), { force: true })
    const aside = await inSession(warehouse.open, (session) => laidAside(session, batchId))
    const loaded = await settle(database, caller, batchId, 'loaded', counts, {
      detail: { dataset: target.name, mode, ...counts },
      also: (trx) => insertConflicts(trx, batchId, aside, clock.now()),
    })
    dependencies.onLoaded(batchId)
    return loaded
  } catch (error) {
    const whole = await inSession(warehouse.open, (session) => isMarked(session, batchId))
    if (!whole) await database.asCaller(caller, (trx) => moveBatch(trx, batchId, 'checked'))
    throw error
  }
}

function take(
  session: WarehouseSession,
  target: Target,
  batchId: string,
  rowsOf: KeptRows,
): Promise<LoadCounts> {
  if (target.layout) return mergeInvoices(session, batchId, rowsOf)
  const dataset = target.datasets[0]!
  return takeRows(session, dataset, batchId, rowsOf(dataset))
}

async function undo(dependencies: IntakeDependencies, caller: Caller, batchId: string): Promise<Batch> {
  const { database, warehouse } = dependencies
  const batch = await database.asCaller(caller, (trx) => lockBatch(trx, batchId))
  if (!batch) throw noBatch()
  if (!mayFollow(batch.state, 'undone')) throw notNow({ state: batch.state })
  const target = targetOf(batch.dataset)
  // Records that were posted may have brought lines along.
  const parts = target.layout ? target.datasets : partsOf(target.datasets[0]!)
  await warehouse.writing(async (session) => {
    for (const part of parts) if (await isOverwritten(session, part, batchId)) throw overwritten()
    await undoWhole(session, parts, batchId)
    await forgetArriving(session, batchId)
    for (const { name } of parts) await dependencies.onChanged(name, session)
  })
  const undone = await settle(
    database,
    caller,
    batchId,
    'undone',
    {},
    {
      detail: { dataset: target.name },
      also: (trx) => withdrawConflicts(trx, batchId),
    },
  )
  await dependencies.onUndone?.(target.name)
  return undone
}

function settle(
  database: Database,
  caller: Caller,
  batchId: string,
  state: 'loaded' | 'undone',
  change: Parameters<typeof moveBatch>[3],
  { detail, also }: { detail: Readonly<Record<string, string | number>>; also: (trx: Trx) => Promise<void> },
): Promise<Batch> {
  return database.asCaller(caller, async (trx) => {
    const moved = await moveBatch(trx, batchId, state, change)
    await also(trx)
    await recordAudit(trx, {
      action: `intake.${state}`,
      object: { kind: 'intake_batch', id: batchId },
      detail,
    })
    return moved
  })
}
