import { pino } from 'pino'
import { maskedFacts } from './masked-words.ts'

/**
 * The log for operators: one JSON line each, without personal data. Write codes, counts, ids and times; never names,
 * numbers of persons, texts that users typed, addresses of reporters or contents of files. Messages of databases quote values:
 * what stands in quotes and long numbers are left out of every text.
 */
export interface Log {
  debug(facts: object, message: string): void
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** Fields that libraries could attach and that must never be written, wherever they stand. */
const censored = [
  'password',
  'authorization',
  'cookie',
  'token',
  'secret',
  'person_id',
  'personId',
  'account_no',
]

export function createLog(level: string, destination?: NodeJS.WritableStream): Log {
  return pino(
    {
      level,
      base: null,
      formatters: { log: maskedFacts },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: censored.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[removed]' },
    },
    destination ?? pino.destination(2),
  )
}

export const quietLog: Log = { debug() {}, info() {}, warn() {}, error() {} }
