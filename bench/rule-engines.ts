import { ZenEngine } from '@gorules/zen-engine'
import { Engine } from 'json-rules-engine'
import { openDuckdb, type Row, type WarehouseSession } from '#ground/warehouse/index.ts'
import { datasets } from '#shared/datasets/index.ts'
import {
  fillReferenceRelations,
  loadPack,
  type ParameterValues,
  type Rule,
  runRules,
  shippedReference,
} from '#shared/rules/index.ts'
import { fillSynthetic } from './synthetic-payments.ts'

export interface EngineRate {
  readonly rule: string
  readonly engine: 'duckdb' | 'json-rules-engine' | 'zen-engine'
  readonly records: number
  readonly hits: number
  readonly microsecondsPerRecord: number
}

const codes = ['ZF11', 'YS04']
const asOf = '2025-12-31'

/**
 * The rules that engines of one record at a time can express, on the same payments: here over all of them with message
 * and evidence, there over `sampled` records that already lie in memory and with nothing but the verdict. Throws when two
 * engines do not find the same records.
 */
export async function benchRuleEngines(payments: number, sampled: number): Promise<readonly EngineRate[]> {
  const warehouse = await openDuckdb({ path: ':memory:', memoryMegabytes: 1500, threads: 2 })
  const session = await warehouse.open()
  try {
    await fillSynthetic(session, payments)
    await fillReferenceRelations(session, shippedReference())
    const rates: EngineRate[] = []
    for (const rule of loadPack('fiscal').filter(({ code }) => codes.includes(code))) {
      rates.push(...(await compareOn(session, rule, payments, sampled)))
    }
    return rates
  } finally {
    await session.close()
    await warehouse.close()
  }
}

async function compareOn(session: WarehouseSession, rule: Rule, payments: number, sampled: number) {
  const started = performance.now()
  const [outcome] = await runRules(session, [rule], {
    asOf,
    available: new Set(datasets.map(({ name }) => name)),
  })
  if (outcome?.state !== 'ok') throw new Error(`${rule.code}: ${outcome?.error}`)
  const whole = (performance.now() - started) / payments
  const records =
    await session.rows(`select p.payment_id, p.economic_code, p.settlement, p.payee_kind, cast(p.amount as double) as amount,
    coalesce(trim(p.card_exempt_reason), '') as card_exempt_reason, p.payment_state, coalesce(i.fund_kind, '') as fund_kind
    from payment p left join budget_indicator i on i.indicator_id = p.indicator_id order by p.payment_id limit ${sampled}`)
  const sample = new Set(records.map((record) => record.payment_id))
  const expected = outcome.hits.filter((hit) => sample.has(hit.keys.payment_id as string)).length
  const rates: EngineRate[] = [
    rate(rule, 'duckdb', payments, outcome.hits.length, whole),
    await timed(rule, 'json-rules-engine', records, jsonRules(rule, outcome.parameters)),
    await timed(rule, 'zen-engine', records, zen(rule, outcome.parameters)),
  ]
  const odd = rates.find(({ engine, hits }) => engine !== 'duckdb' && hits !== expected)
  if (odd) throw new Error(`${rule.code}: ${odd.engine} found ${odd.hits} records, not ${expected}`)
  return rates
}

/** Engines that work beside the event loop are given as much at once as keeps both cores busy. */
const atOnce = 200

type Judge = (record: Row) => Promise<boolean>

async function timed(rule: Rule, engine: EngineRate['engine'], records: readonly Row[], judge: Judge) {
  const started = performance.now()
  let hits = 0
  for (let from = 0; from < records.length; from += atOnce) {
    const judged = await Promise.all(records.slice(from, from + atOnce).map(judge))
    hits += judged.filter(Boolean).length
  }
  return rate(rule, engine, records.length, hits, (performance.now() - started) / records.length)
}

function rate(
  rule: Rule,
  engine: EngineRate['engine'],
  records: number,
  hits: number,
  millisecondsPerRecord: number,
): EngineRate {
  return { rule: rule.code, engine, records, hits, microsecondsPerRecord: millisecondsPerRecord * 1000 }
}

const listOf = (parameters: ParameterValues, name: string) => parameters[name] as readonly string[]

function jsonRules(rule: Rule, parameters: ParameterValues): Judge {
  const engine = new Engine([{ conditions: jsonConditions(rule, parameters), event: { type: rule.code } }])
  engine.addOperator('startsWith', (fact: string, start: string) => fact.startsWith(start))
  return async (record) => (await engine.run(record)).events.length > 0
}

function jsonConditions(rule: Rule, parameters: ParameterValues) {
  const is = (fact: string, operator: string, value: unknown) => ({ fact, operator, value })
  const inForce = is('payment_state', 'notIn', ['void', 'returned'])
  if (rule.code === 'ZF11')
    return {
      all: [
        is('economic_code', 'in', listOf(parameters, 'card_codes')),
        is('settlement', 'notEqual', 'official_card'),
        { any: [is('payee_kind', 'equal', 'person'), is('settlement', 'equal', 'cash')] },
        is('amount', 'lessThan', Number(parameters.limit)),
        is('card_exempt_reason', 'equal', ''),
        inForce,
      ],
    }
  const pays = (kind: string, classes: string) => ({
    all: [
      is('fund_kind', 'equal', kind),
      { any: listOf(parameters, classes).map((start) => is('economic_code', 'startsWith', start)) },
    ],
  })
  return {
    all: [inForce, { any: [pays('office', 'personnel_classes'), pays('personnel', 'office_classes')] }],
  }
}

function zen(rule: Rule, parameters: ParameterValues): Judge {
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', content: {} },
      {
        id: 'judge',
        name: 'judge',
        type: 'expressionNode',
        content: { expressions: [{ id: 'hit', key: 'hit', value: zenExpression(rule, parameters) }] },
      },
      { id: 'out', name: 'out', type: 'outputNode', content: {} },
    ],
    edges: [
      { id: 'first', type: 'edge', sourceId: 'in', targetId: 'judge' },
      { id: 'second', type: 'edge', sourceId: 'judge', targetId: 'out' },
    ],
  })
  return async (record) => (await decision.evaluate(record)).result.hit
}

function zenExpression(rule: Rule, parameters: ParameterValues): string {
  const texts = (name: string) =>
    `[${listOf(parameters, name)
      .map((text) => `'${text}'`)
      .join(', ')}]`
  const inForce = `payment_state not in ['void', 'returned']`
  if (rule.code === 'ZF11')
    return `economic_code in ${texts('card_codes')} and settlement != 'official_card'
      and (payee_kind == 'person' or settlement == 'cash') and amount < ${Number(parameters.limit)}
      and card_exempt_reason == '' and ${inForce}`
  const pays = (kind: string, classes: string) =>
    `(fund_kind == '${kind}' and some(${texts(classes)}, startsWith(economic_code, #)))`
  return `${inForce} and (${pays('office', 'personnel_classes')} or ${pays('personnel', 'office_classes')})`
}
