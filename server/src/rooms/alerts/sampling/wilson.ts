/** The 0.975 quantile of the normal distribution: a two-sided interval of 95 %. */
const z = 1.959963984540054

/** A share with its interval, each between 0 and 1. */
export interface Estimate {
  readonly rate: number
  readonly low: number
  readonly high: number
}

/**
 * A share estimated from a simple random sample, with Wilson's 95 % interval, which holds for small samples and for shares
 * near 0 too. Undefined for an empty sample: it says nothing.
 */
export function wilson(found: number, sampled: number): Estimate | undefined {
  if (sampled === 0) return undefined
  const rate = found / sampled
  const scale = 1 + z ** 2 / sampled
  const middle = (rate + z ** 2 / (2 * sampled)) / scale
  const reach = (z / scale) * Math.sqrt((rate * (1 - rate)) / sampled + z ** 2 / (4 * sampled ** 2))
  // At the ends the formula gives the end itself, up to rounding.
  return {
    rate,
    low: found === 0 ? 0 : Math.max(0, middle - reach),
    high: found === sampled ? 1 : Math.min(1, middle + reach),
  }
}
