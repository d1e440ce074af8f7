import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { PlantedShown, RuleRecall } from './recall.schema.ts'

/** A row that was planted to be found, and the hit at its anchor, if there is one. */
export interface PlantedRow {
  readonly pack: string
  readonly rule: string
  readonly condition: string
  readonly level: string
  readonly anchor: string
  readonly note: string
  readonly unitCode: string | null
  readonly onDate: string | null
  readonly foundLevel: string | null
  readonly personKeys: readonly string[]
}

export async function insertPlanted(trx: Trx, rows: readonly PlantedRow[]): Promise<void> {
  await sql`insert into alerts.planted_row (pack, rule, condition, level, anchor, note, unit_code, org_path, on_date,
      found_level, person_keys)
    select r.pack, r.rule, r.condition, r.level, r.anchor, r.note, r."unitCode", organisation.unit_path(r."unitCode"),
      r."onDate", r."foundLevel", r."personKeys"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(pack text, rule text, condition text, level text,
      anchor text, note text, "unitCode" text, "onDate" date, "foundLevel" text, "personKeys" text[])
    on conflict (rule, anchor) do nothing`.execute(trx)
}

/** By rule and month, over the rows that the caller sees. */
export async function countPlanted(trx: Trx): Promise<RuleRecall['rules']> {
  const { rows } = await sql<RuleRecall['rules'][number]>`select rule, to_char(on_date, 'YYYY-MM') as month,
      count(*)::int as expected, count(*) filter (where found_level = level)::int as found
    from alerts.planted_row group by 1, 2 order by 1, 2`.execute(trx)
  return rows
}

export async function readPlanted(trx: Trx, rule: string): Promise<PlantedShown[]> {
  const { rows } = await sql<PlantedShown>`select p.condition, p.level, p.found_level as "foundLevel",
      p.on_date as "onDate", p.note, p.unit_code as "unitCode", a.alert_id as "alertId", a.number as "alertNumber"
    from alerts.planted_row p left join alerts.alert a on a.pack = p.pack and a.anchor = p.anchor
    where p.rule = ${rule} order by p.condition, p.on_date nulls first, p.planted_id`.execute(trx)
  return rows
}
