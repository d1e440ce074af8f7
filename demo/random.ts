/** A seeded source of chance: the same seed gives the same province, byte for byte, on every machine. */
export interface Chance {
  /** An integer from `from` to `to`, both included. */
  between(from: number, to: number): number
  pick<Item>(items: readonly Item[]): Item
  /** True with the probability `percent` / 100. */
  percent(percent: number): boolean
}

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded by splitmix32 steps. 32-bit integers only, so no platform differs. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const split = () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
  let [a, b, c, counter] = [split(), split(), split(), 1]
  const next = () => {
    const sum = (a + b + counter) >>> 0
    counter = (counter + 1) >>> 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) >>> 0
    c = ((c << 21) | (c >>> 11)) >>> 0
    c = (c + sum) >>> 0
    return sum
  }
  for (let warm = 0; warm < 12; warm += 1) next()
  const between = (from: number, to: number) => from + (next() % (to - from + 1))
  return {
    between,
    pick: (items) => items[between(0, items.length - 1)]!,
    percent: (percent) => between(1, 100) <= percent,
  }
}
