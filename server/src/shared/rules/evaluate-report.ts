import { type Dataset, faultSentence, type RowFault, type StagedRows } from '#shared/datasets/index.ts'
import type { Hit } from './hit.ts'
import { levels } from './rule.schema.ts'
import type { RuleOutcome } from './runner.ts'

/** A hit as one line of JSON. */
export function hitLine(hit: Hit): string {
  return JSON.stringify({
    rule: hit.rule,
    level: hit.level,
    unit: hit.unitCode,
    keys: hit.keys,
    amount: hit.amount,
    message: hit.message.zh,
    message_en: hit.message.en,
    condition: hit.condition,
    on_date: hit.onDate,
    evidence: hit.evidence,
    rule_version: hit.ruleVersion.slice(0, 12),
  })
}

/** The report of one file: its first faults, one per line, then how often each occurs. */
export async function faultLines(
  dataset: Dataset,
  file: string,
  staged: StagedRows | undefined,
  fileFaults: readonly RowFault[],
  shown: number,
): Promise<readonly string[]> {
  const faults = staged ? await staged.faults(shown) : fileFaults
  const lines = faults.map((fault) => {
    const { zh, en } = faultSentence(dataset, fault)
    return [file, fault.row ?? '', fault.column ?? '', fault.value ?? '', zh, en].map(csvCell).join(',')
  })
  if (!staged) return lines
  const counts = await staged.faultCounts()
  const named = counts.map(({ column, reason, count }) => `${column ?? '-'} ${reason} × ${count}`)
  return [...lines, `${file}: ${staged.refused} / ${staged.total} 行有误 rows refused (${named.join('; ')})`]
}

function csvCell(value: string | number): string {
  const text = String(value).replace(/[\r\n]+/g, ' ')
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** What was run and found, rule by rule, and what could not be computed. */
export function summaryLines(
  outcomes: readonly RuleOutcome[],
  asOf: string,
  engine: string,
): readonly string[] {
  const lines = outcomes.map((outcome) => {
    const { rule, state, hits, suppressed, rowsRead, milliseconds } = outcome
    const name = `${rule.code} ${rule.title.zh}`
    if (state === 'not_computable') {
      return `${name}: 不可计算 not computable, missing ${outcome.missing.join(', ')}`
    }
    if (state !== 'ok')
      return `${name}: ${state === 'timed_out' ? '超时 timed out' : '失败 failed'}: ${outcome.error}`
    const byLevel = levels
      .map((level) => `${level} ${hits.filter((hit) => hit.level === level).length}`)
      .join(' ')
    return `${name}: ${byLevel} 白名单 suppressed ${suppressed.length} 读取 rows ${rowsRead} ${milliseconds} ms`
  })
  const total = outcomes.reduce((sum, { hits }) => sum + hits.length, 0)
  const time = outcomes.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  return [...lines, `共 ${total} 条命中 hits, 截至 as of ${asOf}, ${engine}, ${time} ms`]
}
