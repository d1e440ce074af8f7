/** What stands for a value that is left out. */
const leftOut = '…'

/** Quoted parts, with the word before them; an apostrophe within a word opens and closes nothing. */
const quoted =
  /(?:\b(\w+) )?(?:(?<![\p{L}\p{N}])(["'`])([\s\S]*?)\2(?![\p{L}\p{N}])|[“「『][^”」』]*[”」』])/gu

/** Before these words' quotes stand names of the product's own tables and the like, which say where a fault lies. */
const ofTheSchema = new Set(
  'relation table column constraint function schema index type policy database role sequence trigger'.split(
    ' ',
  ),
)
const identifier = /^[a-z_][a-z0-9_.]*$/

/** Rows that PostgreSQL and DuckDB tell whole: `Key (a)=(…)`, `Failing row contains (…)`, a line of a file. */
const rows = /(\)=\(|row contains \(|Original Line:)[^\n]*/gi

/** Seven digits and more are a number of somebody: a telephone, an account, a citizen. What is part of a key is none. */
const numbers =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z?|\d{7,}[Xx]?/gi
const aNumber = /^\d+[Xx]?$/

/**
 * A text for the log without the values in it: databases quote in their messages what they could not read, such as the
 * citizen number in a failing cast. The rest of the sentence, names of tables and columns, and keys stay.
 */
export function maskedWords(text: string): string {
  return text
    .replace(rows, (_whole, before: string) => `${before}${leftOut}`)
    .replace(quoted, (whole, before: string | undefined, _mark, value: string | undefined) => {
      if (before && ofTheSchema.has(before) && value && identifier.test(value)) return whole
      return `${before ? `${before} ` : ''}"${leftOut}"`
    })
    .replace(numbers, (found) => (aNumber.test(found) ? leftOut : found))
}

/** The facts of a line, every text in them without values, however deep it stands. */
export function maskedFacts(facts: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, masked(value)]))
}

function masked(value: unknown): unknown {
  if (typeof value === 'string') return maskedWords(value)
  if (Array.isArray(value)) return value.map(masked)
  if (value instanceof Error)
    return { message: maskedWords(value.message), stack: maskedWords(value.stack ?? '') }
  if (value !== null && typeof value === 'object' && !(value instanceof Date)) return maskedFacts(value)
  return value
}
