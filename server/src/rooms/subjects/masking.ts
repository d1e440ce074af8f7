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
