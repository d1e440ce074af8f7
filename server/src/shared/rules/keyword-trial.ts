import { openDuckdb, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import { openExampleSession } from './examples.ts'
import type { ParameterValues } from './parameters.ts'
import { fillReferenceRelations, type KeywordGroups } from './reference-relations.ts'
import type { Level, Rule } from './rule.schema.ts'
import { queryHits } from './runner.ts'

/** A line of an invoice as somebody types it in to see what the words make of it. */
export interface TrialLine {
  readonly itemName: string
  readonly sellerName?: string | undefined
  readonly remark?: string | undefined
  readonly taxClassCode?: string | undefined
  /** Yuan. */
  readonly amount?: string | undefined
  readonly issuedOn: string
}

/** What one group makes of the line. */
export interface GroupOutcome {
  readonly group: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly outcome: 'hit' | 'cancelled'
  readonly level: Level
  readonly condition: string
  /** The words found and where, as the alert would show them. */
  readonly words: string
  /** Stop-words that alone would cancel it. */
  readonly stops: readonly { readonly group: string; readonly word: string }[]
}

type Group = KeywordGroups['groups'][number]

const keyOf = { invoice_no: '00000001' }

/** Tries the keyword rule itself on a single line, in a small engine of its own: never on what is loaded. */
export interface KeywordTrial {
  tryLine(
    rule: Rule,
    line: TrialLine,
    groups: readonly Group[],
    parameters: ParameterValues,
  ): Promise<readonly GroupOutcome[]>
  close(): Promise<void>
}

export function createKeywordTrial(): KeywordTrial {
  let opening: Promise<{ warehouse: Warehouse; session: WarehouseSession }> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  const open = async () => {
    const warehouse = await openDuckdb({ path: ':memory:', memoryMegabytes: 100 })
    return { warehouse, session: await openExampleSession(warehouse) }
  }
  return {
    tryLine: (rule, line, groups, parameters) => {
      opening ??= open()
      const opened = opening
      // One line at a time: the tables of the engine hold the line and the words that are tried.
      const mine = turn.then(async () => tryOn((await opened).session, rule, line, groups, parameters))
      turn = mine.catch(() => {})
      return mine
    },
    close: async () => {
      await turn
      const opened = await opening
      await opened?.session.close()
      await opened?.warehouse.close()
    },
  }
}

async function tryOn(
  session: WarehouseSession,
  rule: Rule,
  line: TrialLine,
  groups: readonly Group[],
  parameters: ParameterValues,
): Promise<GroupOutcome[]> {
  await loadLine(session, line)
  const broad = wordsOf(parameters.broad_stop_groups)
  const helpers = groups.filter(({ code }) => broad.includes(code))
  const judging = groups.filter(({ code }) => !broad.includes(code))
  const run = async (tried: readonly Group[]) => {
    await fillReferenceRelations(session, { keywords: { groups: [...tried] } })
    const [hit] = await queryHits(session, rule, parameters, line.issuedOn)
    return hit
  }
  const anything = await run(judging.map((group) => ({ ...group, stop: [] })))
  const named = String(anything?.evidence.groups ?? '')
  const outcomes: GroupOutcome[] = []
  for (const group of judging.filter(({ name }) => named.includes(name.zh))) {
    const bare = await run([{ ...group, stop: [] }])
    if (!bare) continue
    const judged = await run([group, ...helpers])
    const hit = judged ?? bare
    outcomes.push({
      group: group.code,
      name: group.name,
      outcome: judged ? 'hit' : 'cancelled',
      level: hit.level,
      condition: hit.condition,
      words: String(hit.evidence.words),
      stops: judged ? [] : await cancelling(run, line, group, helpers),
    })
  }
  return outcomes
}

/** Which stop-words alone cancel the group on this line. Only those whose letters stand in it are tried. */
async function cancelling(
  run: (tried: readonly Group[]) => Promise<unknown>,
  line: TrialLine,
  group: Group,
  helpers: readonly Group[],
) {
  const text = [line.itemName, line.sellerName, line.remark].join('\n').toLowerCase()
  const found: { group: string; word: string }[] = []
  for (const owner of [group, ...helpers]) {
    for (const word of owner.stop) {
      if (!text.includes(word.replace(/^!/, '').replace(/\$$/, '').toLowerCase())) continue
      const own = owner === group ? [word] : []
      const others = owner === group ? [] : [{ ...owner, stop: [word] }]
      if (!(await run([{ ...group, stop: own }, ...others]))) found.push({ group: owner.code, word })
    }
  }
  return found
}

async function loadLine(session: WarehouseSession, line: TrialLine): Promise<void> {
  await session.run('delete from invoice')
  await session.run('delete from invoice_line')
  const amount = line.amount ?? '100.00'
  await session.insert(
    'invoice',
    [
      'invoice_no',
      'invoice_kind',
      'issued_on',
      'seller_name',
      'seller_tax_no',
      'total',
      'invoice_state',
      'remark',
    ],
    [
      [
        keyOf.invoice_no,
        'vat_ordinary',
        line.issuedOn,
        line.sellerName || '—',
        null,
        amount,
        'normal',
        line.remark || null,
      ],
    ],
  )
  await session.insert(
    'invoice_line',
    ['invoice_no', 'line_no', 'item_name', 'amount', 'tax_class_code'],
    [[keyOf.invoice_no, 1, line.itemName, amount, line.taxClassCode || null]],
  )
}

function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
