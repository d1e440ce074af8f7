import { z } from 'zod'
import { isCalendarDate } from '#ground/time/index.ts'
import type { Column, ColumnType, Dataset } from '#shared/datasets/index.ts'

/** What a condition may ask of a column, by the column's type. The names are those of the query builder. */
export const operatorsByType = {
  text: [
    '=',
    '!=',
    'contains',
    'doesNotContain',
    'beginsWith',
    'doesNotBeginWith',
    'endsWith',
    'in',
    'notIn',
    'null',
    'notNull',
  ],
  choice: ['=', '!=', 'in', 'notIn', 'null', 'notNull'],
  date: ['=', '!=', '<', '<=', '>', '>=', 'between', 'notBetween', 'null', 'notNull'],
  money: ['=', '!=', '<', '<=', '>', '>=', 'between', 'notBetween', 'null', 'notNull'],
  quantity: ['=', '!=', '<', '<=', '>', '>=', 'between', 'notBetween', 'null', 'notNull'],
  integer: ['=', '!=', '<', '<=', '>', '>=', 'between', 'notBetween', 'in', 'notIn', 'null', 'notNull'],
  flag: ['=', 'null', 'notNull'],
} as const satisfies Readonly<Record<ColumnType, readonly string[]>>

export type Operator = (typeof operatorsByType)[ColumnType][number]

const operators = [...new Set(Object.values(operatorsByType).flat())] as [Operator, ...Operator[]]
const scalar = z.union([z.string().max(200), z.number(), z.boolean()])

const condition = z.object({
  field: z.string().max(60),
  operator: z.enum(operators),
  value: z.union([scalar, z.array(scalar).max(100), z.null()]).optional(),
})
export type Condition = z.infer<typeof condition>

/** A group of conditions as the query builder writes it; what the builder keeps for itself is left out. */
export interface ConditionGroup {
  readonly combinator: 'and' | 'or'
  readonly not?: boolean | undefined
  readonly rules: readonly (Condition | ConditionGroup)[]
}

const mostPerGroup = 50
const deepest = 5

export const conditionGroup: z.ZodType<ConditionGroup> = z
  .lazy(() =>
    z.object({
      combinator: z.enum(['and', 'or']),
      not: z.boolean().optional(),
      rules: z.array(z.union([condition, conditionGroup])).max(mostPerGroup),
    }),
  )
  .meta({ id: 'ConditionGroup' })

export interface Fault {
  readonly path: string
  readonly zh: string
  readonly en: string
}

export const isGroup = (part: Condition | ConditionGroup): part is ConditionGroup => 'rules' in part

/** Every condition of a group, at any depth. */
export function conditionsOf(group: ConditionGroup): readonly Condition[] {
  return group.rules.flatMap((part) => (isGroup(part) ? conditionsOf(part) : [part]))
}

/** Everything in which a query does not fit the dataset: columns, operators, values. Empty when it can be compiled. */
export function queryFaults(
  dataset: Dataset,
  group: ConditionGroup,
  path = 'query',
  depth = 1,
): readonly Fault[] {
  if (depth > deepest) {
    return [{ path, zh: `条件最多嵌套 ${deepest} 层。`, en: `Groups may be nested ${deepest} deep at most.` }]
  }
  if (group.rules.length === 0) {
    return [{ path, zh: '条件组不能为空。', en: 'A group needs at least one condition.' }]
  }
  return group.rules.flatMap((part, place) => {
    const here = `${path}.rules.${place}`
    return isGroup(part) ? queryFaults(dataset, part, here, depth + 1) : conditionFaults(dataset, part, here)
  })
}

function conditionFaults(dataset: Dataset, { field, operator, value }: Condition, path: string): Fault[] {
  const column = Object.hasOwn(dataset.columns, field) ? dataset.columns[field] : undefined
  if (!column) {
    return [{ path, zh: `数据中没有“${field}”这一列。`, en: `The dataset has no column ${field}.` }]
  }
  const allowed: readonly string[] = operatorsByType[column.type]
  if (!allowed.includes(operator)) {
    return [
      {
        path,
        zh: `“${column.title.zh}”不能用这个比较方式。`,
        en: `${column.title.en} cannot be compared in this way.`,
      },
    ]
  }
  const values = valuesOf(operator, value)
  const wanted = { between: 2, notBetween: 2, null: 0, notNull: 0 }[operator as string]
  const enough = wanted === undefined ? values.length > 0 : values.length === wanted
  if (!enough || values.some((one) => valueText(column, one) === undefined)) {
    return [
      {
        path,
        zh: `“${column.title.zh}”的值缺少或格式不对。`,
        en: `A value for ${column.title.en} is missing or has another form.`,
      },
    ]
  }
  return []
}

/** The values of a condition; the builder writes one value, a list, or a list joined by commas. */
export function valuesOf(operator: Operator, value: Condition['value']): readonly unknown[] {
  if (operator === 'null' || operator === 'notNull') return []
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

const forms: Readonly<Partial<Record<ColumnType, RegExp>>> = {
  money: /^-?\d{1,16}(\.\d{1,2})?$/,
  quantity: /^-?\d{1,12}(\.\d{1,6})?$/,
  integer: /^-?\d{1,9}$/,
  flag: /^(true|false)$/,
}

/** A value as it is bound, or undefined where the column cannot have it. */
export function valueText(column: Column, value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : String(value)
  if (text === '' || text.includes('\0')) return undefined
  if (column.type === 'date') return isCalendarDate(text) ? text : undefined
  if (column.type === 'choice') return Object.hasOwn(column.choices ?? {}, text) ? text : undefined
  const form = forms[column.type]
  return form === undefined || form.test(text) ? text : undefined
}
