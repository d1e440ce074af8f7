import type { KeyRing } from '#ground/crypto/index.ts'
import type { Caller, Database } from '#ground/database/index.ts'
import { systemCaller } from '#ground/database/index.ts'
import type { Log } from '#ground/log/index.ts'
import type { Clock } from '#ground/time/index.ts'
import type { WorkSource } from './work-source.ts'

/** What the house gives to identity. */
export interface IdentityDeps {
  readonly database: Database
  readonly keyRing: KeyRing
  readonly clock: Clock
  readonly log: Log
  /** The rooms' open work by person, for handovers. The house fills it when the rooms are open. */
  readonly work?: readonly WorkSource[]
  readonly settings: {
    readonly demo: boolean
    readonly organName: string
    readonly dataFolder: string
    readonly session: {
      readonly idleMinutes: number
      readonly absoluteHours: number
      readonly onePerAccount: boolean
    }
    readonly oidc?: OidcSettings | undefined
    /** The address under which browsers reach the console; needed for single sign-on. */
    readonly publicUrl?: string | undefined
  }
}

export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** The claim that names the account (its `oidcSubject`); `sub` unless configured otherwise. */
  readonly claim?: string | undefined
}

/** The product acting for somebody who has not proved who he is yet: the trail gets the address. */
export function productAt(address: string): Caller {
  return { ...systemCaller, address }
}

/** The product acting for the caller on what no person may touch himself (hashes, secrets): the trail keeps his name. */
export function productFor(caller: Caller): Caller {
  return { ...caller, roles: [...caller.roles, 'system'] }
}
