import { alertsFence } from './alerts.fence.ts'
import type { FenceTable } from './fence-entry.ts'
import { fiscalFence } from './fiscal.fence.ts'
import { identityFence } from './identity.fence.ts'
import { librariesFence } from './libraries.fence.ts'
import { organisationFence } from './organisation.fence.ts'
import { rulesFence } from './rules.fence.ts'
import { sharedFence } from './shared.fence.ts'

/** Every route of the console's server. A route that is missing here turns the tests red. */
export const fenceTable: FenceTable = {
  ...identityFence,
  ...organisationFence,
  ...sharedFence,
  ...rulesFence,
  ...fiscalFence,
  ...librariesFence,
  ...alertsFence,
}
