import { expect, test } from 'vitest'
import { type DescribedRule, sentenceMask } from './masked-sentence.ts'

const rule = (code: string, ...columns: readonly (readonly [string, boolean])[]): DescribedRule =>
  ({
    code,
    title: { zh: code, en: code },
    evidence: columns.map(([name, personal]) => ({
      name,
      kind: 'text',
      title: { zh: name, en: name },
      personal,
    })),
  }) as never

const source = { rule: 'T1', evidence: { payee: '王某某', purpose: '培训费', account: '62220000000012345' } }
const sentence = '向王某某（62220000000012345）支付培训费，收款人王某某疑似异常。'

test('the personal values of the evidence are hidden wherever the sentence has them, the others stay', () => {
  const masked = sentenceMask([rule('T1', ['payee', true], ['purpose', false], ['account', true])])
  expect(masked(sentence, source)).toBe('向王**（****2345）支付培训费，收款人王**疑似异常。')
})

test('a column that is personal in any version of the rule is hidden', () => {
  const masked = sentenceMask([rule('T1', ['payee', false]), rule('T1', ['payee', true])])
  expect(masked(sentence, source)).toContain('向王**（')
})

test('of a rule that is not known every value is hidden', () => {
  expect(sentenceMask([rule('T2', ['payee', false])])(sentence, source)).toBe(
    '向王**（****2345）支付培**，收款人王**疑似异常。',
  )
})
