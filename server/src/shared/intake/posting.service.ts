import { createHash } from 'node:crypto'
import { asProduct, type Caller, type Database, systemCaller } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import {
  copyRows,
  inSession,
  oneAfterTheOther,
  quoted,
  type Warehouse,
  type WarehouseSession,
} from '#ground/warehouse/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import {
  type Dataset,
  openRecordChecks,
  type PostedRecord,
  type RecordChecks,
} from '#shared/datasets/index.ts'
import type { FeedCaller } from '#shared/identity/index.ts'
import { insertFaults } from './batch.store.ts'
import { datasetNotGranted, keyUsed, wholeProvinceOnly } from './intake.errors.ts'
import { insertConflicts } from './invoices/conflict.store.ts'
import { knowsAny, mergeInvoices } from './invoices/merge.ts'
import { laidAside } from './invoices/versions.ts'
import { type CheckedPost, checkPost, partsOf } from './posted-record.ts'
import type { Posted } from './posting.schema.ts'
import { claimKey, insertPostedBatch, keepAnswer, unansweredPosts, unitsOutside } from './posting.store.ts'
import { type LoadCounts, takeRows } from './warehouse-load.ts'

export interface PostRequest {
  readonly mode: 'all' | 'good'
  readonly key: string
  readonly records: readonly PostedRecord[]
}

export interface PostAnswer {
  readonly status: number
  readonly answer: Posted
  /** Whether the request had been answered before, and this is that answer. */
  readonly replayed: boolean
}

export interface Posting {
  /** Checks and loads records: all of them or nothing, or the good ones. The same request again changes nothing. */
  post(caller: Caller, dataset: Dataset, request: PostRequest): Promise<PostAnswer>
  /** Puts batches on record whose request was broken off after their rows were in the warehouse. At every start. */
  recover(): Promise<void>
  close(): Promise<void>
}

export interface PostingDependencies {
  readonly database: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly allowDemo: boolean
  onChanged(dataset: string, session: WarehouseSession): Promise<void>
  onLoaded(batchId: string): void
}

type Outcome = Omit<Posted, 'batchId' | 'faults' | 'faultCount'>

/** Faults in an answer, and faults kept with the batch. */
const answeredFaults = 1000
const keptFaults = 10_000

export function createPosting(dependencies: PostingDependencies): Posting {
  const { database, warehouse } = dependencies
  let checks: Promise<RecordChecks> | undefined
  const inTurn = oneAfterTheOther()
  const underWay = new Map<string, Promise<PostAnswer>>()

  const post = async (caller: Caller, dataset: Dataset, request: PostRequest): Promise<PostAnswer> => {
    const body = JSON.stringify([dataset.name, request.mode, request.records])
    const bodyHash = createHash('sha256')
      .update(`${caller.userId} ${request.key} `)
      .update(body)
      .digest('hex')
    const at = dependencies.clock.now()
    const claim = await database.asCaller(caller, (trx) =>
      claimKey(trx, { sender: caller.userId, key: request.key, bodyHash, at }),
    )
    if (claim.bodyHash !== bodyHash) throw keyUsed()
    if (claim.answer) return { status: claim.status!, answer: claim.answer, replayed: true }
    const outside = await outsideOf(database, caller, dataset, request.records)
    const { checked, outcome } = await inTurn(async () => {
      checks ??= openRecordChecks(dependencies.allowDemo)
      const checked = await checkPost(await checks, dataset, request.records, outside)
      return { checked, outcome: await load(dependencies, dataset, request, claim.batchId, checked) }
    })
    const { batchId } = claim
    const { faults } = checked
    const aside = await asideOf(warehouse, outcome, batchId)
    const answer: Posted = {
      batchId,
      ...outcome,
      faults: faults.slice(0, answeredFaults),
      faultCount: faults.length,
    }
    const status = outcome.state === 'loaded' ? 201 : 422
    await database.asCaller(caller, async (trx) => {
      const { key } = request
      const batch = {
        batchId,
        sender: caller.userId,
        key,
        bodyHash,
        byteCount: Buffer.byteLength(body),
        at,
        outcome,
      }
      const fresh = await insertPostedBatch(trx, batch)
      if (fresh && aside.length > 0)
        await asProduct(trx, caller, () => insertConflicts(trx, batchId, aside, at))
      if (fresh && faults.length > 0)
        await insertFaults(trx, batchId, faults.slice(0, keptFaults).map(asRowFault))
      await keepAnswer(trx, batchId, status, answer)
      const { records: total, refusedRecords, newRecords, changedRecords, conflicts } = outcome
      await recordAudit(trx, {
        action: 'intake.post',
        object: { kind: 'intake_batch', id: batchId },
        detail: {
          dataset: dataset.name,
          state: outcome.state,
          total,
          refusedRecords,
          newRecords,
          changedRecords,
          conflicts,
        },
      })
    })
    if (outcome.state === 'loaded') dependencies.onLoaded(batchId)
    return { status, answer, replayed: false }
  }

  return {
    post: (caller, dataset, request) => {
      refuseForeign(caller, dataset)
      const name = `${caller.userId} ${request.key}`
      // The same key twice at once: the second finds the first one's answer.
      const before = underWay.get(name)?.catch(() => {}) ?? Promise.resolve()
      const mine = before.then(() => post(caller, dataset, request))
      underWay.set(name, mine)
      const forget = () => {
        if (underWay.get(name) === mine) underWay.delete(name)
      }
      mine.then(forget, forget)
      return mine
    },
    recover: () =>
      inSession(warehouse.open, (session) =>
        database.asCaller(systemCaller, async (trx) => {
          for (const post of await unansweredPosts(trx)) {
            const outcome = await storedOutcome(session, post.batchId)
            if (!outcome) continue
            await insertPostedBatch(trx, { ...post, at: post.postedAt, byteCount: 0, outcome })
            await insertConflicts(trx, post.batchId, await laidAside(session, post.batchId), post.postedAt)
          }
        }),
      ),
    close: async () => {
      await Promise.allSettled(underWay.values())
      await (await checks)?.close()
    },
  }
}

/** A machine brings the datasets that its token names, and lines count as a dataset of their own. */
function refuseForeign(caller: Caller, dataset: Dataset): void {
  const granted = caller.roles.includes('feed') ? (caller as FeedCaller).datasets : undefined
  if (granted && partsOf(dataset).some(({ name }) => !granted.includes(name))) throw datasetNotGranted()
}

/** Says of a unit whether it lies outside the caller's part of the tree; nothing does for the whole province. */
async function outsideOf(
  database: Database,
  caller: Caller,
  dataset: Dataset,
  records: readonly PostedRecord[],
): Promise<(unitCode: string) => boolean> {
  if (caller.scope === systemCaller.scope) return () => false
  const { unitColumn } = dataset
  if (!unitColumn) throw wholeProvinceOnly()
  const codes = new Set(records.map((record) => String(record[unitColumn] ?? '')))
  const outside = await database.asCaller(caller, (trx) => unitsOutside(trx, caller.scope, [...codes]))
  return (code) => outside.has(code)
}

/** Loads what may be loaded, once: a request that was broken off after its rows were in finds them there. */
async function load(
  { warehouse, onChanged }: PostingDependencies,
  dataset: Dataset,
  { mode, records }: PostRequest,
  batchId: string,
  checked: CheckedPost,
): Promise<Outcome> {
  const refusedRecords = checked.refused.size
  const base = { dataset: dataset.name, mode, records: records.length, refusedRecords }
  const loadable = mode === 'all' ? refusedRecords === 0 : refusedRecords < records.length
  if (!loadable)
    return { ...base, state: 'refused', newRecords: 0, changedRecords: 0, equalRecords: 0, conflicts: 0 }
  return warehouse.writing(async (session) => {
    const before = await storedOutcome(session, batchId)
    if (before) return before
    const outcome = await session.transaction(async () => {
      const counts = await takeParts(session, checked, batchId)
      const outcome: Outcome = {
        ...base,
        state: 'loaded',
        newRecords: counts.newRows,
        changedRecords: counts.changedRows,
        equalRecords: counts.equalRows,
        conflicts: counts.conflicts ?? 0,
      }
      await session.run('insert into intake_marker values ($batch)', { batch: batchId })
      await session.run('insert into posted_outcome values ($batch, $outcome)', {
        batch: batchId,
        outcome: JSON.stringify(outcome),
      })
      return outcome
    })
    for (const { dataset: part } of checked.parts) await onChanged(part.name, session)
    return outcome
  })
}

/**
 * Takes the parts of a request in. Invoices are merged as those of files are: what another source says otherwise is laid
 * aside for somebody to decide. The counts are those of the records themselves, the first part; lines follow them.
 */
async function takeParts(
  session: WarehouseSession,
  checked: CheckedPost,
  batchId: string,
): Promise<LoadCounts> {
  const [records] = checked.parts
  const arrived = (dataset: Dataset) => `select ${namesOf(dataset)} from ${postedTable(dataset)}`
  try {
    for (const { dataset, checked: rows, without } of checked.parts) {
      await session.run(
        `create temp table ${postedTable(dataset)} as select ${namesOf(dataset)} from ${session.stored(dataset.name)} limit 0`,
      )
      const columns = Object.keys(dataset.columns)
      await copyRows(rows.session, rows.goodRows(without), session, {
        table: `posted_${dataset.name}`,
        columns,
      })
    }
    const { dataset: first } = records!
    if (first.name === 'invoice' && (await knowsAny(session, arrived(first))))
      return await mergeInvoices(session, batchId, arrived, { posted: true })
    const counts: LoadCounts[] = []
    for (const { dataset } of checked.parts)
      counts.push(await takeRows(session, dataset, batchId, arrived(dataset)))
    return counts[0]!
  } finally {
    for (const { dataset } of checked.parts)
      await session.run(`drop table if exists ${postedTable(dataset)}`).catch(() => {})
  }
}

const postedTable = ({ name }: Dataset) => quoted(`posted_${name}`)
const namesOf = ({ columns }: Dataset) => Object.keys(columns).map(quoted).join(', ')

/** The invoices of a loaded request that wait for a decision. */
async function asideOf(warehouse: Warehouse, { conflicts }: Outcome, batchId: string) {
  return conflicts > 0 ? inSession(warehouse.open, (session) => laidAside(session, batchId)) : []
}

async function storedOutcome(session: WarehouseSession, batchId: string): Promise<Outcome | undefined> {
  const [row] = await session.rows('select outcome from posted_outcome where batch_id = $batch', {
    batch: batchId,
  })
  // Kept before conflicts were counted, it had none.
  return row && { conflicts: 0, ...(JSON.parse(String(row.outcome)) as Omit<Outcome, 'conflicts'>) }
}

/** In the list of batches records are numbered from 1, as rows are. */
function asRowFault({ index, field, value, reason }: Posted['faults'][number]) {
  return { file: null, row: index + 1, column: field, value, ...reason }
}
