import { sql } from 'kysely'
import type { z } from 'zod'
import type { Trx } from '#ground/database/index.ts'
import { decodeCursor, encodeCursor, totalCap, totalOf } from '#ground/paging/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { unitDetailSchema, unitPageSchema, unitQuerySchema, unitSchema } from './organisation.schema.ts'
import { regionPath } from './regions.ts'

type Unit = z.infer<typeof unitSchema>

const fields = sql`u.unit_code as "unitCode", u.unit_name as "unitName", u.credit_code as "creditCode",
  u.region_code as "regionCode", r.name as "regionName", u.parent_code as "parentCode", u.kind,
  u.successor_code as "successorCode", u.valid_from as "validFrom", u.valid_to as "validTo"`

/** The version of each unit that counts on a day: the one in force, else the last before, else the first. */
export function unitsAsOf(day: CalendarDate) {
  return sql`(select distinct on (v.unit_code) v.* from organisation.unit v
    order by v.unit_code, v.valid_from <= ${day}::date desc,
      case when v.valid_from <= ${day}::date then v.valid_from end desc, v.valid_from)`
}

const columns = (day: CalendarDate) => sql`${fields}, u.org_path as "orgPath",
  case when u.valid_to is null or u.valid_to >= ${day}::date then 'open'
    when u.successor_code is not null then 'merged' else 'closed' end as state,
  (select count(*)::int from organisation.unit v where v.unit_code = u.unit_code) as versions`

/** The units in the caller's part of the tree, by code. */
export async function listUnits(
  trx: Trx,
  query: z.infer<typeof unitQuerySchema>,
  today: CalendarDate,
): Promise<z.infer<typeof unitPageSchema>> {
  const day = query.asOf ?? today
  const path = query.regionCode ? regionPath(query.regionCode) : undefined
  const isOpen = sql`(u.valid_to is null or u.valid_to >= ${day}::date)`
  const filters = [
    query.asOf ? sql`u.valid_from <= ${day}::date` : sql`true`,
    ...(query.q ? [matches(query.q)] : []),
    ...(path ? [sql`u.org_path >= ${path} and u.org_path < ${`${path}/`}`] : []),
    ...(query.kind ? [sql`u.kind = ${query.kind}`] : []),
    ...(query.state ? [query.state === 'open' ? isOpen : sql`not ${isOpen}`] : []),
  ]
  const after = query.cursor ? [sql`u.unit_code > ${String(decodeCursor(query.cursor)[0])}`] : []
  const { rows } = await sql<Unit>`
    select ${columns(day)} from ${unitsAsOf(day)} u left join organisation.region r using (region_code)
    where ${sql.join([...filters, ...after], sql` and `)}
    order by u.unit_code limit ${query.limit + 1}`.execute(trx)
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const counted = await sql<{ count: string }>`select count(*) from (
    select from ${unitsAsOf(day)} u where ${sql.join(filters, sql` and `)} limit ${totalCap + 1}) as c`.execute(
    trx,
  )
  return {
    items,
    next: rows.length > query.limit && last ? encodeCursor([last.unitCode]) : null,
    total: totalOf(Number(counted.rows[0]!.count)),
  }
}

/** A unit is also found by a name that it had before. */
function matches(q: string) {
  return sql`(strpos(lower(u.unit_code), lower(${q})) > 0 or strpos(coalesce(u.credit_code, ''), upper(${q})) > 0
    or exists (select from organisation.unit v where v.unit_code = u.unit_code and strpos(v.unit_name, ${q}) > 0))`
}

/** One unit with its history and its relations, or undefined where the caller does not see it. */
export async function unitDetail(
  trx: Trx,
  unitCode: string,
  today: CalendarDate,
): Promise<z.infer<typeof unitDetailSchema> | undefined> {
  const { rows } = await sql<Unit>`
    select ${columns(today)} from ${unitsAsOf(today)} u left join organisation.region r using (region_code)
    where u.unit_code = ${unitCode}`.execute(trx)
  const unit = rows[0]
  if (!unit) return undefined
  const history = await sql<z.infer<typeof unitDetailSchema>['history'][number]>`
    select ${fields} from organisation.unit u left join organisation.region r using (region_code)
    where u.unit_code = ${unitCode} order by u.valid_from desc`.execute(trx)
  const named = async (condition: ReturnType<typeof sql>) => {
    const found = await sql<{ unitCode: string; unitName: string }>`
      select unit_code as "unitCode", unit_name as "unitName" from organisation.v_unit u
      where ${condition} order by unit_code limit 500`.execute(trx)
    return found.rows
  }
  return {
    ...unit,
    history: history.rows,
    formerCodes: await formerCodes(trx, unitCode),
    changes: await changesOf(trx, unitCode),
    parent: (await named(sql`unit_code = ${unit.parentCode}`))[0] ?? null,
    successor: (await named(sql`unit_code = ${unit.successorCode}`))[0] ?? null,
    predecessors: await named(sql`successor_code = ${unitCode}`),
    children: await named(sql`parent_code = ${unitCode} and valid_to is null`),
  }
}

/**
 * The codes under which the unit was registered before: what went over into it and either has the same credit code or
 * was recoded by an administrator. A unit that was merged into it had a code of its own.
 */
async function formerCodes(trx: Trx, unitCode: string) {
  const { rows } = await sql<z.infer<typeof unitDetailSchema>['formerCodes'][number]>`
    with recursive same as (
      select unit_code, credit_code, 0 as step from organisation.v_unit where unit_code = ${unitCode}
      union all
      select u.unit_code, u.credit_code, same.step + 1 from organisation.v_unit u
        join same on u.successor_code = same.unit_code
      where same.step < 20 and (u.credit_code = same.credit_code or exists (select from organisation.unit_change c
        where c.unit_code = u.unit_code and c.kind = 'recode' and c.became = same.unit_code)))
    select u.unit_code as "unitCode", u.unit_name as "unitName", u.credit_code as "creditCode",
      (select min(v.valid_from) from organisation.unit v where v.unit_code = u.unit_code) as "validFrom",
      u.valid_to as "validTo"
    from organisation.v_unit u join same using (unit_code) where same.step > 0 order by same.step`.execute(
    trx,
  )
  return rows
}

async function changesOf(trx: Trx, unitCode: string) {
  const { rows } = await sql<z.infer<typeof unitDetailSchema>['changes'][number]>`
    select change_id as "changeId", kind, effective_on as "effectiveOn", was, became, document_no as "documentNo",
      reason, to_char(made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt"
    from organisation.unit_change
    where unit_code = ${unitCode} or (became = ${unitCode} and kind in ('merge', 'recode'))
    order by effective_on desc, made_at desc limit 200`.execute(trx)
  return rows
}
