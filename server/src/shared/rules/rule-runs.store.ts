import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { type Cursor, decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import { datasetByName } from '#shared/datasets/index.ts'
import type { RuleRun, TrialHit } from './rule-page.schema.ts'

/** A dataset by its name, with what people call it. */
export function namedDataset(name: string) {
  return { name, title: datasetByName(name)?.title ?? { zh: name, en: name } }
}

type RunRow = Omit<RuleRun, 'missing'> & { readonly rule: string; readonly missing: readonly string[] }

function runOf({ rule: _rule, missing, ...run }: RunRow): RuleRun {
  return { ...run, missing: missing.map(namedDataset) }
}

const columns = sql`r.run_id as "runId", r.finished_at::text as "finishedAt", r.cause, r.as_of as "asOf", l.state, l.mode,
  l.configuration, l.missing, l.error, l.rows_read::int as "rowsRead", l.hits, l.suppressed, l.milliseconds`

/**
 * The last run of every rule over everything. Arrivals look at single batches and say nothing of the whole, so they count
 * only where nothing else has run.
 */
export async function readLastRuns(
  trx: Trx,
  rules: readonly string[],
): Promise<ReadonlyMap<string, RuleRun>> {
  const { rows } = await sql<RunRow>`
    select l.rule, ${columns}
    from unnest(${rules as string[]}::text[]) as wanted(rule)
    cross join lateral (
      select l.* from rules.run_rule l join rules.run r using (run_id) where l.rule = wanted.rule
      order by r.cause = 'arrival', l.run_id desc limit 1) l
    join rules.run r using (run_id)`.execute(trx)
  return new Map(rows.map((row) => [row.rule, runOf(row)]))
}

export async function readRuns(trx: Trx, rule: string, limit: number): Promise<RuleRun[]> {
  const { rows } = await sql<RunRow>`
    select l.rule, ${columns} from rules.run_rule l join rules.run r using (run_id)
    where l.rule = ${rule} order by l.run_id desc limit ${limit}`.execute(trx)
  return rows.map(runOf)
}

/** How many hits each rule has found on trial that the alerts have not got, as far as the caller sees. */
export async function countTrialHits(trx: Trx): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ rule: string; hits: number }>`
    select rule, count(*)::int as hits from rules.hit where trial group by rule`.execute(trx)
  return new Map(rows.map(({ rule, hits }) => [rule, hits]))
}

/** What a rule found on trial, newest first, as far as the caller sees. */
export async function listTrialHits(
  trx: Trx,
  rule: string,
  query: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: TrialHit[]; next: string | null }> {
  const after = query.cursor ? decodeCursor(query.cursor) : undefined
  const { rows } = await sql<TrialHit>`
    select hit_id as "hitId", level, condition, unit_code as "unitCode",
      (select unit_name from organisation.unit u where u.unit_code = h.unit_code order by valid_from desc limit 1) as "unitName",
      on_date as "onDate", amount, evidence, rule_version as "ruleVersion", suppressed
    from rules.hit h
    where trial and rule = ${rule}
      and ${after ? sql`(on_date, hit_id) < (${after[0]}::date, ${after[1]}::uuid)` : sql`true`}
    order by on_date desc, hit_id desc limit ${query.limit + 1}`.execute(trx)
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const next = rows.length > query.limit && last ? encodeCursor([last.onDate, last.hitId] as Cursor) : null
  return { items, next }
}

/** The latest day up to which a pack has been run over everything; undefined before its first run. As the system. */
export async function judgedUpTo(trx: Trx, pack: string): Promise<string | undefined> {
  const { rows } = await sql<{ asOf: string | null }>`select max(as_of)::text as "asOf" from rules.run
    where pack = ${pack} and cause <> 'arrival'`.execute(trx)
  return rows[0]?.asOf ?? undefined
}
