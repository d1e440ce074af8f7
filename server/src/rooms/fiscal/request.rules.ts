/** What is said of a request before it is paid. */
export type Decision = 'pass' | 'explain' | 'hold'

export type RequestState = 'passed' | 'explanation_owed' | 'explained' | 'held' | 'released' | 'refused'

export type Side = 'finance' | 'supervision'

/** Red holds, yellow lets pass and asks for the explanation, blue is kept on record. */
export function decisionOf(level: 'red' | 'yellow' | 'blue' | undefined): Decision {
  if (level === 'red') return 'hold'
  return level === 'yellow' ? 'explain' : 'pass'
}

export const firstState: Readonly<Record<Decision, RequestState>> = {
  pass: 'passed',
  explain: 'explanation_owed',
  hold: 'held',
}

/** Whether the unit may still say something: where it owes it, and while the request is held. */
export function mayExplain(state: RequestState): boolean {
  return state === 'explanation_owed' || state === 'held'
}

/** The side for which somebody decides: the one he names, among those for which he may. */
export function sideOf(may: Readonly<Record<Side, boolean>>, wanted: Side | undefined): Side | undefined {
  const sides = (['finance', 'supervision'] as const).filter((side) => may[side])
  return wanted ? sides.find((side) => side === wanted) : sides[0]
}

/** What is wrong with a payment, by the state in which its request was when it was found. */
export function paymentFault(
  state: RequestState,
  same: boolean,
): 'while_held' | 'though_refused' | 'differs' | null {
  if (state === 'held') return 'while_held'
  if (state === 'refused') return 'though_refused'
  return same ? null : 'differs'
}
