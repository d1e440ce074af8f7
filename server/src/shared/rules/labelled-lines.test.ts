import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDuckdb, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import { loadPack, shippedRules } from './catalogue.ts'
import { openExampleSession } from './examples.ts'
import { effectiveParameters } from './parameters.ts'
import { shippedKeywords } from './reference-relations.ts'
import { queryHits } from './runner.ts'

/** The bound that the product promises for lines that nobody has tuned on. */
const promised = 0.98
/** A group is measured by itself where it has so many lines in the half. */
const largeEnough = 50

interface Line {
  readonly id: string
  readonly itemName: string
  readonly taxClassCode: string | null
  readonly sellerName: string
  readonly groups: ReadonlySet<string>
}

const groupsWithKeywords = shippedKeywords()
  .groups.filter(({ keywords }) => keywords.length > 0)
  .map(({ code }) => code)
const lines = readLines('lines.csv')
const measured = lines.filter(({ id }) => !isTuning(id))

function readLines(file: string): readonly Line[] {
  const [, ...rows] = readFileSync(join(shippedRules, 'invoices', 'labelled', file), 'utf8')
    .trim()
    .split('\n')
  return rows.map((row) => {
    const [id, itemName, taxClassCode, sellerName, groups] = row.split(',')
    return {
      id: id!,
      itemName: itemName!,
      taxClassCode: taxClassCode || null,
      sellerName: sellerName!,
      groups: new Set(groups!.split(' ').filter(Boolean)),
    }
  })
}

function isTuning(id: string): boolean {
  return Number.parseInt(createHash('sha256').update(id).digest('hex')[0]!, 16) % 2 === 0
}

/** The groups that R01 names for each line, every line an invoice of its own from a seller who is not designated. */
async function groupsFound(
  session: WarehouseSession,
  half: readonly Line[],
): Promise<Map<string, Set<string>>> {
  await session.run('delete from invoice')
  await session.run('delete from invoice_line')
  const number = (line: Line) => line.id.replace(/\D/g, '').padStart(8, '0')
  await session.insert(
    'invoice',
    ['invoice_no', 'invoice_kind', 'issued_on', 'seller_name', 'total', 'invoice_state'],
    half.map((line) => [number(line), 'vat_ordinary', '2026-03-04', line.sellerName, '123.45', 'normal']),
  )
  await session.insert(
    'invoice_line',
    ['invoice_no', 'line_no', 'item_name', 'tax_class_code', 'amount'],
    half.map((line) => [number(line), 1, line.itemName, line.taxClassCode, '123.45']),
  )
  const rule = loadPack('invoices').find(({ code }) => code === 'R01')!
  const parameters = effectiveParameters(rule, { designated_sellers: ['定点单位'] })
  const hits = await queryHits(session, rule, parameters, '2026-12-31')
  const codes = new Map(shippedKeywords().groups.map((group) => [group.name.zh, group.code]))
  const found = new Map(
    hits.map((hit) => [
      String(hit.keys.invoice_no),
      new Set(
        String(hit.evidence.groups)
          .split('、')
          .map((name) => codes.get(name)!),
      ),
    ]),
  )
  return new Map(half.map((line) => [line.id, found.get(number(line)) ?? new Set<string>()]))
}

/** Precision and recall over (line, group) pairs. */
function measure(half: readonly Line[], found: Map<string, Set<string>>, only?: string) {
  let right = 0
  let wrong = 0
  let missed = 0
  const faults: string[] = []
  for (const line of half) {
    for (const group of new Set([...line.groups, ...found.get(line.id)!])) {
      if (only && group !== only) continue
      const expected = line.groups.has(group)
      const named = found.get(line.id)!.has(group)
      if (expected && named) right += 1
      else if (named) wrong += 1
      else missed += 1
      if (expected !== named) {
        faults.push(
          `${expected ? 'missed' : 'wrong'} ${group}: ${line.id} ${line.itemName} (${line.sellerName})`,
        )
      }
    }
  }
  return {
    precision: right / (right + wrong),
    recall: right / (right + missed),
    pairs: right + missed,
    faults,
  }
}

describe('keywords on labelled lines', () => {
  let warehouse: Warehouse
  let session: WarehouseSession
  let found: Map<string, Set<string>>

  beforeAll(async () => {
    warehouse = await openDuckdb({ path: ':memory:' })
    session = await openExampleSession(warehouse)
    found = await groupsFound(session, measured)
  }, 60_000)

  afterAll(async () => {
    await session.close()
    await warehouse.close()
  })

  test('the set is large, and at least two lines in five are near misses', () => {
    expect(lines.length).toBeGreaterThanOrEqual(2400)
    expect(new Set(lines.map(({ itemName, sellerName }) => `${itemName}|${sellerName}`)).size).toBe(
      lines.length,
    )
    expect(lines.filter(({ groups }) => groups.size === 0).length).toBeGreaterThanOrEqual(lines.length * 0.4)
    expect(measured.length).toBeGreaterThan(lines.length * 0.45)
    expect(measured.length).toBeLessThan(lines.length * 0.55)
  })

  test.each(['fresh.csv', 'unseen.csv'])(
    'precision and recall on %s, from which the words have learned',
    async (file) => {
      const others = readLines(file)
      const result = measure(others, await groupsFound(session, others))
      expect(result.precision, result.faults.join('\n')).toBeGreaterThanOrEqual(promised)
      expect(result.recall, result.faults.join('\n')).toBeGreaterThanOrEqual(promised)
    },
  )

  test('precision and recall on the measuring half', () => {
    const result = measure(measured, found)
    expect(result.precision, result.faults.join('\n')).toBeGreaterThanOrEqual(promised)
    expect(result.recall, result.faults.join('\n')).toBeGreaterThanOrEqual(promised)
  })

  test.each(groupsWithKeywords)('precision and recall of %s', (code) => {
    const result = measure(measured, found, code)
    expect(result.pairs).toBeGreaterThanOrEqual(largeEnough)
    expect(result.precision, result.faults.join('\n')).toBeGreaterThanOrEqual(promised)
    expect(result.recall, result.faults.join('\n')).toBeGreaterThanOrEqual(promised)
  })
})
