import type { FieldFault } from '#ground/errors/index.ts'
import type {
  ConfigurationKind,
  Content,
  GradingContent,
  KeywordGroupContent,
  RuleContent,
} from './configuration.schema.ts'
import { parameterFault } from './parameters.ts'
import type { ParameterDefinition, Rule } from './rule.schema.ts'

/** Everything for which a content cannot come into force; asked when it is proposed, and again when it is approved. */
export function contentFaults(
  kind: ConfigurationKind,
  object: string,
  content: Content,
  rules: readonly Rule[],
): readonly FieldFault[] {
  if (kind === 'keyword_group') return groupFaults(content as KeywordGroupContent)
  if (kind === 'grading') {
    return gradingFaults(
      content as GradingContent,
      rules.filter(({ pack }) => pack === object),
    )
  }
  const rule = rules.find(({ code }) => code === object)
  return rule ? ruleFaultsOf(rule, content as RuleContent) : []
}

function ruleFaultsOf(rule: Rule, content: RuleContent): readonly FieldFault[] {
  const unknown = Object.keys(content.parameters)
    .filter((name) => !rule.parameters.some((definition) => definition.name === name))
    .map((name) => fault(`parameters.${name}`, `规则没有参数 ${name}`, `the rule has no parameter ${name}`))
  const wrong = rule.parameters.flatMap((definition) => {
    const value = content.parameters[definition.name]
    const path = `parameters.${definition.name}`
    if (value === undefined) {
      return [fault(path, `缺少“${definition.title.zh}”`, `“${definition.title.en}” is missing`)]
    }
    return parameterFault(definition, value) ? [fault(path, ...allowed(definition))] : []
  })
  return [...unknown, ...wrong]
}

const forms = {
  integer: ['整数', 'a whole number'],
  money: ['金额（元，至多两位小数）', 'an amount in yuan with at most two decimals'],
  ratio: ['小数（如 0.9 即 90%）', 'a decimal such as 0.9 for 90 %'],
  texts: ['不含“|”的词语列表', 'a list of words without “|”'],
  date: ['日期', 'a date'],
} as const

/** What a value would have to be, as a sentence in both languages. */
function allowed({ title, type, min, max, unit }: ParameterDefinition): [string, string] {
  const [zh, en] = forms[type]
  const from = min === undefined ? '' : `不小于 ${min}`
  const to = max === undefined ? '' : `不大于 ${max}`
  const bounds = [from, to].filter(Boolean).join('、')
  const least = min === undefined ? '' : ` of at least ${min}`
  const most = max === undefined ? '' : `${least ? ' and' : ' of'} at most ${max}`
  return [
    `“${title.zh}”须为${zh}${bounds ? `，${bounds}${unit ? ` ${unit}` : ''}` : ''}`,
    `“${title.en}” must be ${en}${least}${most}`,
  ]
}

const wordLists = ['keywords', 'stop', 'tax_classes', 'short_classes'] as const

function groupFaults(group: KeywordGroupContent): readonly FieldFault[] {
  const doubled = wordLists.flatMap((list) => {
    const twice = group[list].filter((word, place) => group[list].indexOf(word) !== place)
    return twice.map((word) => fault(list, `“${word}”重复`, `“${word}” stands there twice`))
  })
  const barred = wordLists.flatMap((list) =>
    group[list]
      .filter((word) => word.includes('|'))
      .map((word) => fault(list, `“${word}”不能含“|”`, `“${word}” may not hold “|”`)),
  )
  const cancelled = group.keywords
    .filter((word) => group.stop.includes(word))
    .map((word) =>
      fault(
        'stop',
        `“${word}”同为关键词和排除词，永不命中`,
        `“${word}” is keyword and stop-word, so it would never be found`,
      ),
    )
  const codes = group.tax_classes
    .filter((code) => !/^\d{1,19}$/.test(code))
    .map((code) =>
      fault(
        'tax_classes',
        `“${code}”不是税收分类编码（至多 19 位数字）`,
        `“${code}” is no tax class code of up to 19 digits`,
      ),
    )
  return [...doubled, ...barred, ...cancelled, ...codes]
}

function gradingFaults({ rows }: GradingContent, rules: readonly Rule[]): readonly FieldFault[] {
  const codes = new Set(rules.map(({ code }) => code))
  const conditions = new Set(rules.flatMap((rule) => rule.conditions.map(({ key }) => `${rule.code}.${key}`)))
  return rows.flatMap((row, index) => {
    const path = `rows.${index}`
    const place = index + 1
    const strangers = [
      ...(row.rules ?? []).filter((code) => !codes.has(code)),
      ...(row.conditions ?? []).filter((condition) => !conditions.has(condition)),
    ]
    const always =
      !row.hit_level && !row.rules && !row.conditions && row.min_rules === undefined && !row.min_amount
    return [
      ...strangers.map((name) =>
        fault(path, `第 ${place} 行：本包没有 ${name}`, `row ${place}: the pack has no ${name}`),
      ),
      ...(always && place < rows.length
        ? [
            fault(
              path,
              `第 ${place} 行没有条件，总是成立，其后各行永不适用，只能放在最后`,
              `row ${place} has no condition, so the rows after it would never be reached; it can only be the last`,
            ),
          ]
        : []),
    ]
  })
}

function fault(path: string, zh: string, en: string): FieldFault {
  return { path: `content.${path}`, zh, en }
}
