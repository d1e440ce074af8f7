const personWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** A citizen number (GB 11643) of the division 469999, which does not exist: no real person can have it. */
export function personId(serial: number, born: string): string {
  const sequence = String(serial % 1000).padStart(3, '0')
  const head = `469999${born.replaceAll('-', '')}${sequence}`
  const sum = [...head].reduce((total, digit, place) => total + Number(digit) * personWeights[place]!, 0)
  return head + '10X98765432'[sum % 11]
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

/** A unified social credit code (GB 32100) with both check characters right; `serial` makes it unique. */
export function creditCode(kind: '11' | '12' | '91' | '92', region: string, serial: number): string {
  const body = `X${String(serial).padStart(7, '0')}`
  const organisationSum = [...body].reduce(
    (total, character, place) => total + organisationValue(character) * organisationWeights[place]!,
    0,
  )
  const rest = 11 - (organisationSum % 11)
  const organisation = body + (rest === 10 ? 'X' : rest === 11 ? '0' : String(rest))
  const head = `${kind}${region}${organisation}`
  let weight = 1
  let sum = 0
  for (const character of head) {
    sum += creditAlphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return head + creditAlphabet[(31 - (sum % 31)) % 31]
}

function organisationValue(character: string): number {
  return character >= '0' && character <= '9' ? Number(character) : character.charCodeAt(0) - 55
}

/** A bank card number of 19 digits that satisfies Luhn. */
export function bankAccount(serial: number): string {
  const head = `621799${String(serial).padStart(12, '0')}`
  let sum = 0
  for (let place = 0; place < head.length; place += 1) {
    const digit = Number(head[head.length - 1 - place])
    const doubled = place % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return `${head}${(10 - (sum % 10)) % 10}`
}
