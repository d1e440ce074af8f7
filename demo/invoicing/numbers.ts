import type { World } from '../world.ts'

/** The kinds of invoices that carry a code beside a number of eight digits, and the letters of their codes. */
const codes: Readonly<Record<string, (region: string, year: string) => string>> = {
  vat_special: (region, year) => `${region}${year}1130`,
  vat_ordinary: (region, year) => `0${region}${year}00104`,
  vat_electronic: (region, year) => `0${region}${year}00111`,
  fixed_amount: (region, year) => `1${region}${year}00021`,
  roll: (region, year) => `0${region}${year}00107`,
}

export interface InvoiceNumber {
  /** Null for a fully digital invoice. */
  readonly code: string | null
  readonly number: string
}

/** Numbers that lie between two successive bookings, so that none follow each other unless they are asked to. */
const stride = 7

/**
 * The numbers of `count` (at most six) successive invoices of one day. Numbers rise with the days of issue; invoices
 * that are not asked for together never carry successive numbers.
 */
export function successiveNumbers(
  world: World,
  kind: string,
  region: string,
  day: string,
  count: number,
): readonly InvoiceNumber[] {
  const year = day.slice(2, 4)
  const toCode = codes[kind]
  const code = toCode ? toCode(region.slice(0, 4), year) : null
  const head = `${year}${region.slice(0, 2)}1`
  const nth = world.next(`numbers-${code ?? head}-${day}`)
  const first = nth * stride + (count === 1 ? world.chance.between(0, stride - 2) : 0)
  const days = (Date.parse(`${day}T00:00:00Z`) - Date.parse('2024-01-01T00:00:00Z')) / 86_400_000
  return Array.from({ length: count }, (_unused, place) =>
    code === null
      ? { code, number: `${head}${String(days * 1_000_000 + first + place).padStart(15, '0')}` }
      : { code, number: String(10_000_000 + (days % 1100) * 80_000 + first + place) },
  )
}
