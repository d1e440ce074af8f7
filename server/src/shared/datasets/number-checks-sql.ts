import { demoDivision } from '#ground/ids/index.ts'

/**
 * Checks of numbers as DuckDB expressions over a cleaned text column: each is a `case` that gives the reason of the
 * fault, or null. `#ground/ids` has the same checks in code; a property test holds the two together.
 */

const personWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** The check character of the first 17 digits (GB 11643-1999). */
function personCheckCharacter(text: string): string {
  const terms = personWeights.map((weight, at) => `(ascii(${text}[${at + 1}]) - 48) * ${weight}`)
  return `'10X98765432'[(${terms.join(' + ')}) % 11 + 1]`
}

/** An 18-character citizen number out of the 15 digits used before 1999; other texts, in capitals, as they are. */
export function upgradedPersonId(text: string): string {
  const seventeen = `(${text}[1:6] || '19' || ${text}[7:15])`
  return `case when regexp_full_match(${text}, '\\d{15}') then ${seventeen} || ${personCheckCharacter(seventeen)} else upper(${text}) end`
}

/**
 * The number of a person or an organisation as it is compared with others: in capitals, and a citizen number of 15 digits
 * upgraded. Registrations of before 2015 have 15 digits too; only where a birthday stands in its place is it a person's.
 */
export function partyCode(text: string): string {
  const born = `('19' || ${text}[7:8] || '-' || ${text}[9:10] || '-' || ${text}[11:12])`
  return `case when regexp_full_match(${text}, '\\d{15}') and try_cast(${born} as date) is not null
    then ${upgradedPersonId(text)} else upper(${text}) end`
}

/** What is wrong with a citizen number: cut by a spreadsheet, its length, its birthday, its check digit, a demo number. */
export function personIdFault(text: string, allowDemo: boolean): string {
  const born = `(${text}[7:10] || '-' || ${text}[11:12] || '-' || ${text}[13:14])`
  return `case
    when ${lostDigits(text)} then 'lost_digits'
    when not regexp_full_match(${text}, '\\d{17}[\\dX]') then 'person_id_length'
    when ${personCheckCharacter(text)} <> ${text}[18] then
      case when ${text}[16:18] = '000' then 'lost_digits' else 'person_id_check' end
    when try_cast(${born} as date) is null or ${born} < '1900-01-01' then 'person_id_date'
    ${allowDemo ? '' : `when ${text}[1:6] = '${demoDivision}' then 'demo_person'`}
  end`
}

/** What is wrong with a unified social credit code (GB 32100-2015). */
export function creditCodeFault(text: string): string {
  const terms = creditWeights.map(
    (weight, at) => `(strpos('${creditAlphabet}', ${text}[${at + 1}]) - 1) * ${weight}`,
  )
  const wanted = `'${creditAlphabet}'[(31 - (${terms.join(' + ')}) % 31) % 31 + 1]`
  return `case
    when ${lostDigits(text)} then 'lost_digits'
    when not regexp_full_match(${text}, '[0-9A-HJ-NP-RTUWXY]{18}') then 'credit_code_length'
    when ${wanted} <> ${text}[18] then
      case when regexp_full_match(${text}, '\\d{15}000') then 'lost_digits' else 'credit_code_check' end
  end`
}

/** A credit code, or the 15 characters that registrations of before 2015 still carry. */
export function taxNumberFault(text: string): string {
  return `case when not regexp_full_match(${text}, '[0-9A-Z]{15}') then ${creditCodeFault(text)} end`
}

/**
 * The number of a buyer or seller: a tax number, or for a person the citizen number itself, to which registrations of
 * small traders of before 2015 add two digits.
 */
export function taxpayerNumberFault(text: string, allowDemo: boolean): string {
  const ofPerson = personIdFault(`${text}[1:18]`, allowDemo)
  return `case
    when not regexp_full_match(${text}, '\\d{17}[\\dX](\\d\\d)?') then ${taxNumberFault(text)}
    when ${ofPerson} is null then null
    when ${ofPerson} = 'demo_person' then 'demo_person'
    else ${taxNumberFault(text)}
  end`
}

/** A long number that went through a spreadsheet as a number: `4.6E+17`, or `46000000000000000.0`. */
export function lostDigits(text: string): string {
  return `regexp_full_match(${text}, '\\d(\\.\\d+)?[eE]\\+?\\d+|\\d{9,}\\.0*')`
}
