import { isCalendarDate } from '#ground/time/index.ts'

/** The division that demo people carry; it exists nowhere, so no real person can be meant. */
export const demoDivision = '469999'

export type PersonIdFault = 'length' | 'date' | 'check-digit' | 'demo'

const personWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/**
 * What is wrong with an 18-character citizen number (GB 11643-1999), or undefined if nothing is. `demo` says that the
 * number carries the demo division and the installation is no demo.
 */
export function personIdFault(id: string, allowDemo: boolean): PersonIdFault | undefined {
  if (!/^\d{17}[\dX]$/.test(id)) return 'length'
  const born = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  if (!isCalendarDate(born) || born < '1900-01-01') return 'date'
  if (personCheckDigit(id) !== id[17]) return 'check-digit'
  if (!allowDemo && id.startsWith(demoDivision)) return 'demo'
  return undefined
}

function personCheckDigit(id: string): string {
  const sum = personWeights.reduce((total, weight, index) => total + weight * Number(id[index]), 0)
  return '10X98765432'[sum % 11]!
}

/** Writes a 15-digit number of before 1999 in the 18-character form; other texts come back as they are. */
export function upgradedPersonId(id: string): string {
  if (!/^\d{15}$/.test(id)) return id
  const seventeen = `${id.slice(0, 6)}19${id.slice(6)}`
  return seventeen + personCheckDigit(seventeen)
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** What is wrong with a unified social credit code (GB 32100-2015), or undefined if nothing is. */
export function creditCodeFault(code: string): 'length' | 'check-digit' | undefined {
  if (!/^[0-9A-HJ-NP-RTUWXY]{18}$/.test(code)) return 'length'
  const sum = creditWeights.reduce(
    (total, weight, index) => total + weight * creditAlphabet.indexOf(code[index]!),
    0,
  )
  return creditAlphabet[(31 - (sum % 31)) % 31] === code[17] ? undefined : 'check-digit'
}
