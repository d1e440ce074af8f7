import type { FenceCaller } from './callers.ts'
import type { Matters, PlacedAlert } from './matters.ts'
import type { Thing } from './oracle.ts'

/** One request of a route. */
export interface Ask {
  readonly url: string
  readonly payload?: object | undefined
  /** What it is about: whoever does not see it is answered as if it did not exist. */
  readonly about?: Thing
  /**
   * Statuses of an answer to somebody who sees what it is about; 200 unless said otherwise. A step is tried where the
   * state of the matter does not permit it: a conflict says that the caller got through, and nothing changes.
   */
  readonly open?: readonly number[]
  /** The status for everybody else; 404 unless said otherwise. */
  readonly shut?: number
  /** Follow the pages of the list to its end. */
  readonly pages?: boolean
}

/** What a route's entry is made from. */
export interface FenceContext {
  readonly matters: Matters
  sees(caller: FenceCaller, thing: Thing): boolean
}

/** A route in the matrix: who may call it, with what it is called, and what its answers must and must not hold. */
export interface FenceEntry {
  /** Roles by the design; `public` for everyone, `signed-in` for every person with an account (no machine). */
  readonly may: readonly string[] | 'public' | 'signed-in'
  readonly asks: (context: FenceContext, caller: FenceCaller) => readonly Ask[]
  /** Beginnings of marks: of these things, everything that the caller sees must be in the answers. */
  readonly whole?: readonly string[]
  /** The log names objects by their identifiers, which tell nothing by themselves: only marks are looked for. */
  readonly namesObjects?: boolean
  /** Compares figures with the alerts that the caller sees; returns what is wrong. */
  readonly figures?: (body: never, seen: readonly PlacedAlert[]) => string | undefined
  /** Why the route is not called by those who may (it would end the session of the caller, for instance). */
  readonly notCalled?: string
  /** The answer never ends: only its status is looked at. */
  readonly endless?: boolean
}

export type FenceTable = Readonly<Record<string, FenceEntry>>

/** Which alerts a sum of their amounts is made of: each is a power of two. */
export function alertsOfSum(alerts: readonly PlacedAlert[]): bigint {
  return alerts.reduce((sum, { bit }) => sum + 2n ** BigInt(bit), 0n)
}

/** The yuan of a sum on the wire. */
export function yuanOf(amount: string): bigint {
  return BigInt(amount.replace(/\.\d+$/, ''))
}

export const once =
  (url: string, more: Omit<Ask, 'url'> = {}): FenceEntry['asks'] =>
  () => [{ url, ...more }]
