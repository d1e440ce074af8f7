import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Actor,
  type AlertAction,
  alertActions,
  decide,
  type Standing,
  unitStateOf,
} from './alerts.rules.ts'

const start: Standing = { state: 'raised', dispatched: false, overdue: false, handedOn: false }
const actors: readonly Actor[] = ['unit', 'office', 'system']
const move = fc.record({
  action: fc.constantFrom(...alertActions),
  actor: fc.constantFrom(...actors),
  overdue: fc.boolean(),
  handOn: fc.boolean(),
})
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never

function walk(
  moves: readonly Move[],
  seen: (before: Standing, taken: Move, after: Standing) => void,
): Standing {
  let standing = start
  for (const taken of moves) {
    const before = { ...standing, overdue: taken.overdue }
    const decision = decide(before, taken.action, taken.actor)
    const to = 'to' in decision ? decision.to : before.state
    const after = {
      ...before,
      state: to,
      dispatched: before.dispatched || to === 'dispatched',
      handedOn: before.handedOn || taken.handOn,
    }
    if ('to' in decision) seen(before, taken, after)
    standing = after
  }
  return standing
}

test('the unit explains and rectifies, and nothing else: it never judges, closes or reopens', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      walk(moves, (_before, taken, after) => {
        if (taken.actor !== 'unit') return
        expect(['explain', 'rectify']).toContain(taken.action)
        expect(['explained', 'rectified']).toContain(after.state)
      })
    }),
  )
})

test('an alert closes only by a judgement of the office, and a rectified one only by its confirmation', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      walk(moves, (before, taken, after) => {
        if (after.state !== 'closed') return
        expect(taken.actor).toBe('office')
        expect(before.state === 'rectified' ? 'close' : 'judge_normal').toBe(taken.action)
        expect(before.handedOn).toBe(false)
      })
    }),
  )
})

test('a held alert is never dispatched before it is released', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      walk(moves, (before, _taken, after) => {
        if (before.state === 'held') expect(after.state).toBe('raised')
      })
    }),
  )
})

test('no alert is a dead end: from every state that can be reached it can be closed', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
      const reached = { ...walk(moves, () => {}), handedOn: false, overdue: true }
      expect(canClose(reached)).toBe(true)
    }),
  )
})

test('what the unit sees changes only with what concerns it', () => {
  for (const action of ['judge_doubtful', 'hold', 'release'] as const satisfies readonly AlertAction[]) {
    for (const state of ['raised', 'held', 'explained'] as const) {
      const decision = decide({ ...start, state, dispatched: state === 'explained' }, action, 'office')
      if (!('to' in decision)) continue
      const dispatched = state === 'explained'
      expect(unitStateOf(decision.to, dispatched)).toBe(unitStateOf(state, dispatched))
    }
  }
})

test('without an explanation an alert is judged only when the term is over', () => {
  const waiting: Standing = { ...start, state: 'dispatched', dispatched: true }
  expect(decide(waiting, 'judge_violation', 'office')).toEqual({ refused: 'awaits_explanation' })
  expect(decide({ ...waiting, overdue: true }, 'judge_violation', 'office')).toEqual({ to: 'rectifying' })
})

test('new evidence on a closed alert sends it back to where it was handled', () => {
  const closed: Standing = { ...start, state: 'closed' }
  expect(decide(closed, 'new_evidence', 'system')).toEqual({ to: 'raised' })
  expect(decide({ ...closed, dispatched: true }, 'new_evidence', 'system')).toEqual({ to: 'dispatched' })
})

function canClose(from: Standing): boolean {
  const waiting = [from]
  const known = new Set<string>()
  for (let current = waiting.pop(); current; current = waiting.pop()) {
    if (current.state === 'closed') return true
    for (const action of alertActions)
      for (const actor of actors) {
        const decision = decide(current, action, actor)
        if (!('to' in decision) || known.has(decision.to)) continue
        known.add(decision.to)
        waiting.push({ ...current, state: decision.to, dispatched: true })
      }
  }
  return false
}
