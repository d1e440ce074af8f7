import { createHash } from 'node:crypto'
import { type Chance, chance } from '#demo/random.ts'

/** An alert as it was raised, as far as its further life depends on it. */
export interface RaisedAlert {
  readonly alertId: string
  readonly pack: string
  readonly anchor: string
  readonly level: 'red' | 'yellow' | 'blue'
  readonly state: 'raised' | 'dispatched'
  readonly rules: readonly string[]
  readonly amount: string
  readonly unitCode: string | null
  readonly orgPath: string
}

export type Outcome = 'normal' | 'irregular' | 'violation' | 'doubtful'

export type Step =
  | 'explain'
  | 'send_back'
  | 'explain_again'
  | 'judge'
  | 'judge_unanswered'
  | 'judge_after_doubt'
  | 'rectify'
  | 'reject'
  | 'rectify_again'
  | 'close'
  | 'hand_on'
  | 'hold'
  | 'file'

/** A step and how many working days after the one before it is taken. */
export interface PlannedStep {
  readonly step: Step
  readonly after: number
}

/** What becomes of an alert. It depends on the alert's anchor alone, so that every demo tells the same stories. */
export interface Fate {
  readonly chance: Chance
  readonly outcome: Outcome
  /** What the alert is found to be after doubt; null where it is handed on as a clue instead. */
  readonly afterDoubt: Outcome | null
  /** Percent of the amount that was wrongly spent, and of that what is brought back. */
  readonly wrong: number
  readonly recovered: number
}

export interface Terms {
  readonly explain: number
  readonly judge: number
  readonly rectify: number
  readonly confirm: number
}

/** Percent of normal, irregular and violation by level; the rest is doubtful. */
const shares = { red: [18, 18, 54], yellow: [36, 30, 28], blue: [70, 20, 8] } as const

export function fateOf(alert: Pick<RaisedAlert, 'pack' | 'anchor' | 'level'>): Fate {
  const seed = createHash('sha256').update(`${alert.pack} ${alert.anchor}`).digest().readUInt32BE(0)
  const draw = chance(seed)
  const outcome = outcomeOf(draw.between(1, 100), shares[alert.level])
  return {
    chance: draw,
    outcome,
    afterDoubt: draw.percent(50) ? null : draw.percent(60) ? 'violation' : 'normal',
    wrong: draw.percent(60) ? 100 : draw.between(20, 90),
    recovered: draw.percent(65) ? 100 : draw.percent(70) ? draw.between(40, 95) : 0,
  }
}

function outcomeOf(
  drawn: number,
  [normal, irregular, violation]: readonly [number, number, number],
): Outcome {
  if (drawn <= normal) return 'normal'
  if (drawn <= normal + irregular) return 'irregular'
  return drawn <= normal + irregular + violation ? 'violation' : 'doubtful'
}

/** The first step on an alert, or none: most of what is only on record stays there. */
export function firstStep(alert: RaisedAlert, fate: Fate, terms: Terms): PlannedStep | undefined {
  const draw = fate.chance.between(1, 100)
  if (alert.state === 'dispatched') {
    if (draw <= 82) return { step: 'explain', after: fate.chance.between(1, terms.explain) }
    if (draw <= 95) return { step: 'explain', after: terms.explain + fate.chance.between(1, 7) }
    return { step: 'judge_unanswered', after: terms.explain + fate.chance.between(12, 18) }
  }
  if (alert.level === 'blue') {
    return draw <= 25 ? { step: 'file', after: fate.chance.between(8, 25) } : undefined
  }
  if (draw <= 40) return { step: 'hold', after: 1 }
  if (draw <= 80) return { step: 'hand_on', after: fate.chance.between(1, 3) }
  return { step: 'file', after: fate.chance.between(2, 6) }
}

/** What follows on a step; nothing where the story ends. */
export function nextStep(step: Step, fate: Fate, terms: Terms): PlannedStep | undefined {
  const { chance: draw } = fate
  const within = (term: number, late: number) =>
    draw.percent(90) ? draw.between(1, term) : term + draw.between(1, late)
  switch (step) {
    case 'explain':
      return draw.percent(10)
        ? { step: 'send_back', after: draw.between(1, 2) }
        : { step: 'judge', after: within(terms.judge, 4) }
    case 'send_back':
      return { step: 'explain_again', after: within(terms.explain, 2) }
    case 'explain_again':
      return { step: 'judge', after: within(terms.judge, 3) }
    case 'judge':
      if (fate.outcome === 'normal') return undefined
      if (fate.outcome === 'irregular') return { step: 'close', after: within(terms.confirm, 3) }
      if (fate.outcome === 'violation') return { step: 'rectify', after: within(terms.rectify, 6) }
      return fate.afterDoubt === null
        ? { step: 'hand_on', after: draw.between(2, 4) }
        : { step: 'judge_after_doubt', after: draw.between(3, 8) }
    case 'judge_after_doubt':
      return fate.afterDoubt === 'violation'
        ? { step: 'rectify', after: within(terms.rectify, 6) }
        : undefined
    case 'judge_unanswered':
      return { step: 'rectify', after: within(terms.rectify, 8) }
    case 'rectify':
      return draw.percent(10)
        ? { step: 'reject', after: draw.between(1, 3) }
        : { step: 'close', after: within(terms.confirm, 3) }
    case 'reject':
      return { step: 'rectify_again', after: within(terms.rectify, 3) }
    case 'rectify_again':
      return { step: 'close', after: within(terms.confirm, 2) }
    default:
      return undefined
  }
}

/** Which kind of irregularity a rule's alert is found to be. */
const irregularities: Readonly<Record<string, string>> = {
  YS01: 'no_budget',
  YS02: 'changed_use',
  YS03: 'capped_expense',
  YS04: 'mixed_expenditure',
  YS05: 'idle_funds',
  YS06: 'rush_spending',
  YS07: 'idle_funds',
  YS08: 'improper_adjustment',
  ZF09: 'own_account',
  ZF10: 'cash',
  ZF11: 'cash',
  ZF12: 'private_account',
  ZF13: 'splitting',
  ZF14: 'duplicate',
  ZF15: 'allowance',
  ZF16: 'sham_purpose',
  ZF17: 'procurement',
  ZF18: 'incomplete_data',
  R01: 'gift',
  R02: 'sham_invoice',
  R03: 'splitting',
  R04: 'banquet',
  R05: 'sham_invoice',
  R06: 'reception',
  R07: 'conflict_of_interest',
  R08: 'sham_invoice',
  R09: 'sham_invoice',
  R10: 'tourism',
  R11: 'personal_cost',
  R12: 'duplicate',
}

export function irregularityOf(alert: Pick<RaisedAlert, 'rules'>): string {
  return irregularities[alert.rules[0] ?? ''] ?? 'other'
}

/** Parts of a sum of yuan, in whole fen. */
export function share(amount: string, percent: number): string {
  const fen = (BigInt(amount.replace('.', '')) * BigInt(percent)) / 100n
  return `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
}
