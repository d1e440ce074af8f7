import type { Database, Trx } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import type { UnitRow } from './unit-row.schema.ts'

/** What the house gives to the organisation. */
export interface OrganisationDeps {
  readonly database: Database
  readonly clock: Clock
  readonly keys: {
    personKey(number: string): string
    seal(plain: string, context: string): Buffer
    open(sealed: Uint8Array, context: string): Buffer
  }
  /** Whether numbers of the demo division are taken. */
  readonly allowDemo: boolean
  /**
   * Writes versions of units into the register of the warehouse, under a reference that makes a second writing change
   * nothing; the tree has followed when it returns. Throws where the register refuses them.
   */
  unitRegister(rows: readonly UnitRow[], reference: string): Promise<void>
  /** Told in the transaction of the change, after the new code is in the tree. */
  onUnitRecoded(trx: Trx, from: string, to: string): Promise<void>
}
