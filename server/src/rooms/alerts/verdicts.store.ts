import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'

/** The verdicts on the pack's alerts at those anchors in which the rule has a hit; anchors without one are absent. */
export async function verdictsOnAnchors(
  trx: Trx,
  rule: { readonly pack: string; readonly code: string },
  anchors: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ anchor: string; verdict: string }>`select a.anchor, a.verdict
    from jsonb_array_elements_text(${JSON.stringify(anchors)}::jsonb) as wanted(anchor)
    join alerts.alert a on a.pack = ${rule.pack} and a.anchor = wanted.anchor
    where a.verdict is not null
      and exists (select from alerts.alert_hit h where h.alert_id = a.alert_id and h.rule = ${rule.code})`.execute(
    trx,
  )
  return new Map(rows.map(({ anchor, verdict }) => [anchor, verdict]))
}
