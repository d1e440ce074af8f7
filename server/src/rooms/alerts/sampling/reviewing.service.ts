import type { Caller, Database } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import type { Rule } from '#shared/rules/index.ts'
import { countMissedByRule, countOutcomes, judgeItem, listItems, readItem } from './item.store.ts'
import { sampleItemChanged, sampleItemNotFound, unknownMissedRule } from './sampling.errors.ts'
import type { SampleItem, SampleJudgement, SampleQuery, SampleRates, SampleRow } from './sampling.schema.ts'
import { wilson } from './wilson.ts'

/** People look at drawn records; what they find says how often the rules miss. */
export interface Reviewing {
  list(
    caller: Caller,
    query: SampleQuery,
  ): Promise<{ items: SampleRow[]; next: string | null; total?: { count: number; capped: boolean } }>
  item(caller: Caller, itemId: string): Promise<SampleItem>
  /** Judges a record, or judges it anew: the log keeps what was said before. */
  judge(caller: Caller, itemId: string, judgement: SampleJudgement): Promise<SampleItem>
  /** The share missed by pack and month, and by rule, with Wilson's interval, over what the caller sees. */
  rates(caller: Caller): Promise<SampleRates>
}

export function createReviewing(dependencies: {
  readonly database: Database
  readonly clock: Clock
  readonly rulesOf: (pack: string) => Promise<readonly Rule[]>
}): Reviewing {
  const { database, clock, rulesOf } = dependencies
  return {
    list: (caller, query) => database.asCaller(caller, (trx) => listItems(trx, query)),
    item: (caller, itemId) =>
      database.asCaller(caller, async (trx) => {
        const item = await readItem(trx, itemId)
        if (!item) throw sampleItemNotFound()
        await recordAudit(trx, {
          action: 'alerts.read_sample_item',
          object: { kind: 'sample_item', id: itemId },
          unitCode: item.unitCode ?? undefined,
        })
        return item
      }),
    judge: async (caller, itemId, judgement) => {
      const seen = await database.asCaller(caller, (trx) => readItem(trx, itemId))
      if (!seen) throw sampleItemNotFound()
      const { missedRule } = judgement
      const codes = (await rulesOf(seen.pack)).map(({ code }) => code)
      if (missedRule && ![...codes, 'none'].includes(missedRule))
        throw unknownMissedRule({ rule: missedRule })
      return database.asCaller(caller, async (trx) => {
        if (!(await judgeItem(trx, itemId, judgement, clock.now()))) throw sampleItemChanged()
        await recordAudit(trx, {
          action: 'alerts.judge_sample_item',
          object: { kind: 'sample_item', id: itemId },
          unitCode: seen.unitCode ?? undefined,
          detail: {
            outcome: judgement.outcome,
            ...(missedRule ? { rule: missedRule } : {}),
            ...(seen.outcome ? { before: seen.outcome } : {}),
          },
        })
        return (await readItem(trx, itemId))!
      })
    },
    rates: (caller) =>
      database.asCaller(caller, async (trx) => {
        const months = await countOutcomes(trx)
        const missed = await countMissedByRule(trx)
        const packs = [...Map.groupBy(months, ({ pack }) => pack)].map(([pack, of]) => ({
          pack,
          drawn: sumOf(of, ({ drawn }) => drawn),
          judged: sumOf(of, ({ judged }) => judged),
          missed: sumOf(of, (month) => month.missed),
        }))
        const judgedIn = (pack: string, month: string | null) =>
          month === null
            ? packs.find((one) => one.pack === pack)!.judged
            : months.find((one) => one.pack === pack && one.month === month)!.judged
        const overall = [...Map.groupBy(missed, ({ pack, rule }) => `${pack} ${rule}`).values()].map(
          (of) => ({
            pack: of[0]!.pack,
            rule: of[0]!.rule,
            month: null,
            missed: sumOf(of, (one) => one.missed),
          }),
        )
        return {
          months: months.map((month) => ({ ...month, ...shares(month.missed, month.judged) })),
          packs: packs.map((pack) => ({ ...pack, ...shares(pack.missed, pack.judged) })),
          rules: [...overall, ...missed].map((rule) => {
            const judged = judgedIn(rule.pack, rule.month)
            return { ...rule, judged, ...shares(rule.missed, judged) }
          }),
        }
      }),
  }
}

function sumOf<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}

function shares(missed: number, judged: number) {
  const estimate = wilson(missed, judged)
  const shown = (value: number | undefined) => value?.toFixed(4) ?? null
  return { rate: shown(estimate?.rate), low: shown(estimate?.low), high: shown(estimate?.high) }
}
