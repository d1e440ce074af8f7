import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wilson } from './wilson.ts'

// Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I, method 3.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i has the published interval', (found, sampled, low, high) => {
  const estimate = wilson(found, sampled)!
  expect(estimate.low).toBeCloseTo(low, 4)
  expect(estimate.high).toBeCloseTo(high, 4)
})

/** Where the score test just stops rejecting, found by halving: what the closed formula must agree with. */
function boundByScoreTest(found: number, sampled: number, side: 'low' | 'high'): number {
  const rate = found / sampled
  const rejects = (share: number) => {
    const deviation = Math.sqrt((share * (1 - share)) / sampled)
    return deviation === 0 ? share !== rate : Math.abs(rate - share) / deviation > 1.959963984540054
  }
  let [inside, outside] = [rate, side === 'low' ? 0 : 1]
  if (!rejects(outside)) return outside
  for (let step = 0; step < 200; step += 1) {
    const middle = (inside + outside) / 2
    if (rejects(middle)) outside = middle
    else inside = middle
  }
  return inside
}

test('the bounds are where the score test stops rejecting, for every sample', () => {
  const samples = fc
    .integer({ min: 1, max: 2000 })
    .chain((sampled) => fc.tuple(fc.integer({ min: 0, max: sampled }), fc.constant(sampled)))
  fc.assert(
    fc.property(samples, ([found, sampled]) => {
      const estimate = wilson(found, sampled)!
      expect(estimate.low).toBeCloseTo(boundByScoreTest(found, sampled, 'low'), 9)
      expect(estimate.high).toBeCloseTo(boundByScoreTest(found, sampled, 'high'), 9)
    }),
  )
})

test('an empty sample says nothing', () => {
  expect(wilson(0, 0)).toBeUndefined()
})
