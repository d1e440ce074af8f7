import { datasets } from '#shared/datasets/index.ts'
import { hitOf } from './hit.ts'
import { personNumbers } from './hit-log.ts'
import type { DifferenceRow } from './replay-comparison.ts'
import type { Rule } from './rule.schema.ts'

/** A hit of the difference as it is kept: its sentence without the names and numbers of persons. */
export interface KeptHit {
  readonly position: number
  readonly outcome: DifferenceRow['outcome']
  readonly changed: boolean
  readonly unitCode: string | null
  readonly onDate: string
  readonly a: DifferenceRow['a']
  readonly b: DifferenceRow['b']
  readonly anchor: string
  /** The keys of the hit, in the order of the rule's identity. */
  readonly record: string
  readonly message: { readonly zh: string; readonly en: string }
  readonly personKeys: readonly string[]
}

/** Makes what is kept of a difference. The persons whom it concerns are named by their keys only. */
export function keptHit(
  difference: DifferenceRow,
  sides: { readonly a: Rule; readonly b: Rule },
  personKey: (idNumber: string) => string,
): KeptHit {
  const rule = difference.outcome === 'lost' ? sides.a : sides.b
  const hit = hitOf(rule, difference.row)
  const hidden = personalColumns(rule)
  const shown = hitOf(
    rule,
    Object.fromEntries(
      Object.entries(difference.row).map(([name, value]) => [
        name,
        hidden.has(name) && typeof value === 'string' ? masked(value) : value,
      ]),
    ),
  )
  return {
    position: difference.position,
    outcome: difference.outcome,
    changed: difference.changed,
    unitCode: hit.unitCode,
    onDate: hit.onDate,
    a: difference.a,
    b: difference.b,
    anchor: hit.anchor,
    record: Object.values(shown.keys).map(String).filter(Boolean).join(' · '),
    message: shown.message,
    personKeys: personNumbers(hit).map(personKey),
  }
}

const personalInAnyDataset = new Set(
  datasets.flatMap(({ columns }) =>
    Object.entries(columns).flatMap(([name, { personal }]) => (personal ? [name] : [])),
  ),
)

function personalColumns(rule: Rule): ReadonlySet<string> {
  const evidence = rule.evidence.filter(({ personal }) => personal).map(({ name }) => name)
  return new Set([...evidence, ...rule.identity.filter((name) => personalInAnyDataset.has(name))])
}

/** Enough to tell two apart in a list, too little to name a person: of a name its first character, of a number its end. */
function masked(value: string): string {
  const characters = [...value]
  return /^[0-9A-Za-z-]{6,}$/.test(value)
    ? `***${characters.slice(-4).join('')}`
    : `${characters[0] ?? ''}${'*'.repeat(Math.min(3, Math.max(1, characters.length - 1)))}`
}
