/**
 * The loop in which every alert is handled, as a table. Pure: what may follow what, who may do it, and what the unit
 * that the alert concerns gets to see of it.
 */

export const alertStates = [
  'raised',
  'held',
  'dispatched',
  'explained',
  'doubtful',
  'rectifying',
  'rectified',
  'closed',
] as const
export type AlertState = (typeof alertStates)[number]

export const verdicts = ['normal', 'irregular', 'violation', 'doubtful'] as const
export type Verdict = (typeof verdicts)[number]

/** The states that the unit knows. What lies before dispatch, and doubt, are none of its business. */
export const unitStates = ['dispatched', 'explained', 'rectifying', 'rectified', 'closed'] as const
export type UnitState = (typeof unitStates)[number]

export const alertActions = [
  'dispatch',
  'hold',
  'release',
  'explain',
  'send_back',
  'judge_normal',
  'judge_irregular',
  'judge_violation',
  'judge_doubtful',
  'rectify',
  'reject_rectification',
  'close',
  'reopen',
  'new_evidence',
  'new_hidden_evidence',
] as const
export type AlertAction = (typeof alertActions)[number]

/** Who acts: the unit that the alert concerns, the office that supervises it, or the product itself. */
export type Actor = 'unit' | 'office' | 'system'

/** What an alert is in, as far as the next step depends on it. */
export interface Standing {
  readonly state: AlertState
  /** Whether it ever reached the unit: a reopened alert goes back there. */
  readonly dispatched: boolean
  /** Whether the term of the present state is over: an alert may then be judged without explanation. */
  readonly overdue: boolean
  /** Whether it has been handed on as a clue: from then on the office leaves it as it is. */
  readonly handedOn: boolean
}

/** A step that is not open: the code says why, in the words of the product's errors. */
export type Refusal = 'not_in_this_state' | 'not_yours' | 'awaits_explanation' | 'handed_on'

export type Decision = { readonly to: AlertState } | { readonly refused: Refusal }

interface Step {
  readonly from: readonly AlertState[]
  readonly to: AlertState
  readonly by: readonly Actor[]
}

/** The transition table. `reopen` and `new_evidence` lead to `raised` where the unit never had the alert. */
export const steps: Readonly<Record<AlertAction, Step>> = {
  dispatch: { from: ['raised'], to: 'dispatched', by: ['office', 'system'] },
  hold: { from: ['raised'], to: 'held', by: ['office', 'system'] },
  release: { from: ['held'], to: 'raised', by: ['office'] },
  explain: { from: ['dispatched'], to: 'explained', by: ['unit'] },
  send_back: { from: ['explained', 'doubtful'], to: 'dispatched', by: ['office'] },
  judge_normal: { from: ['raised', 'dispatched', 'explained', 'doubtful'], to: 'closed', by: ['office'] },
  // 不规范 is put right on the spot: only the confirmation is left, which may still ask for more.
  judge_irregular: { from: ['dispatched', 'explained', 'doubtful'], to: 'rectified', by: ['office'] },
  judge_violation: { from: ['dispatched', 'explained', 'doubtful'], to: 'rectifying', by: ['office'] },
  judge_doubtful: { from: ['dispatched', 'explained'], to: 'doubtful', by: ['office'] },
  rectify: { from: ['rectifying'], to: 'rectified', by: ['unit'] },
  reject_rectification: { from: ['rectified'], to: 'rectifying', by: ['office'] },
  close: { from: ['rectified'], to: 'closed', by: ['office'] },
  reopen: { from: ['closed'], to: 'dispatched', by: ['office'] },
  new_evidence: { from: ['closed'], to: 'dispatched', by: ['system'] },
  // Evidence that the unit must not learn of: for the unit the alert stays closed until the office decides.
  new_hidden_evidence: { from: ['closed'], to: 'held', by: ['system'] },
}

/** Decides a step. The unit's own steps stay open after a handing on: it must notice nothing. */
export function decide(standing: Standing, action: AlertAction, actor: Actor): Decision {
  const step = steps[action]
  if (!step.by.includes(actor)) return { refused: 'not_yours' }
  if (!step.from.includes(standing.state)) return { refused: 'not_in_this_state' }
  if (actor === 'office' && standing.handedOn) return { refused: 'handed_on' }
  if (standing.state === 'dispatched' && action.startsWith('judge_') && !standing.overdue) {
    return { refused: 'awaits_explanation' }
  }
  if (action === 'reopen' || action === 'new_evidence') {
    return { to: standing.dispatched ? 'dispatched' : 'raised' }
  }
  return { to: step.to }
}

/**
 * The state that the unit sees after a step, or undefined where it sees none. Doubt looks like waiting for the
 * judgement; an alert that never reached the unit stays unseen.
 */
export function unitStateOf(state: AlertState, dispatched: boolean): UnitState | undefined {
  if (!dispatched) return undefined
  if (state === 'doubtful') return 'explained'
  if (state === 'raised' || state === 'held') return undefined
  return state
}

/** Which term runs in a state, by the names of the pack's deadlines; none while nothing is awaited. */
export function termOf(
  state: AlertState,
): 'dispatch' | 'explain' | 'judge' | 'rectify' | 'confirm' | undefined {
  const terms = {
    raised: 'dispatch',
    held: undefined,
    dispatched: 'explain',
    explained: 'judge',
    doubtful: 'judge',
    rectifying: 'rectify',
    rectified: 'confirm',
    closed: undefined,
  } as const
  return terms[state]
}
