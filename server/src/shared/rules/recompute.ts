import { TimeLimitError, type WarehouseSession } from '#ground/warehouse/index.ts'
import { type Hit, hitOf } from './hit.ts'
import { boundParameters, type ParameterValues } from './parameters.ts'
import type { PinnedHit } from './pinned-hit.store.ts'
import type { Rule } from './rule.schema.ts'
import { withExceptions } from './runner.ts'

/** A value that is another one now. `name` is a column of the hit. */
export interface Difference {
  readonly name: string
  readonly stored: string | null
  readonly now: string | null
}

export interface Recomputed {
  /**
   * `agrees`: the facts give exactly what was stored. `differs`: they give the hit with other values. `gone`: they give no
   * hit at this anchor any more. `failed`: the rule could not be run.
   */
  readonly outcome: 'agrees' | 'differs' | 'gone' | 'failed'
  /** Whether the rule's text is still the one that produced the hit; otherwise today's text was run. */
  readonly sameRule: boolean
  readonly differences: readonly Difference[]
}

/** Somebody is waiting for the page: a rule that needs longer than this over all facts is given up. */
const timeLimitMilliseconds = 20_000

/** Runs a hit's rule for its anchor over today's facts, with the parameters and the day pinned in it, and compares. */
export async function recompute(
  session: WarehouseSession,
  rule: Rule,
  pinned: PinnedHit,
): Promise<Recomputed> {
  const sameRule = rule.version === pinned.ruleVersion
  try {
    const found = await session.within(timeLimitMilliseconds, () => hitAtAnchor(session, rule, pinned))
    if (!found) return { outcome: 'gone', sameRule, differences: [] }
    if (found.evidenceHash === pinned.evidenceHash) return { outcome: 'agrees', sameRule, differences: [] }
    return { outcome: 'differs', sameRule, differences: differencesOf(pinned, found) }
  } catch (error) {
    if (sameRule && !(error instanceof TimeLimitError)) throw error
    return { outcome: 'failed', sameRule, differences: [] }
  }
}

async function hitAtAnchor(
  session: WarehouseSession,
  rule: Rule,
  pinned: PinnedHit,
): Promise<Hit | undefined> {
  const names = rule.identity.filter((name) => pinned.keys[name] !== undefined)
  const there = names.map((name) => `cast(found.${name} as text) = cast($anchor_${name} as text)`)
  const anchor = Object.fromEntries(names.map((name) => [`anchor_${name}`, String(pinned.keys[name])]))
  const rows = await session.rows(
    `select * from (${withExceptions(rule)}) found where ${there.join(' and ')}`,
    {
      ...boundParameters(pinnedParameters(rule, pinned.parameters), pinned.asOf),
      ...rule.bindings,
      ...anchor,
    },
  )
  return rows[0] && hitOf(rule, rows[0])
}

/** The pinned values; a parameter that the rule has only since then has its default, one that it no longer has is left out. */
export function pinnedParameters(rule: Rule, pinned: ParameterValues): ParameterValues {
  return Object.fromEntries(
    rule.parameters.map((definition) => [definition.name, pinned[definition.name] ?? definition.default]),
  )
}

function differencesOf(pinned: PinnedHit, found: Hit): Difference[] {
  const stored = {
    level: pinned.level,
    condition: pinned.condition,
    amount: pinned.amount,
    ...pinned.evidence,
  }
  const now = { level: found.level, condition: found.condition, amount: found.amount, ...found.evidence }
  const names = [...new Set([...Object.keys(stored), ...Object.keys(now)])]
  return names.flatMap((name) => {
    const before = shown((stored as Record<string, unknown>)[name])
    const after = shown((now as Record<string, unknown>)[name])
    return before === after ? [] : [{ name, stored: before, now: after }]
  })
}

function shown(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}
