import { type HitFeed, incomingColumns } from '#rooms/alerts/index.ts'
import { type AnchorOfPack, takeDeliveries } from '#shared/rules/index.ts'

/** The plug between the hit log of the rules and the alerts, which know each other only through it. */
export const ruleHitFeed: HitFeed = {
  takeInto: (trx, limit) => takeDeliveries(trx, limit, incomingColumns),
}

/** The same plug for some anchors only, which may be others each time. */
export function hitFeedOf(wanted: () => readonly AnchorOfPack[]): HitFeed {
  return { takeInto: (trx, limit) => takeDeliveries(trx, limit, incomingColumns, wanted()) }
}
