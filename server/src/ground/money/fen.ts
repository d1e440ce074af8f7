/** An amount in fen (1/100 yuan). Money is never a float. */
export type Fen = bigint

const yuanPattern = /^([+-]?)(\d{1,16})(?:\.(\d{1,2}))?$/

/** Reads a yuan text such as `1234.5` or `-0.30` as fen. Throws a RangeError for anything else. */
export function fenOf(yuan: string): Fen {
  const match = yuanPattern.exec(yuan.trim())
  if (!match) throw new RangeError(`not an amount in yuan with at most two decimals: ${yuan.slice(0, 40)}`)
  const [, sign, whole, decimals = ''] = match
  const fen = BigInt(whole!) * 100n + BigInt(decimals.padEnd(2, '0'))
  return sign === '-' ? -fen : fen
}

/** Writes fen as yuan with two decimals and no separators, as on the wire and in files. */
export function yuanOf(fen: Fen): string {
  const sign = fen < 0n ? '-' : ''
  const absolute = fen < 0n ? -fen : fen
  return `${sign}${absolute / 100n}.${String(absolute % 100n).padStart(2, '0')}`
}

/** Writes fen as people read it: `1,234,567.80`. */
export function groupedYuan(fen: Fen): string {
  const [whole, decimals] = yuanOf(fen).split('.') as [string, string]
  return `${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}.${decimals}`
}
