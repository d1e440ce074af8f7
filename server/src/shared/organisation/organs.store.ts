import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'

/** An organ of the discipline body (for a region), or an office within one. */
export interface Organ {
  readonly organCode: string
  readonly name: string
  /** The organ an office belongs to; null for an organ. */
  readonly parentCode: string | null
  readonly regionCode: string
  readonly closedOn: string | null
  readonly orgPath: string
}

const columns = sql`organ_code as "organCode", name, parent_code as "parentCode", region_code as "regionCode",
  closed_on as "closedOn", org_path as "orgPath"`

/** All organs and offices, an organ before its offices. */
export async function listOrgans(trx: Trx): Promise<readonly Organ[]> {
  const { rows } = await sql<Organ>`
    select ${columns} from organisation.organ order by region_code, parent_code nulls first, organ_code`.execute(
    trx,
  )
  return rows
}

export async function organByCode(trx: Trx, organCode: string): Promise<Organ | undefined> {
  const { rows } = await sql<Organ>`
    select ${columns} from organisation.organ where organ_code = ${organCode}`.execute(trx)
  return rows[0]
}

export async function saveOrgan(trx: Trx, organ: Omit<Organ, 'orgPath'>): Promise<Organ> {
  const { rows } = await sql<Organ>`
    insert into organisation.organ (organ_code, name, parent_code, region_code, closed_on)
    values (${organ.organCode}, ${organ.name}, ${organ.parentCode}, ${organ.regionCode}, ${organ.closedOn})
    on conflict (organ_code) do update set name = excluded.name, closed_on = excluded.closed_on
    returning ${columns}`.execute(trx)
  return rows[0]!
}

/** By name, the organ of the asker's place in the tree: in its name goes out what he prints and exports. */
export async function ownOrganName(trx: Trx): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select name from organisation.organ
    where organisation.region_path(region_code) = app.scope() and parent_code is null and closed_on is null
    order by organ_code limit 1`.execute(trx)
  return rows[0]?.name
}

/** The organ of the whole installation, made with the given name where there is none yet. */
export async function ensureRootOrgan(trx: Trx, name: string): Promise<Organ> {
  const { rows } = await sql<{ region_code: string }>`
    select region_code from organisation.region where parent_code is null order by region_code limit 1`.execute(
    trx,
  )
  const regionCode = rows[0]?.region_code
  if (!regionCode) throw new Error('there are no divisions yet')
  const organCode = `O${regionCode.slice(0, 2)}`
  return (
    (await organByCode(trx, organCode)) ??
    (await saveOrgan(trx, { organCode, name, parentCode: null, regionCode, closedOn: null }))
  )
}
