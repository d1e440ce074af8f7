import type { Trx } from '#ground/database/index.ts'

/**
 * How people judged what a rule had found, asked of whoever handles hits. Rules come before the alerts in the flow, so
 * the house plugs this in.
 */
export interface VerdictFeed {
  /** The verdicts on the alerts of those anchors in which the rule has a hit; anchors without a verdict are absent. */
  verdicts(
    trx: Trx,
    rule: { readonly pack: string; readonly code: string },
    anchors: readonly string[],
  ): Promise<ReadonlyMap<string, string>>
}
