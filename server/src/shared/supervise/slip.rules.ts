/** The life of a supervision slip, as a table. Pure. */

/** `ended`: the matter that it supervised is over, answered or not. */
export const slipStates = ['issued', 'replied', 'accepted', 'withdrawn', 'ended'] as const
export type SlipState = (typeof slipStates)[number]
export type SlipAction = 'reply' | 'send_back' | 'accept' | 'withdraw'

/** Who acts: those who must answer, or those who watch over it. */
export type SlipActor = 'addressee' | 'supervisor'

export const slipSteps: Readonly<
  Record<SlipAction, { from: readonly SlipState[]; to: SlipState; by: SlipActor }>
> = {
  reply: { from: ['issued'], to: 'replied', by: 'addressee' },
  send_back: { from: ['replied'], to: 'issued', by: 'supervisor' },
  accept: { from: ['replied'], to: 'accepted', by: 'supervisor' },
  withdraw: { from: ['issued', 'replied'], to: 'withdrawn', by: 'supervisor' },
}

/** The state after a step, or why it is not open. */
export function stepSlip(
  state: SlipState,
  action: SlipAction,
  actor: SlipActor,
): { to: SlipState } | { refused: 'not_in_this_state' | 'not_yours' } {
  const step = slipSteps[action]
  if (step.by !== actor) return { refused: 'not_yours' }
  if (!step.from.includes(state)) return { refused: 'not_in_this_state' }
  return { to: step.to }
}

/** A rung of the ladder of an unanswered slip. */
export interface SlipRung {
  readonly rung: number
  /** Working days after the due day; negative: before it. */
  readonly after: number
  readonly kind: 'reminded' | 'urged' | 'escalated'
}

/**
 * The ladder (domain 1.5, 催办): five working days before the term a reminder, on the day after it an urging, and every
 * five working days from then on the next above. Terms of five days or less are recalled one day before.
 */
export function rungReached(workdaysOver: number, termDays: number): SlipRung {
  const reminder = termDays > 5 ? -5 : -1
  if (workdaysOver < reminder) return { rung: 0, after: 0, kind: 'reminded' }
  if (workdaysOver <= 0) return { rung: 1, after: reminder, kind: 'reminded' }
  if (workdaysOver <= 5) return { rung: 2, after: 1, kind: 'urged' }
  const further = Math.floor((workdaysOver - 1) / 5)
  return { rung: 2 + further, after: further * 5 + 1, kind: 'escalated' }
}
