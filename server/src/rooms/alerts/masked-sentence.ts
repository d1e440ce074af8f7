import { maskedPersonal } from '#ground/masking/index.ts'
import type { Rule } from '#shared/rules/index.ts'

/** As much of a rule as tells which values of its hits are personal. */
export type DescribedRule = Pick<Rule, 'code' | 'title' | 'evidence'>

/** What a sentence was made of: the rule that it speaks of, and the values that it may have taken in. */
export interface SentenceSource {
  readonly rule: string
  readonly evidence: Readonly<Record<string, unknown>>
}

/**
 * Hides the personal values of the evidence in sentences of hits. A column that is personal in any version of the rule is
 * hidden; of a rule that is no longer known it is not known either what is personal: all its values are hidden.
 */
export function sentenceMask(
  rules: readonly DescribedRule[],
): (sentence: string, source: SentenceSource | undefined) => string {
  const versions = Map.groupBy(rules, ({ code }) => code)
  return (sentence, source) => {
    if (!source) return sentence
    const columns = versions.get(source.rule)?.flatMap(({ evidence }) => evidence)
    const personal = (name: string) =>
      columns === undefined || columns.some((column) => column.name === name && column.personal)
    return Object.entries(source.evidence).reduce(
      (masked, [name, value]) =>
        typeof value === 'string' && value !== '' && personal(name)
          ? masked.replaceAll(value, String(maskedPersonal(value)))
          : masked,
      sentence,
    )
  }
}
