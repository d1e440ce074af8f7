import { personIdFault } from '#ground/ids/index.ts'

/** A name of which only the surname's first character is shown: 欧阳某某 and 欧某 look alike in length only. */
export function maskedName(name: string): string {
  const [first = '', ...rest] = [...name]
  return first + '＊'.repeat(Math.max(1, rest.length))
}

/** A citizen number or another number of a document: the first and the last four characters are shown. */
export function maskedNumber(number: string): string {
  if (number.length < 12) return '*'.repeat(number.length)
  return number.slice(0, 4) + '*'.repeat(number.length - 8) + number.slice(-4)
}

/** The number of a buyer or seller: a person's is his citizen number, and masked; one of a body is public. */
export function maskedTaxpayer(number: string): string {
  return isPersonal(number) ? maskedNumber(number) : number
}

/** Whether the number of a buyer or seller is a citizen number, also with the two digits of a small trader. */
export function isPersonal(taxpayerNumber: string): boolean {
  return [18, 20].includes(taxpayerNumber.length) && !personIdFault(taxpayerNumber.slice(0, 18), true)
}

/** Any text in the cell of a file or form: enough to find the cell again, too little to use it or to be a list of persons. */
export function maskedText(text: string): string {
  const characters = [...text]
  if (characters.length <= 2) return `${characters[0] ?? ''}*`
  const kept = Math.min(4, Math.floor(characters.length / 3))
  return `${characters.slice(0, kept).join('')}***${characters.slice(-kept).join('')}`
}

/** Signs in place of what is hidden; as many whatever was hidden, so that the length tells nothing. */
const hidden = '****'

/** Names of persons have up to four characters; what is longer under a personal column is an organisation's name. */
const longestName = 4

/** The value of a personal column as evidence shows it by default: the end of a number, the family name of a person. */
export function maskedPersonal(value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value
  if (/^[\dA-Za-z-]{5,}$/.test(value)) return `${hidden}${value.slice(-4)}`
  if (/^[\dA-Za-z-]+$/.test(value)) return hidden
  const characters = [...value]
  return characters.length <= longestName ? `${characters[0]}**` : value
}
