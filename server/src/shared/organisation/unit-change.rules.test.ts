import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '#ground/time/index.ts'
import { decideUnitChange, type UnitAsItIs, type UnitChange } from './unit-change.rules.ts'

const today = '2026-11-24'
const unit: UnitAsItIs = {
  version: {
    unit_code: '001',
    unit_name: '市水务局',
    credit_code: null,
    region_code: '460100',
    parent_code: '009',
    valid_from: '2020-01-01',
    valid_to: null,
  },
  openChildren: 0,
}
const other = { ...unit.version, unit_code: '002', parent_code: null }
const code = (act: () => unknown) => {
  try {
    act()
    return 'done'
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('whatever is changed, no day is without a version and none has two', () => {
  const change = fc.oneof<fc.Arbitrary<UnitChange>[]>(
    fc.record({ kind: fc.constant('rename' as const), unitName: fc.string({ minLength: 1 }) }),
    fc.constant({ kind: 'recode', unitCode: '777' } as const),
    fc.constant({ kind: 'move', parentCode: null } as const),
    fc.constant({ kind: 'merge', successorCode: '002' } as const),
    fc.constant({ kind: 'close' } as const),
  )
  fc.assert(
    fc.property(change, fc.integer({ min: 1, max: 2000 }), (wanted, days) => {
      const effectiveOn = addDays('2020-01-01', days)
      const { rows } = decideUnitChange({ ...unit, other, aboveOther: ['002'] }, wanted, effectiveOn, today)
      const [ended, begun] = rows
      expect(ended).toMatchObject({ valid_from: '2020-01-01', valid_to: addDays(effectiveOn, -1) })
      const goesOn = wanted.kind !== 'merge' && wanted.kind !== 'close'
      expect(begun !== undefined).toBe(goesOn)
      if (begun) expect(begun).toMatchObject({ valid_from: effectiveOn, valid_to: null })
    }),
  )
})

test('what stands in the way is named', () => {
  const decide = (change: UnitChange, on = '2026-01-01', more: Partial<UnitAsItIs> = {}) =>
    code(() => decideUnitChange({ ...unit, ...more }, change, on, today))
  expect(decide({ kind: 'close' }, '2026-11-25')).toBe('organisation.effect_in_future')
  expect(decide({ kind: 'close' }, today)).toBe('done')
  expect(decide({ kind: 'close' }, '2020-01-01')).toBe('organisation.effect_too_early')
  expect(decide({ kind: 'close' }, '2020-01-02')).toBe('done')
  expect(decide({ kind: 'rename', unitName: '市水务局' })).toBe('organisation.nothing_changed')
  expect(decide({ kind: 'rename', unitName: '市水务局', creditCode: '11' })).toBe('done')
  expect(decide({ kind: 'move', parentCode: '009' })).toBe('organisation.nothing_changed')
  const closed = { version: { ...unit.version, valid_to: '2025-12-31' } }
  expect(decide({ kind: 'close' }, '2026-01-01', closed)).toBe('organisation.unit_closed')
  for (const change of [{ kind: 'close' }, { kind: 'recode', unitCode: '7' }] as const) {
    expect(decide(change, '2026-01-01', { openChildren: 1 })).toBe('organisation.children_left')
  }
})

test('a unit goes into, or below, another open unit that is not below it', () => {
  const merge = (more: Partial<UnitAsItIs>) =>
    code(() =>
      decideUnitChange({ ...unit, ...more }, { kind: 'merge', successorCode: '002' }, '2026-01-01', today),
    )
  expect(merge({ other, aboveOther: ['002'] })).toBe('done')
  expect(merge({})).toBe('organisation.bad_other_unit')
  expect(merge({ other: { ...other, valid_to: '2021-01-01' } })).toBe('organisation.bad_other_unit')
  expect(merge({ other: unit.version, aboveOther: ['001'] })).toBe('organisation.bad_other_unit')
  expect(merge({ other, aboveOther: ['002', '001'] })).toBe('organisation.bad_other_unit')
})
