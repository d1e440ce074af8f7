import type { Rule } from './rule.schema.ts'

/** A word that a rule found, and where, as far as its evidence says so. */
export interface WordMark {
  readonly word: string
  /** The column in which it stands; null: wherever it occurs. */
  readonly column: string | null
  /** The invoice line, from 1; null outside lines. */
  readonly line: number | null
  /** The character at which it begins, from 1; null: every place. */
  readonly at: number | null
}

const columns: Readonly<Record<string, string>> = {
  项目名称: 'item_name',
  税收编码: 'tax_class_code',
  销售方: 'seller_name',
  备注: 'remark',
  用途: 'purpose',
  收款人: 'payee_name',
}

/** `group：word（第1行项目名称第3字）`, as the rules on keywords write it. */
const placed = new RegExp(`：([^（；]+)（(?:第(\\d+)行)?(${Object.keys(columns).join('|')})第(\\d+)字）`)

/** The words named by a hit's evidence of kind `words`, to be marked where they stand. */
export function wordMarks(rule: Rule, evidence: Readonly<Record<string, unknown>>): readonly WordMark[] {
  return rule.evidence
    .filter(({ kind }) => kind === 'words')
    .flatMap(({ name }) => String(evidence[name] ?? '').split('；'))
    .flatMap(marksOfOne)
}

function marksOfOne(text: string): WordMark[] {
  const found = placed.exec(text)
  if (found) {
    const [, word, line, column, at] = found
    return [{ word: word!, column: columns[column!]!, line: line ? Number(line) : null, at: Number(at) }]
  }
  const quoted = [...text.matchAll(/“([^”]+)”/g)].map(([, word]) => word!)
  const words = quoted.length > 0 ? quoted : [text]
  return words.filter((word) => word !== '').map((word) => ({ word, column: null, line: null, at: null }))
}
