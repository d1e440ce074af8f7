import { quoted, type WarehouseSession } from '#ground/warehouse/index.ts'
import { type Dataset, keepTable } from '#shared/datasets/index.ts'

export interface LoadCounts {
  readonly newRows: number
  readonly changedRows: number
  readonly equalRows: number
  /** Invoices that were laid aside for somebody to decide. */
  readonly conflicts?: number
}

/** Where the rows lie that a batch replaced, so that it can be undone. */
export const replacedTable = (dataset: Dataset) => quoted(`replaced_${dataset.name}`)

/**
 * Takes rows in, in one transaction of the warehouse. The marker says, after a broken loading, that it was whole.
 * @param take takes the rows of each dataset in and counts them
 */
export function loadWhole(
  session: WarehouseSession,
  batchId: string,
  take: () => Promise<LoadCounts>,
): Promise<LoadCounts> {
  return session.transaction(async () => {
    const counts = await take()
    await session.run('insert into intake_marker values ($batch)', { batch: batchId })
    return counts
  })
}

/**
 * Takes rows into a dataset's table: new keys are added, known keys with other content replaced (the old row is kept for
 * undoing), equal rows left as they are.
 * @param rows query of the checked rows, every column of the dataset
 */
export async function takeRows(
  session: WarehouseSession,
  dataset: Dataset,
  batchId: string,
  rows: string,
): Promise<LoadCounts> {
  const table = session.stored(dataset.name)
  const columns = Object.keys(dataset.columns).map(quoted)
  const sameKey = dataset.key.map((name) => samePart(dataset, name)).join(' and ')
  const total = await count(session, `from (${rows}) s`)
  // Nearly always everything is new; only keys are compared to know that, and nothing else is looked up.
  const known = await count(session, `from (${rows}) s join ${table} t on ${sameKey}`)
  const changedRows = known > 0 ? await replaceChanged(session, dataset, batchId, rows, sameKey) : 0
  const unknown = known > 0 ? `where not exists (select 1 from ${table} t where ${sameKey})` : ''
  await session.run(
    `insert into ${table} (${columns.join(', ')}, batch_id)
    select ${columns.map((name) => `s.${name}`).join(', ')}, $batch from (${rows}) s ${unknown}`,
    { batch: batchId },
  )
  return { newRows: total - known, changedRows, equalRows: known - changedRows }
}

/** Moves the stored rows that arrive with other content out of the table; returns how many. */
async function replaceChanged(
  session: WarehouseSession,
  dataset: Dataset,
  batchId: string,
  rows: string,
  sameKey: string,
): Promise<number> {
  const table = session.stored(dataset.name)
  const columns = Object.keys(dataset.columns).map(quoted)
  const equal = columns.map((name) => `s.${name} is not distinct from t.${name}`).join(' and ')
  await session.run(
    `insert into ${replacedTable(dataset)} (${columns.join(', ')}, batch_id, replaced_by)
    select ${columns.map((name) => `t.${name}`).join(', ')}, t.batch_id, $batch
    from ${table} t join (${rows}) s on ${sameKey} where not (${equal})`,
    { batch: batchId },
  )
  await session.run(`delete from ${table} as t using (${rows}) s where ${sameKey} and not (${equal})`)
  return count(session, `from ${replacedTable(dataset)} where replaced_by = $batch`, { batch: batchId })
}

/** Equal parts of a key, an empty part being equal to another; by equality, which both engines can join by hash. */
function samePart(dataset: Dataset, name: string): string {
  const part = quoted(name)
  if (dataset.columns[name]?.required) return `s.${part} = t.${part}`
  return `coalesce(cast(s.${part} as text), '') = coalesce(cast(t.${part} as text), '')`
}

async function count(
  session: WarehouseSession,
  from: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<number> {
  const [row] = await session.rows(`select count(*) as n ${from}`, parameters)
  return Number(row?.n)
}

/** Whether a later batch replaced rows that this one brought: then it cannot be undone before that one is. */
export async function isOverwritten(
  session: WarehouseSession,
  dataset: Dataset,
  batchId: string,
): Promise<boolean> {
  const found = await session.rows(
    `select 1 as one from ${replacedTable(dataset)} where batch_id = $batch limit 1`,
    {
      batch: batchId,
    },
  )
  return found.length > 0
}

/** Takes a batch's rows out again and puts back what they had replaced; the marker goes with them. */
export function undoWhole(
  session: WarehouseSession,
  datasets: readonly Dataset[],
  batchId: string,
): Promise<void> {
  return session.transaction(async () => {
    for (const dataset of datasets) await undoRows(session, dataset, batchId)
    await session.run('delete from intake_marker where batch_id = $batch', { batch: batchId })
  })
}

async function undoRows(session: WarehouseSession, dataset: Dataset, batchId: string): Promise<void> {
  const all = Object.keys(dataset.columns).map(quoted).join(', ')
  const table = session.stored(dataset.name)
  const batch = { batch: batchId }
  await session.run(`delete from ${table} where batch_id = $batch`, batch)
  await session.run(
    `insert into ${table} (${all}, batch_id)
    select ${all}, batch_id from ${replacedTable(dataset)} where replaced_by = $batch`,
    batch,
  )
  await session.run(`delete from ${replacedTable(dataset)} where replaced_by = $batch`, batch)
}

/** Whether the batch's loading was finished: its marker was written in the same transaction as its rows. */
export async function isMarked(session: WarehouseSession, batchId: string): Promise<boolean> {
  return (
    (await session.rows('select 1 as one from intake_marker where batch_id = $batch', { batch: batchId }))
      .length > 0
  )
}

/** Makes what intake itself keeps in the warehouse. */
export async function prepareWarehouse(
  session: WarehouseSession,
  datasets: readonly Dataset[],
): Promise<void> {
  await session.run('create table if not exists intake_marker (batch_id text)')
  await session.run('create table if not exists posted_outcome (batch_id text, outcome text)')
  for (const dataset of datasets) {
    await keepTable(session, { ...dataset, name: `replaced_${dataset.name}` }, ['replaced_by text'])
  }
}
