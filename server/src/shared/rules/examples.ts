import { type Parameter, quoted, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import { createTable, datasetByName, datasets } from '#shared/datasets/index.ts'
import { comparisonsOf } from './comparisons.ts'
import { compareHits, type Hit } from './hit.ts'
import { boundParameters, effectiveParameters, type ParameterValues } from './parameters.ts'
import { fillReferenceRelations, shippedReference } from './reference-relations.ts'
import type { ExampleCase, Rule } from './rule.schema.ts'
import { queryHits } from './runner.ts'

export interface ExampleResult {
  readonly rule: string
  readonly name: string
  /** What was found that differs from what the example says; empty when it holds. */
  readonly faults: readonly string[]
}

const reference = shippedReference()
const dayWithoutOwn = '2026-12-31'

/** An engine with every dataset's table, empty but for the shipped keywords and calendar. */
export async function openExampleSession(warehouse: Warehouse): Promise<WarehouseSession> {
  const session = await warehouse.open()
  for (const dataset of datasets) await session.run(createTable(dataset))
  await fillReferenceRelations(session, reference)
  return session
}

/** Runs every example of a rule; the rows of an example are gone afterwards. */
export async function runExamples(session: WarehouseSession, rule: Rule): Promise<readonly ExampleResult[]> {
  const results: ExampleResult[] = []
  for (const example of rule.examples.cases) {
    const given = { ...example.given }
    await loadRows(session, rule, given)
    try {
      results.push({ rule: rule.code, name: example.name.en, faults: await faultsOf(session, rule, example) })
    } catch (error) {
      results.push({ rule: rule.code, name: example.name.en, faults: [(error as Error).message] })
    }
    await clear(session, Object.keys(given))
  }
  return results
}

async function faultsOf(
  session: WarehouseSession,
  rule: Rule,
  example: ExampleCase,
): Promise<readonly string[]> {
  const parameters = effectiveParameters(rule, example.parameters)
  const asOf = example.as_of ?? dayWithoutOwn
  const hits = [...(await queryHits(session, rule, parameters, asOf))].sort(compareHits)
  const remaining = [...hits]
  const missed = example.hits.filter((expected) => {
    const place = remaining.findIndex((hit) => agrees(hit, expected))
    if (place >= 0) remaining.splice(place, 1)
    return place < 0
  })
  const sums = await sumFaults(session, rule, hits, parameters, asOf)
  return [
    ...missed.map((expected) => `expected ${JSON.stringify(expected)}`),
    ...remaining.map(
      (hit) =>
        `found ${JSON.stringify({ keys: hit.keys, level: hit.level, amount: hit.amount, condition: hit.condition })}`,
    ),
    ...sums,
    ...hits.flatMap((hit) => untrueComparisons(rule, hit, parameters)),
  ]
}

/** What a condition says that it compares must hold of every hit that it decided. */
function untrueComparisons(rule: Rule, hit: Hit, parameters: ParameterValues): string[] {
  return comparisonsOf(rule, hit, parameters)
    .filter(({ left, relation, right }) => {
      // Shares are shown rounded: one just beyond its threshold may look equal to it.
      const rounded = left.kind === 'ratio' && Number(left.value) === Number(right.value)
      return !rounded && !holds(left.value, relation, right.value)
    })
    .map(
      ({ left, relation, right }) =>
        `${hit.anchor}: says ${left.title.en} ${left.value} ${relation} ${right.title.en} ${right.value}`,
    )
}

function holds(left: string | null, relation: string, right: string | null): boolean {
  if (left === null || right === null) return false
  const difference = Number(left) - Number(right)
  if (relation === '=') return difference === 0
  if (relation.endsWith('=') && difference === 0) return true
  return relation.startsWith('>') ? difference > 0 : difference < 0
}

function agrees(hit: Hit, expected: ExampleCase['hits'][number]): boolean {
  const keys = Object.entries(expected.keys)
  return (
    keys.length === Object.keys(hit.keys).length &&
    keys.every(([name, value]) => String(hit.keys[name]) === String(value)) &&
    hit.level === expected.level &&
    (expected.amount === undefined || Number(hit.amount) === Number(expected.amount)) &&
    (expected.condition === undefined || hit.condition === expected.condition) &&
    (expected.economic_code === undefined || hit.economicCode === expected.economic_code)
  )
}

/** The rows that a hit shows must add up to the sum that it states. */
async function sumFaults(
  session: WarehouseSession,
  rule: Rule,
  hits: readonly Hit[],
  parameters: ParameterValues,
  asOf: string,
): Promise<string[]> {
  if (!rule.rows) return []
  const faults: string[] = []
  for (const hit of hits) {
    const rows = await contributingRows(session, rule, hit.keys, parameters, asOf)
    const sum = rows.reduce((total, row) => total + Math.round(Number(row.amount) * 100), 0)
    const stated = rule.rows.sum === 'amount' ? hit.amount : String(hit.evidence[rule.rows.sum])
    if (sum !== Math.round(Number(stated) * 100))
      faults.push(`${hit.anchor}: rows add up to ${sum / 100}, stated ${stated}`)
  }
  return faults
}

/** The rows that a hit rests on, by the rule's own query for its anchor. */
export async function contributingRows(
  session: WarehouseSession,
  rule: Rule,
  keys: Readonly<Record<string, string | number>>,
  parameters: ParameterValues,
  asOf: string,
) {
  if (!rule.rows) return []
  return session.rows(rule.rows.query, { ...boundParameters(parameters, asOf), ...keys })
}

async function loadRows(session: WarehouseSession, rule: Rule, given: ExampleCase['given']): Promise<void> {
  // What an example gives stands alone: its keywords replace the shipped ones.
  for (const name of Object.keys(given)) await session.run(`delete from ${quoted(name)}`)
  for (const [name, rows] of Object.entries(given)) {
    const dataset = datasetByName(name)
    if (!dataset) throw new Error(`${rule.code}: an example gives rows of ${name}, which is no dataset`)
    const columns = Object.keys(dataset.columns)
    const complete = rows.map((row) => ({ ...rule.examples.base[name], ...row }))
    const strangers = complete.flatMap((row) =>
      Object.keys(row).filter((column) => !columns.includes(column)),
    )
    if (strangers.length > 0) throw new Error(`${rule.code}: ${name} has no column ${strangers.join(', ')}`)
    await session.insert(
      name,
      columns,
      complete.map((row) =>
        columns.map((column): Parameter => (row as Record<string, Parameter>)[column] ?? null),
      ),
    )
  }
}

async function clear(session: WarehouseSession, names: readonly string[]): Promise<void> {
  for (const name of names) await session.run(`delete from ${quoted(name)}`)
  if (names.includes('keyword') || names.includes('calendar_day'))
    await fillReferenceRelations(session, reference)
}
