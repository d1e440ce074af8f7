import { quoted, type Row, type WarehouseSession } from '#ground/warehouse/index.ts'
import { createTable, datasetByName } from '#shared/datasets/index.ts'
import { boundParameters, type ParameterValues } from './parameters.ts'
import { type DatedKeywordGroup, fillReferenceRelations } from './reference-relations.ts'
import type { Rule } from './rule.schema.ts'
import { fixedColumns } from './rule-checks.ts'
import { withExceptions } from './runner.ts'

/** One side of a comparison: a rule with its parameter values, and the keywords where they are not those in force. */
export interface ComparedSide {
  readonly rule: Rule
  readonly parameters: ParameterValues
  /** Finds nothing: what it is compared with is not there yet. */
  readonly empty?: true
  readonly keywords?: { readonly groups: readonly DatedKeywordGroup[] }
}

type SideName = 'a' | 'b'

/** Types in which a side is kept until it is compared; what the sentence needs is kept as its text. */
const fixedTypes: Readonly<Record<string, string>> = { on_date: 'date', amount: 'numeric(18,2)' }
const typeOf = (column: string) => fixedTypes[column] ?? 'text'
const columnsOf = (rule: Rule) => [
  ...new Set([...fixedColumns, ...rule.identity, ...rule.evidence.map(({ name }) => name)]),
]

/**
 * Runs one side over everything in the warehouse and keeps its hits of the period in a temporary table. White-listed
 * hits are left out: they raise no alert. Throws when the rule returns two rows for one anchor.
 */
export async function collectSide(
  session: WarehouseSession,
  name: SideName,
  side: ComparedSide,
  period: { readonly from: string; readonly to: string; readonly asOf: string },
): Promise<void> {
  const { rule, parameters, keywords } = side
  const columns = columnsOf(rule)
  const typed = columns.map((column) => `${quoted(column)} ${typeOf(column)}`)
  await session.run(`create temporary table replay_${name} (${typed.join(', ')})`)
  if (side.empty) return
  const collect = () => {
    const cast = columns.map((column) => `cast(found.${quoted(column)} as ${typeOf(column)})`)
    return session.run(
      `insert into replay_${name} select ${cast.join(', ')} from (${withExceptions(rule)}) found
        where not found.suppressed
          and found.on_date between cast($replay_from as date) and cast($replay_to as date)`,
      {
        ...boundParameters(parameters, period.asOf),
        ...rule.bindings,
        replay_from: period.from,
        replay_to: period.to,
      },
    )
  }
  await (keywords ? withKeywords(session, keywords, collect) : collect())
  const keys = rule.identity.map(quoted).join(', ')
  const [twice] = await session.rows(
    `select 1 as one from replay_${name} group by ${keys} having count(*) > 1 limit 1`,
  )
  if (twice) throw new Error(`${rule.code} returned two rows for one anchor`)
}

/** Lets `work` see other keywords than those in force: a temporary table of the same name shadows the stored one. */
async function withKeywords(
  session: WarehouseSession,
  keywords: NonNullable<ComparedSide['keywords']>,
  work: () => Promise<void>,
): Promise<void> {
  const stored = createTable(datasetByName('keyword')!)
  await session.run(stored.replace('create table if not exists', 'create temporary table'))
  await fillReferenceRelations(session, { keywords })
  await work()
  await session.run(`drop table ${session.engine === 'duckdb' ? 'temp' : 'pg_temp'}.keyword`)
}

/** Puts both sides beside each other, the heaviest hit first. Returns how many hits either side has. */
export async function compareSides(session: WarehouseSession, identity: readonly string[]): Promise<number> {
  const keys = identity.map(quoted)
  const together = keys.map((key) => `coalesce(b.${key}, a.${key}) as ${key}`).join(', ')
  await session.run(`create temporary table replay_difference (position integer, outcome text, changed boolean,
    ${keys.map((key) => `${key} text`).join(', ')})`)
  await session.run(`insert into replay_difference
    select cast(row_number() over (order by case level when 'red' then 1 when 'yellow' then 2 else 3 end, amount desc,
      ${keys.join(', ')}) as integer), outcome, changed, ${keys.join(', ')}
    from (select case when a.on_date is null then 'new' when b.on_date is null then 'lost' else 'kept' end as outcome,
        coalesce(a.level <> b.level or a.amount <> b.amount or a.condition <> b.condition, false) as changed,
        coalesce(b.level, a.level) as level, coalesce(b.amount, a.amount) as amount, ${together}
      from replay_a a full join replay_b b on ${keyEquality('a', 'b', identity)}) d`)
  const [row] = await session.rows('select cast(count(*) as integer) as n from replay_difference')
  return Number(row?.n)
}

function keyEquality(left: string, right: string, identity: readonly string[]): string {
  return identity.map((name) => `${left}.${quoted(name)} = ${right}.${quoted(name)}`).join(' and ')
}

/** A hit of one side or both. `row` is as side B found it, of a lost one as side A did. */
export interface DifferenceRow {
  readonly position: number
  readonly outcome: 'new' | 'lost' | 'kept'
  readonly changed: boolean
  readonly a: { readonly level: string; readonly amount: string; readonly condition: string } | null
  readonly b: { readonly level: string; readonly amount: string; readonly condition: string } | null
  readonly row: Row
}

/** The differences at the positions after `after` up to `until`, in order. */
export async function readDifferences(
  session: WarehouseSession,
  sides: { readonly a: Rule; readonly b: Rule },
  after: number,
  until: number,
): Promise<readonly DifferenceRow[]> {
  const ofSide = async (name: SideName, outcomes: string) => {
    const { identity } = sides[name]
    const other = name === 'a' ? 'b' : 'a'
    const columns = columnsOf(sides[name]).map((column) => `own.${quoted(column)}`)
    return session.rows(
      `select d.position, d.outcome, d.changed, other.level as other_level, other.amount as other_amount,
        other.condition as other_condition, ${columns.join(', ')}
      from replay_difference d join replay_${name} own on ${keyEquality('d', 'own', identity)}
      left join replay_${other} other on ${keyEquality('d', 'other', identity)}
      where d.outcome in (${outcomes}) and d.position > cast($after as integer) and d.position <= cast($until as integer)`,
      { after, until },
    )
  }
  const lost = (await ofSide('a', "'lost'")).map((row) => differenceOf(row, 'a'))
  const found = (await ofSide('b', "'new', 'kept'")).map((row) => differenceOf(row, 'b'))
  return [...lost, ...found].sort((left, right) => left.position - right.position)
}

function differenceOf(row: Row, side: SideName): DifferenceRow {
  const own = { level: String(row.level), amount: String(row.amount), condition: String(row.condition) }
  const other =
    row.other_level === null
      ? null
      : {
          level: String(row.other_level),
          amount: String(row.other_amount),
          condition: String(row.other_condition),
        }
  return {
    position: Number(row.position),
    outcome: row.outcome as DifferenceRow['outcome'],
    changed: row.changed === true,
    a: side === 'a' ? own : other,
    b: side === 'b' ? own : other,
    row,
  }
}

/** Removes what a comparison left in the session, which goes back into a pool. */
export async function clearComparison(session: WarehouseSession): Promise<void> {
  for (const name of ['replay_a', 'replay_b', 'replay_difference'])
    await session.run(`drop table if exists ${name}`)
}
