import type { Row, WarehouseSession } from '#ground/warehouse/index.ts'
import type { SampledDataset } from './sampled-dataset.ts'

/** The days of a month. */
export interface Period {
  readonly from: string
  readonly to: string
}

/** How many records of the month the rules judged. */
export async function countRecords(
  session: WarehouseSession,
  { records }: SampledDataset,
  period: Period,
): Promise<number> {
  const [row] = await session.rows(`select cast(count(*) as integer) as records from (${records}) judged`, {
    ...period,
  })
  return Number(row!.records)
}

/**
 * The records of a month in the order of their lots, from `skip` on. A record's lot is the MD5 of the seed and its key:
 * the same on both engines and every time, and without any order of the records' own. Every record has the same chance,
 * whichever unit it is of and however large that unit is: a unit is drawn in proportion to its records, and the share
 * found in the sample estimates the share among records without weights.
 */
export async function readLots(
  session: WarehouseSession,
  { records, key }: SampledDataset,
  draw: Period & { readonly seed: string },
  skip: number,
  limit: number,
): Promise<readonly Row[]> {
  const named = key.map((column) => `cast(judged.${column} as text)`).join(" || '|' || ")
  return session.rows(
    `select judged.* from (${records}) judged
    order by md5(cast($seed as text) || '|' || ${named}), ${key.map((column) => `judged.${column}`).join(', ')}
    limit ${Math.trunc(limit)} offset ${Math.trunc(skip)}`,
    { ...draw },
  )
}
