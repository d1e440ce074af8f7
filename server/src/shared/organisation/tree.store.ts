import { sql } from 'kysely'
import type { z } from 'zod'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { treeNodeSchema } from './organisation.schema.ts'
import { unitsAsOf } from './unit-list.store.ts'

type TreeNode = z.infer<typeof treeNodeSchema>

const isOpen = (day: CalendarDate) => sql`(u.valid_to is null or u.valid_to >= ${day}::date)`

const unitColumns = (day: CalendarDate) => sql`'unit' as kind, u.unit_code as code, u.unit_name as name,
  case when ${isOpen(day)} then 'open' when u.successor_code is not null then 'merged' else 'closed' end as state,
  (select count(*)::int from organisation.v_unit c where c.parent_code = u.unit_code and c.valid_to is null) as units,
  exists (select from organisation.v_unit c where c.parent_code = u.unit_code) as expandable`

const regionColumns = (
  day: CalendarDate,
) => sql`'region' as kind, r.region_code as code, r.name, 'open' as state,
  (select count(*)::int from units u where u.org_path >= r.org_path and u.org_path < r.org_path || '/'
    and ${isOpen(day)}) as units, true as expandable`

/** The division in which the caller's part of the tree begins: the root of what he is shown. */
export async function treeRoot(trx: Trx, day: CalendarDate): Promise<TreeNode[]> {
  const { rows } = await sql<TreeNode>`with units as ${unitsAsOf(day)}
    select ${regionColumns(day)} from organisation.region r
    where app.scope() collate "C" >= r.org_path and app.scope() collate "C" < r.org_path || '/'
    order by length(r.org_path) desc limit 1`.execute(trx)
  return rows
}

/** What stands directly in a division: organs, units that have no superior there, and divisions with units in sight. */
export async function insideRegion(trx: Trx, regionCode: string, day: CalendarDate): Promise<TreeNode[]> {
  const organs = await sql<TreeNode>`select 'organ' as kind, o.organ_code as code, o.name,
      case when o.closed_on is null or o.closed_on > ${day}::date then 'open' else 'closed' end as state, 0 as units,
      exists (select from organisation.organ c where c.parent_code = o.organ_code) as expandable
    from organisation.organ o where o.region_code = ${regionCode} and o.parent_code is null
      and o.org_path >= app.scope() and o.org_path < app.scope() || '/' order by o.organ_code`.execute(trx)
  const units = await sql<TreeNode>`select ${unitColumns(day)} from ${unitsAsOf(day)} u
    where u.region_code = ${regionCode} and (u.parent_code is null or not exists (
      select from organisation.unit p where p.unit_code = u.parent_code))
    order by u.unit_code`.execute(trx)
  const regions = await sql<TreeNode>`with units as ${unitsAsOf(day)}
    select * from (select ${regionColumns(day)} from organisation.region r where r.parent_code = ${regionCode}) n
    where n.units > 0 order by code`.execute(trx)
  return [...organs.rows, ...units.rows, ...regions.rows]
}

export async function belowUnit(trx: Trx, unitCode: string, day: CalendarDate): Promise<TreeNode[]> {
  const { rows } = await sql<TreeNode>`select ${unitColumns(day)} from ${unitsAsOf(day)} u
    where u.parent_code = ${unitCode} order by u.unit_code`.execute(trx)
  return rows
}

export async function officesOf(trx: Trx, organCode: string, day: CalendarDate): Promise<TreeNode[]> {
  const { rows } = await sql<TreeNode>`select 'organ' as kind, o.organ_code as code, o.name,
      case when o.closed_on is null or o.closed_on > ${day}::date then 'open' else 'closed' end as state, 0 as units,
      false as expandable
    from organisation.organ o where o.parent_code = ${organCode}
      and o.org_path >= app.scope() and o.org_path < app.scope() || '/' order by o.organ_code`.execute(trx)
  return rows
}
