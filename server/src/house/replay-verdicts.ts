import { verdictsOnAnchors } from '#rooms/alerts/index.ts'
import type { VerdictFeed } from '#shared/rules/index.ts'

/** The plug through which a replay learns how the alerts of its hits were judged. */
export const replayVerdicts: VerdictFeed = { verdicts: verdictsOnAnchors }
