import type { Database } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'

/** What the house gives to the organisation. */
export interface OrganisationDeps {
  readonly database: Database
  readonly clock: Clock
}
