import { createHash } from 'node:crypto'
import type { Column } from '#shared/datasets/index.ts'
import { type ComposableDataset, composableByName } from './composable-datasets.ts'
import { conditionsOf, type Fault, queryFaults, valueText } from './composed-query.ts'
import { readingOf } from './composed-reading.ts'
import type { ComposedContent } from './composed-rule.schema.ts'
import { compileCondition } from './composed-sql.ts'
import type { ExampleCase, Rule } from './rule.schema.ts'
import { fixedColumns } from './rule-checks.ts'

/** The one condition of a composed rule. */
const condition = 'composed'

/** Registers that a query over invoices reads to find the unit describe units themselves and need no basis. */
const fixed: readonly string[] = fixedColumns

/**
 * What the message may name: the fixed columns that say something, and the record's own columns. A choice or a flag is a
 * code that says nothing in a sentence; a column that has the name of a fixed one but not its value is left out.
 */
export function placeholdersOf(source: ComposableDataset): ReadonlyMap<string, Column['title']> {
  const { columns } = source.dataset
  const own = Object.entries(columns).filter(
    ([name, { type }]) => type !== 'choice' && type !== 'flag' && !fixed.includes(name),
  )
  return new Map([
    ['on_date', { zh: '发生日期', en: 'day' }],
    ['amount', { zh: '涉及金额（元）', en: 'amount at stake (yuan)' }],
    ...own.map(([name, { title }]): [string, Column['title']] => [name, title]),
  ])
}

const placeholder = /\{(\w+)\}/g

/** Everything in which a composed rule is not ready; empty when it can be compiled and its examples can run. */
export function compositionFaults(content: ComposedContent): readonly Fault[] {
  const source = composableByName(content.dataset)
  if (!source) {
    return [
      {
        path: 'dataset',
        zh: '不能在这类数据上编写规则。',
        en: 'No rules can be composed over this dataset.',
      },
    ]
  }
  return [
    ...queryFaults(source.dataset, content.query),
    ...messageFaults(source, content),
    ...exampleFaults(source, content),
  ]
}

function messageFaults(source: ComposableDataset, { message }: ComposedContent): Fault[] {
  const known = placeholdersOf(source)
  return (['zh', 'en'] as const).flatMap((language) => {
    const unknown = [...message[language].matchAll(placeholder)].filter(([, name]) => !known.has(name!))
    const judging = language === 'zh' ? message.zh.includes('疑似') : /suspected/i.test(message.en)
    return [
      ...unknown.map(([, name]) => ({
        path: `message.${language}`,
        zh: `提示语中的 {${name}} 不是可用的数据项。`,
        en: `The message names {${name}}, which is nothing it can be filled from.`,
      })),
      ...(judging
        ? []
        : [
            {
              path: `message.${language}`,
              zh: language === 'zh' ? '提示语须写明“疑似”。' : '英文提示语须写明 suspected。',
              en:
                language === 'zh'
                  ? 'The Chinese message must say 疑似.'
                  : 'The message must say "suspected".',
            },
          ]),
    ]
  })
}

/** As of every shipped rule: at least two that must hit and two near misses. */
const leastExamples = 2

function exampleFaults(source: ComposableDataset, { examples }: ComposedContent): Fault[] {
  const hits = examples.filter(({ hit }) => hit).length
  const few = Math.min(hits, examples.length - hits) < leastExamples
  const { columns } = source.dataset
  const cells = examples.flatMap(({ record }, place) =>
    Object.entries(record).flatMap(([name, value]) => {
      const column = Object.hasOwn(columns, name) ? columns[name] : undefined
      if (column && (value === null || value === '' || valueText(column, value) !== undefined)) return []
      return [
        {
          path: `examples.${place}.${name}`,
          zh: `样例中“${column?.title.zh ?? name}”的值格式不对。`,
          en: `The example's value for ${column?.title.en ?? name} has another form.`,
        },
      ]
    }),
  )
  return few
    ? [
        {
          path: 'examples',
          zh: `至少需要 ${leastExamples} 个应命中和 ${leastExamples} 个不应命中的样例。`,
          en: `At least ${leastExamples} examples that hit and ${leastExamples} that do not are needed.`,
        },
        ...cells,
      ]
    : cells
}

/** A composed rule as it runs beside the shipped ones. Its content must have no faults. */
export function ruleOf(code: string, content: ComposedContent): Rule {
  const source = composableByName(content.dataset)
  if (!source) throw new Error(`${content.dataset} carries no composed rules`)
  const { dataset, pack, group, beside } = source
  const compiled = compileCondition(source, content.query)
  const evidence = evidenceOf(source, content)
  const reading = readingOf(dataset, content.query)
  const version = createHash('sha256')
    .update(JSON.stringify([code, content]))
    .digest('hex')
  return {
    code,
    pack,
    group,
    title: content.title,
    basis: content.basis,
    reading,
    judges: 'record',
    sight: 'record',
    reads: {
      required: [dataset.name, ...(dataset.name === 'invoice_line' ? ['invoice'] : [])],
      optional: beside.filter((name) => name !== 'invoice'),
    },
    subject: dataset.name,
    identity: [...dataset.key],
    levels: [{ level: content.level, when: reading }],
    conditions: [{ key: condition, title: content.title, compares: [] }],
    parameters: [],
    message: content.message,
    evidence,
    examples: { base: {}, cases: [] },
    sql: textOf(
      source,
      compiled.sql,
      evidence.map(({ name }) => name),
    ),
    bindings: { ...compiled.bindings, composed_level: content.level },
    version,
  }
}

/** The columns that the condition or the message names, beyond those that every hit has. */
function evidenceOf(source: ComposableDataset, content: ComposedContent): Rule['evidence'] {
  const { columns, key } = source.dataset
  const named = [
    ...conditionsOf(content.query).map(({ field }) => field),
    ...[content.message.zh, content.message.en].flatMap((text) =>
      [...text.matchAll(placeholder)].map(([, name]) => name!),
    ),
  ]
  const kinds = { money: 'money', date: 'date', integer: 'integer' } as const
  return [...new Set(named)]
    .filter((name) => Object.hasOwn(columns, name) && !fixed.includes(name) && !key.includes(name))
    .map((name) => {
      const { type, title, personal } = columns[name]!
      return { name, kind: kinds[type as keyof typeof kinds] ?? 'text', title, personal: personal ?? false }
    })
}

/** The query: the records that count and meet the condition, with the unit that each concerns. */
function textOf(source: ComposableDataset, where: string, evidence: readonly string[]): string {
  const { dataset } = source
  const keys = dataset.key.map((name) => {
    const optional = !dataset.columns[name]!.required
    return `${optional ? `coalesce(r.${name}, '')` : `r.${name}`} as ${name}`
  })
  const columns = [
    ...keys,
    `${source.onDate} as on_date`,
    `${source.amount} as amount`,
    `${source.counterparty} as counterparty`,
    `${source.economicCode} as economic_code`,
    ...evidence.map((name) => evidenceColumn(dataset.columns[name]!, name)),
  ]
  const level = `cast($composed_level as text) as level, '${condition}' as condition`
  const records = (more: string) => `select ${[...columns, ...(more ? [more] : [])].join(',\n    ')}
  from ${source.source}
  where ${source.counts} and (${where})`
  if (source.unit) {
    return `select found.*, ${level}
from (
  ${records(`${source.unit} as unit_code`)}
) found`
  }
  const head = dataset.name === 'invoice_line' ? 'h' : 'r'
  return `with found as (
  ${records(`${head}.buyer_tax_no as buyer_number`)}
),
buyer as (
  select f.invoice_code, f.invoice_no, min(u.unit_code) as unit_code
  from found f join unit u on u.credit_code = f.buyer_number
  where u.valid_from <= f.on_date and (u.valid_to is null or u.valid_to >= f.on_date)
  group by f.invoice_code, f.invoice_no
),
claim as (
  select coalesce(invoice_code, '') as invoice_code, invoice_no, unit_code,
    row_number() over (partition by coalesce(invoice_code, ''), invoice_no order by claimed_on, reimbursement_id) as nth
  from reimbursement
)
select found.*, coalesce(b.unit_code, c.unit_code) as unit_code, ${level}
from found
left join buyer b on b.invoice_code = found.invoice_code and b.invoice_no = found.invoice_no
left join claim c on c.invoice_code = found.invoice_code and c.invoice_no = found.invoice_no and c.nth = 1`
}

function evidenceColumn({ type }: Column, name: string): string {
  if (type === 'flag') return `case when r.${name} then 'true' when not r.${name} then 'false' end as ${name}`
  if (type === 'quantity') return `cast(r.${name} as text) as ${name}`
  return `r.${name}`
}

/** The examples in the form in which shipped rules have theirs: one record each, what it leaves open filled in. */
export function exampleCases(content: ComposedContent): readonly ExampleCase[] {
  const source = composableByName(content.dataset)
  if (!source) return []
  const { name, columns, key } = source.dataset
  return content.examples.map((example) => {
    const record = Object.fromEntries(
      Object.entries(columns).map(([column, described]) => {
        const given = example.record[column]
        const empty = given === undefined || given === '' || given === null
        return [column, empty ? (described.required ? fillerOf(described) : null) : given]
      }),
    )
    const head = {
      invoice_code: record.invoice_code ?? null,
      invoice_no: record.invoice_no ?? null,
      invoice_kind: 'digital_ordinary',
      issued_on: fillerDay,
      seller_name: '某商行',
      total: record.amount ?? 1,
      invoice_state: 'normal',
    }
    const keys = Object.fromEntries(key.map((column) => [column, record[column] ?? '']))
    return {
      name: example.name,
      condition,
      given: { [name]: [record], ...(name === 'invoice_line' ? { invoice: [head] } : {}) },
      hits: example.hit ? [{ keys, level: content.level }] : [],
    }
  })
}

const fillerDay = '2026-03-02'

/** A value that a required column may have where the example says nothing about it. */
function fillerOf({ type, choices, check }: Column): string | number | boolean {
  if (type === 'date') return fillerDay
  if (type === 'money' || type === 'quantity' || type === 'integer') return 1
  if (type === 'flag') return false
  if (type === 'choice')
    return (
      ['paid', 'normal'].find((usual) => Object.hasOwn(choices ?? {}, usual)) ??
      Object.keys(choices ?? {})[0]!
    )
  return check === 'invoice-number' ? '00000001' : 'X1'
}
