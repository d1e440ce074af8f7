import { defineError } from '#ground/errors/index.ts'
import { addDays, type CalendarDate } from '#ground/time/index.ts'
import type { UnitRow } from './unit-row.schema.ts'

const closedAlready = defineError(
  'organisation.unit_closed',
  409,
  '该单位已撤销或并入其他单位，不能再变更。',
  'The unit is closed or merged already and cannot be changed any more.',
)
const dayInFuture = defineError(
  'organisation.effect_in_future',
  409,
  '生效日期不能晚于今天。请在生效之日登记。',
  'The day of effect cannot lie in the future. Enter the change on the day from which it holds.',
)
const dayTooEarly = defineError(
  'organisation.effect_too_early',
  409,
  '生效日期须晚于现行版本的生效日期 {since}。',
  'The day of effect must be after {since}, from which the present version holds.',
)
const nothingChanged = defineError(
  'organisation.nothing_changed',
  409,
  '变更后与现行登记相同。',
  'The unit would be as it is.',
)
const badOther = defineError(
  'organisation.bad_other_unit',
  409,
  '另一单位须为您管辖范围内存续的其他单位，且不在本单位之下。',
  'The other unit must be another open unit in your part of the tree, and not below this one.',
)
const childrenLeft = defineError(
  'organisation.children_left',
  409,
  '该单位还有 {count} 个存续的下属单位，请先调整其隶属关系或撤销。',
  'The unit has {count} open units below it; move or close them first.',
)

export type UnitChange =
  | {
      readonly kind: 'rename'
      readonly unitName: string
      readonly creditCode?: string | null | undefined
    }
  | { readonly kind: 'recode'; readonly unitCode: string }
  | { readonly kind: 'move'; readonly parentCode: string | null }
  | { readonly kind: 'merge'; readonly successorCode: string }
  | { readonly kind: 'close' }

/** What the decision needs to know, as the caller sees it. */
export interface UnitAsItIs {
  /** Its last version. */
  readonly version: UnitRow
  readonly openChildren: number
  /** The last version of the unit into which it goes, or below which it goes; undefined where there is none in sight. */
  readonly other?: UnitRow | undefined
  /** The other unit and everything above it. */
  readonly aboveOther?: readonly string[]
}

export interface DecidedChange {
  /** The versions to be written into the register: the one that ends, then the one that begins. */
  readonly rows: readonly UnitRow[]
  readonly was: string | null
  readonly became: string | null
}

/**
 * What a change makes of the register: the present version ends on the eve of its day of effect, and where the unit goes
 * on, another begins on that day. Throws what stands in the way.
 */
export function decideUnitChange(
  unit: UnitAsItIs,
  change: UnitChange,
  effectiveOn: CalendarDate,
  today: CalendarDate,
): DecidedChange {
  const { version } = unit
  if (effectiveOn > today) throw dayInFuture()
  if (version.valid_to) throw closedAlready()
  if (effectiveOn <= version.valid_from) throw dayTooEarly({ since: version.valid_from })
  const ended = { ...version, valid_to: addDays(effectiveOn, -1) }
  const begun = { ...version, valid_from: effectiveOn }
  switch (change.kind) {
    case 'rename': {
      const { unitName, creditCode = version.credit_code ?? null } = change
      if (unitName === version.unit_name && creditCode === (version.credit_code ?? null))
        throw nothingChanged()
      const renamed = { ...begun, unit_name: unitName, credit_code: creditCode }
      return { rows: [ended, renamed], was: version.unit_name, became: unitName }
    }
    case 'recode': {
      if (change.unitCode === version.unit_code) throw nothingChanged()
      refuseChildren(unit)
      const { unitCode } = change
      const rows = [
        { ...ended, successor_code: unitCode },
        { ...begun, unit_code: unitCode },
      ]
      return { rows, was: version.unit_code, became: unitCode }
    }
    case 'move': {
      const { parentCode } = change
      if (parentCode === (version.parent_code ?? null)) throw nothingChanged()
      if (parentCode !== null) refuseOther(unit)
      return {
        rows: [ended, { ...begun, parent_code: parentCode }],
        was: version.parent_code ?? null,
        became: parentCode,
      }
    }
    case 'merge':
      refuseOther(unit)
      refuseChildren(unit)
      return {
        rows: [{ ...ended, successor_code: change.successorCode }],
        was: version.unit_code,
        became: change.successorCode,
      }
    case 'close':
      refuseChildren(unit)
      return { rows: [ended], was: version.unit_code, became: null }
  }
}

function refuseOther({ version, other, aboveOther = [] }: UnitAsItIs): void {
  if (!other || other.valid_to || aboveOther.includes(version.unit_code)) throw badOther()
}

function refuseChildren({ openChildren }: UnitAsItIs): void {
  if (openChildren > 0) throw childrenLeft({ count: openChildren })
}
