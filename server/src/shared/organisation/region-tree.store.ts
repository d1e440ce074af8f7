import { sql } from 'kysely'
import type { z } from 'zod'
import type { Trx } from '#ground/database/index.ts'
import type { regionSchema } from './organisation.schema.ts'

/**
 * The divisions in the caller's part of the tree and those above it, in the order of their codes, with how many units
 * he sees in each. Parents come before their children.
 */
export async function regionTree(trx: Trx): Promise<z.infer<typeof regionSchema>[]> {
  const { rows } = await sql<z.infer<typeof regionSchema>>`
    with counted as (
      select organisation.region_path(region_code) as path, count(distinct unit_code)::int as units
      from organisation.unit group by 1)
    select r.region_code as "regionCode", r.name, r.parent_code as "parentCode", r.org_path as "orgPath",
      coalesce(sum(c.units) filter (where c.path = r.org_path), 0)::int as "unitsHere",
      coalesce(sum(c.units), 0)::int as "unitsBelow"
    from organisation.region r left join counted c
      on c.path collate "C" >= r.org_path and c.path collate "C" < r.org_path || '/'
    where (r.org_path >= app.scope() and r.org_path < app.scope() || '/')
      or (app.scope() collate "C" >= r.org_path and app.scope() collate "C" < r.org_path || '/')
    group by r.region_code order by r.org_path`.execute(trx)
  return rows
}

/** Divisions by the codes that are in the register: for checks of files. */
export async function knownRegionCodes(trx: Trx): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ region_code: string }>`select region_code from organisation.region`.execute(
    trx,
  )
  return new Set(rows.map((row) => row.region_code))
}
