import type { Caller } from '#ground/database/index.ts'
import type { DemoCaller } from '#shared/identity/index.ts'

/** Who handles what in the demo: the nearest office for an alert, and who answers for a unit. */
export interface People {
  /** The officer who judges alerts of a pack at a place. */
  officer(readers: readonly string[], place: string): Caller
  /** Who agrees for finance to what is to be paid at a place. */
  financeOf(place: string): Caller
  /** Who agrees for supervision. */
  supervisionOf(place: string): Caller
  /** Whoever may hand an alert of the place on. */
  handsOn(readers: readonly string[], place: string): Caller
  /** The leader above a place. */
  leader(place: string): Caller
  unit(unitCode: string): Caller | undefined
  readonly all: readonly Caller[]
}

const judging = ['conduct_officer', 'finance_supervisor', 'supervision_officer'] as const
const handing = ['conduct_officer', 'supervision_officer'] as const

export function demoPeople(callers: readonly DemoCaller[]): People {
  const units = new Map(
    callers
      .filter(({ unitCode, caller }) => unitCode !== null && caller.roles.includes('unit_finance'))
      .map(({ unitCode, caller }) => [unitCode!, caller]),
  )
  const nearest = (roles: readonly string[], place: string): Caller => {
    const able = callers
      .filter(({ unitCode }) => unitCode === null)
      .map(({ caller }) => caller)
      .filter(({ scope }) => place === scope || place.startsWith(`${scope}.`))
    for (const role of roles) {
      const holders = able.filter((caller) => caller.roles.includes(role))
      const [closest] = holders.toSorted((one, other) => other.scope.length - one.scope.length)
      if (closest) return closest
    }
    throw new Error(`nobody in the demo handles what concerns ${place}`)
  }
  return {
    officer: (readers, place) =>
      nearest(
        judging.filter((role) => readers.includes(role)),
        place,
      ),
    handsOn: (readers, place) =>
      nearest(
        handing.filter((role) => readers.includes(role)),
        place,
      ),
    financeOf: (place) => nearest(['finance_supervisor'], place),
    supervisionOf: (place) => nearest(['supervision_officer'], place),
    leader: (place) => nearest(['deputy', 'principal'], place),
    unit: (unitCode) => units.get(unitCode),
    all: callers.map(({ caller }) => caller),
  }
}
