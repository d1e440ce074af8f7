import { literal } from '#ground/warehouse/index.ts'
import type { Column, ColumnCheck } from './dataset.ts'
import {
  creditCodeFault,
  lostDigits,
  partyCode,
  personIdFault,
  taxNumberFault,
  taxpayerNumberFault,
  upgradedPersonId,
} from './number-checks-sql.ts'
import { sqlType } from './tables.ts'

/** Longest text where the description names no other. */
export const longestText = 1000

const earliestDate = '1900-01-01'
const latestDate = '2999-12-31'

/** One cell in SQL: `text` is the cleaned text (null where empty), `value` the typed value made of it. */
interface CellSql {
  /** The typed value; null where the text cannot be read. */
  value(text: string): string
  /** Reason of the fault of a text that is there, or null. */
  fault(text: string, value: string): string
}

/** How a column's cells are read and judged, as DuckDB expressions. */
export function cellSql(column: Column, allowDemo: boolean): CellSql {
  switch (column.type) {
    case 'text':
      return textCell(column, allowDemo)
    case 'date':
      return dateCell
    case 'money':
      return numberCell(column, { decimals: 2, badForm: 'money' })
    case 'quantity':
      return numberCell(column, { decimals: 6, badForm: 'quantity' })
    case 'integer':
      return {
        value: (text) =>
          `case when regexp_full_match(${text}, '-?\\d{1,9}') then cast(${text} as integer) end`,
        fault: (_text, value) => `case when ${value} is null then 'integer' end`,
      }
    case 'flag':
      return flagCell(column)
    case 'choice':
      return choiceCell(column)
  }
}

function textCell(column: Column, allowDemo: boolean): CellSql {
  const longest = column.max ?? longestText
  const check = column.check && checks[column.check]
  // The byte count is cheaper and never smaller than the count of characters.
  const tooLong = (text: string) =>
    `when strlen(${text}) > ${longest} and length(${text}) > ${longest} then 'too_long'`
  if (!check) {
    return { value: (text) => text, fault: (text) => `case ${tooLong(text)} end` }
  }
  return {
    value: check.value,
    fault: (_text, value) => `case ${tooLong(value)} else ${check.fault(value, allowDemo)} end`,
  }
}

interface CheckSql {
  /** The number in the form in which it is stored. */
  value(text: string): string
  fault(value: string, allowDemo: boolean): string
}

/** The form is looked at first: only what does not have it is asked why. */
const form = (pattern: string, reason: string, value: CheckSql['value'] = (text) => text): CheckSql => ({
  value,
  fault: (number) => `case when not regexp_full_match(${number}, '${pattern}') then
    case when ${lostDigits(number)} then 'lost_digits' else '${reason}' end end`,
})

const checks: Readonly<Record<ColumnCheck, CheckSql>> = {
  'person-id': { value: upgradedPersonId, fault: personIdFault },
  'credit-code': { value: (text) => `upper(${text})`, fault: creditCodeFault },
  'tax-number': { value: (text) => `upper(${text})`, fault: taxNumberFault },
  'taxpayer-number': { value: (text) => `upper(${text})`, fault: taxpayerNumberFault },
  'party-code': { value: partyCode, fault: () => 'null' },
  region: form('\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12}', 'region'),
  'tax-class': form('\\d{1,19}', 'tax_class'),
  'invoice-number': form('\\d{8}|\\d{20}', 'invoice_number'),
  // Bank books print accounts in groups; the blanks are no part of the number.
  'bank-account': form(
    '[0-9A-Za-z][0-9A-Za-z-]{4,39}',
    'bank_account',
    (text) => `case when contains(${text}, ' ') then replace(${text}, ' ', '') else ${text} end`,
  ),
}

const writtenDate = `(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?(?:[ T]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)?`

const dateCell: CellSql = {
  value: (text) => `case
    when regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}') then try_cast(${text} as date)
    when regexp_full_match(${text}, '\\d{8}') then
      try_cast(${text}[1:4] || '-' || ${text}[5:6] || '-' || ${text}[7:8] as date)
    when regexp_full_match(${text}, '${writtenDate}') then
      try_cast(regexp_replace(${text}, '^${writtenDate}$', '\\1-\\2-\\3') as date)
  end`,
  fault: (_text, value) => `case when ${value} is null then 'date'
    when ${value} < date '${earliestDate}' or ${value} > date '${latestDate}' then 'date_range' end`,
}

function numberCell(column: Column, { decimals, badForm }: { decimals: number; badForm: string }): CellSql {
  const plain = `[+-]?\\d{1,${18 - decimals}}(\\.\\d{1,${decimals}}0*)?`
  const bare = (text: string) => `regexp_replace(replace(${text}, ',', ''), '^[¥￥]|元$', '', 'g')`
  const grouped = `[¥￥]?[+-]?\\d{1,3}(,\\d{3})*(\\.\\d+)?元?|[¥￥]?[+-]?\\d+(\\.\\d+)?元?`
  const type = sqlType(column)
  return {
    value: (text) => `case
      when regexp_full_match(${text}, '${plain}') then try_cast(${text} as ${type})
      when regexp_full_match(${text}, '${grouped}') and regexp_full_match(${bare(text)}, '${plain}')
        then try_cast(${bare(text)} as ${type})
    end`,
    fault: (text, value) => `case
      when ${value} is null then case
        when ${lostDigits(text)} then 'lost_digits'
        when regexp_full_match(${text}, '[+-]?\\d{1,${18 - decimals}}\\.\\d+') then 'decimals'
        when regexp_full_match(${text}, '[+-]?\\d{${19 - decimals},}(\\.\\d+)?') then 'too_large'
        else '${badForm}' end
      ${column.negative ? '' : `when ${value} < 0 then 'negative'`}
    end`,
  }
}

function flagCell({ refused }: Column): CellSql {
  return {
    value: (text) => `case
    when lower(${text}) in ('true', '1', '是', 'yes', 'y', 't') then true
    when lower(${text}) in ('false', '0', '否', 'no', 'n', 'f') then false
  end`,
    fault: (_text, value) =>
      `case when ${value} is null then 'flag'${refused ? ` when ${value} then '${refused}'` : ''} end`,
  }
}

/** Files may write the stored code or the word of either language; nearly all write the code. */
function choiceCell(column: Column): CellSql {
  const choices = Object.entries(column.choices ?? {})
  const codes = choices.map(([code]) => `when ${literal(code)} then ${literal(code)}`).join(' ')
  const words = choices
    .flatMap(([code, { zh, en }]) =>
      [...new Set([code, zh, en])].map((word) => `when ${literal(word.toLowerCase())} then ${literal(code)}`),
    )
    .join(' ')
  return {
    value: (text) => `coalesce(case ${text} ${codes} end, case lower(${text}) ${words} end)`,
    fault: (_text, value) => `case when ${value} is null then 'choice' end`,
  }
}
