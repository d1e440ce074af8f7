import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { ParameterValues } from './parameters.ts'
import type { Level } from './rule.schema.ts'

/** A hit as it was kept, with the rule's version, the parameter values and the day that produced it. */
export interface PinnedHit {
  readonly hitId: string
  readonly pack: string
  readonly rule: string
  readonly ruleVersion: string
  readonly parameters: ParameterValues
  /** The day on which the rule was run. */
  readonly asOf: CalendarDate
  readonly keys: Readonly<Record<string, string | number>>
  readonly level: Level
  readonly condition: string
  readonly unitCode: string | null
  readonly onDate: CalendarDate
  /** Yuan with two decimals. */
  readonly amount: string
  readonly counterparty: string | null
  readonly economicCode: string | null
  readonly evidence: Readonly<Record<string, unknown>>
  readonly evidenceHash: string
  readonly suppressed: boolean
}

/** Hits with what they are pinned to. As the system: the caller's right to each must have been decided before. */
export async function readPinnedHits(trx: Trx, hitIds: readonly string[]): Promise<readonly PinnedHit[]> {
  const { rows } = await sql<PinnedHit>`
    select h.hit_id as "hitId", h.pack, h.rule, h.rule_version as "ruleVersion", h.parameters, r.as_of as "asOf", h.keys,
      h.level, h.condition, h.unit_code as "unitCode", h.on_date as "onDate", h.amount, h.counterparty,
      h.economic_code as "economicCode", h.evidence, h.evidence_hash as "evidenceHash", h.suppressed
    from rules.hit h
    join rules.hit_evidence e on e.hit_id = h.hit_id and e.evidence_version = h.evidence_version
    join rules.run r on r.run_id = e.run_id
    where h.hit_id::text = any (${hitIds}::text[])
    order by array_position(array['red', 'yellow', 'blue'], h.level), h.amount desc, h.rule`.execute(trx)
  return rows
}

/** A hit by what it is anchored at. */
export interface HitAtAnchor {
  readonly rule: string
  readonly anchor: string
  readonly level: Level
  readonly unitCode: string | null
  readonly onDate: CalendarDate
  readonly personKeys: readonly string[]
}

/** The hits at these anchors. As the system: it says nothing of who may see them. */
export async function hitsAt(
  trx: Trx,
  wanted: readonly { readonly rule: string; readonly anchor: string }[],
): Promise<readonly HitAtAnchor[]> {
  const { rows } = await sql<HitAtAnchor>`select h.rule, h.anchor, h.level, h.unit_code as "unitCode",
      h.on_date as "onDate", h.person_keys as "personKeys"
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(rule text, anchor text)
    join rules.hit h using (rule, anchor)`.execute(trx)
  return rows
}
