import { quoted, type WarehouseSession } from '#ground/warehouse/index.ts'
import { createTable, type Dataset } from '#shared/datasets/index.ts'

export interface LoadCounts {
  readonly newRows: number
  readonly changedRows: number
  readonly equalRows: number
}

/** Where the rows lie that a batch replaced, so that it can be undone. */
const replacedTable = (dataset: Dataset) => quoted(`replaced_${dataset.name}`)

/**
 * Takes rows into a dataset's table in one transaction: new keys are added, known keys with other content replaced (the
 * old row is kept for undoing), equal rows left as they are. The marker says, after a broken loading, that it was whole.
 * @param rows query of the checked rows, every column of the dataset
 */
export function loadRows(
  session: WarehouseSession,
  dataset: Dataset,
  batchId: string,
  rows: string,
): Promise<LoadCounts> {
  const columns = Object.keys(dataset.columns).map(quoted)
  const all = columns.join(', ')
  const sameKey = dataset.key
    .map((name) => `s.${quoted(name)} is not distinct from t.${quoted(name)}`)
    .join(' and ')
  const equal = columns.map((name) => `s.${name} is not distinct from t.${name}`).join(' and ')
  const table = session.stored(dataset.name)
  return session.transaction(async () => {
    await session.run(`create temp table arriving as ${rows}`)
    try {
      const [counts] = await session.rows(`select cast(count(*) as integer) as total,
        cast(count(*) filter (where t.batch_id is not null and not (${equal})) as integer) as changed,
        cast(count(*) filter (where t.batch_id is not null and ${equal}) as integer) as equal_rows
        from arriving s left join ${table} t on ${sameKey}`)
      await session.run(
        `insert into ${replacedTable(dataset)} (${all}, batch_id, replaced_by)
        select ${columns.map((name) => `t.${name}`).join(', ')}, t.batch_id, $batch
        from ${table} t join arriving s on ${sameKey} where not (${equal})`,
        { batch: batchId },
      )
      await session.run(`delete from ${table} as t using arriving s where ${sameKey} and not (${equal})`)
      await session.run(
        `insert into ${table} (${all}, batch_id)
        select ${columns.map((name) => `s.${name}`).join(', ')}, $batch from arriving s
        where not exists (select 1 from ${table} t where ${sameKey})`,
        { batch: batchId },
      )
      await session.run('insert into intake_marker values ($batch)', { batch: batchId })
      const total = Number(counts?.total)
      const changedRows = Number(counts?.changed)
      const equalRows = Number(counts?.equal_rows)
      return { newRows: total - changedRows - equalRows, changedRows, equalRows }
    } finally {
      await session.run('drop table if exists arriving').catch(() => {})
    }
  })
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

/** Takes a batch's rows out again and puts back what they had replaced. */
export function undoRows(session: WarehouseSession, dataset: Dataset, batchId: string): Promise<void> {
  const all = Object.keys(dataset.columns).map(quoted).join(', ')
  const table = session.stored(dataset.name)
  const batch = { batch: batchId }
  return session.transaction(async () => {
    await session.run(`delete from ${table} where batch_id = $batch`, batch)
    await session.run(
      `insert into ${table} (${all}, batch_id)
      select ${all}, batch_id from ${replacedTable(dataset)} where replaced_by = $batch`,
      batch,
    )
    await session.run(`delete from ${replacedTable(dataset)} where replaced_by = $batch`, batch)
    await session.run('delete from intake_marker where batch_id = $batch', batch)
  })
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
  for (const dataset of datasets) {
    const create = createTable({ ...dataset, name: `replaced_${dataset.name}` })
    await session.run(create.replace(/\)$/, ', replaced_by text)'))
  }
}
