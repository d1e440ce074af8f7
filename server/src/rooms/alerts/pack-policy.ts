import { z } from 'zod'
import { unitRoles } from '#shared/permissions/index.ts'

const bilingual = z.object({ zh: z.string().min(1), en: z.string().min(1) })
const level = z.enum(['red', 'yellow', 'blue'])
const role = z.string().regex(/^[a-z_]+$/)
const isUnitRole = (name: string) => (unitRoles as readonly string[]).includes(name)
const workdays = z.number().int().min(1).max(250)

/** Working days of each term of a level; an absent term does not run. */
const terms = z.strictObject({
  dispatch: workdays.optional(),
  explain: workdays.optional(),
  judge: workdays.optional(),
  rectify: workdays.optional(),
  confirm: workdays.optional(),
})

const owed = z.enum(['required', 'optional'])

/** A row of the decision table: all its conditions must hold; a row without conditions always does. */
const grade = z.strictObject({
  level,
  title: bilingual,
  /** At least one hit has one of these levels. */
  hit_level: z.array(level).min(1).optional(),
  /** At least one hit is of one of these rules. */
  rules: z.array(z.string()).min(1).optional(),
  /** At least one hit rests on one of these conditions, `RULE.condition`. */
  conditions: z.array(z.string()).min(1).optional(),
  /** Hits of at least so many rules. */
  min_rules: z.number().int().min(1).optional(),
  /** The largest amount at stake, yuan. */
  min_amount: z.union([z.number(), z.string()]).transform(String).optional(),
})

/** A rung of the ladder: so many working days after the term has ended, this happens and these roles hear of it. */
const rung = z.strictObject({
  after: z.number().int().min(0).max(60),
  step: z.enum(['overdue', 'slip', 'escalate']),
  to: z.array(role).min(1),
})

/** What is drawn at random every month among the records that raised no alert. */
const sample = z.strictObject({
  dataset: z.enum(['payment', 'invoice']),
  /** How many, unless the leaders have decided otherwise. */
  size: z.number().int().min(1).max(1000),
  /** Day of the month from which the month before is drawn: its records must have arrived by then. */
  day: z.number().int().min(1).max(28),
})

/** `rules/<pack>/pack.yaml`: who receives a pack's alerts, in which terms, and how hits become a level. */
export const packPolicySchema = z.strictObject({
  pack: z.string().regex(/^[a-z]+$/),
  title: bilingual,
  /** Roles of the office that see the pack's alerts and judge them. */
  readers: z.array(role).min(1),
  /** Roles within the unit that receive what is dispatched. */
  receivers: z.array(role).min(1).default(['unit_finance', 'unit_head']),
  /** Roles of the office that hear of a red alert at once; a unit hears of it by its dispatch. */
  red_push: z
    .array(role.refine((one) => !isUnitRole(one), 'a unit hears of an alert by its dispatch only'))
    .default([]),
  /** Roles of the office that hear of what is dispatched beside the unit (双轨), unless they heard of it as red. */
  dispatch_push: z.array(role.refine((one) => !isUnitRole(one), 'units are receivers')).optional(),
  dispatch: z.record(level, z.enum(['automatic', 'manual', 'record'])),
  terms: z.record(level, terms),
  /** Working days before the end of a term on which it is recalled to mind. */
  reminder: z.number().int().min(0).max(10).default(1),
  ladder: z.array(rung).default([]),
  /** What the unit owes beside the words of its explanation, by level; what is not said is left to it. */
  explanation: z.partialRecord(level, z.strictObject({ attachment: owed, contact: owed })).optional(),
  /** Levels that must be verified, in writing, before an alert that nobody has explained is judged normal. */
  verify: z.partialRecord(level, owed).optional(),
  sample: sample.optional(),
  irregularities: z.array(z.strictObject({ code: z.string().regex(/^\w+$/), title: bilingual })).min(1),
  /** How far ahead an exception from a rule may reach; absent: alerts of the pack allow none. */
  exceptions: z.strictObject({ longest_days: z.number().int().min(1).max(1100) }).optional(),
  /** Rules that must stay unknown to the unit, because they look into the watch list. */
  undisclosed_rules: z.array(z.string()).default([]),
  grading: z.array(grade).min(1),
  /** Column of the evidence that alerts are counted by where hits carry no economic category: its first name. */
  category_evidence: z.string().regex(/^\w+$/).optional(),
  /** Names of the codes by which the pack's alerts are counted, such as the economic classification of spending. */
  categories: z.record(z.string().max(40), bilingual).default({}),
})

/** How the alerts of a pack are handled. */
export type PackPolicy = z.infer<typeof packPolicySchema>

/** The pack policies in force, by pack. */
export type Policies = ReadonlyMap<string, PackPolicy>

/** Decision tables in force, by pack: rows as in a pack's own, which they replace. */
export type DecisionTables = ReadonlyMap<
  string,
  readonly { readonly title: { readonly zh: string; readonly en: string } }[]
>

export type AlertLevel = z.infer<typeof level>

/** What a unit owes beside the words when it explains an alert. */
export interface OwedAnswer {
  readonly attachment: boolean
  readonly contact: boolean
}

export function owedAnswer(policies: Policies, pack: string, level: AlertLevel): OwedAnswer {
  const owed = policies.get(pack)?.explanation?.[level]
  return { attachment: owed?.attachment === 'required', contact: owed?.contact === 'required' }
}
