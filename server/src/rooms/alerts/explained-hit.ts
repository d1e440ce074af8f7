import { maskedPersonal, maskedTaxpayer } from '#ground/masking/index.ts'
import type { WarehouseSession } from '#ground/warehouse/index.ts'
import { datasetByName } from '#shared/datasets/index.ts'
import {
  comparisonsOf,
  type PinnedHit,
  pinnedParameters,
  type Rule,
  readCaseRecords,
  readContributing,
  readingWith,
  recompute,
  type ShownRows,
  wordMarks,
} from '#shared/rules/index.ts'
import type { ExplainedHit, ShownRowsWire } from './explain.schema.ts'

/** How much of a case a reader gets to see. */
export interface Sight {
  readonly masked: boolean
  /** The unit gets neither registers nor how the hit is recomputed, and of records only its own. */
  readonly office: boolean
  /** Which of these units lie in the reader's part of the tree. */
  readonly unitsInSight: (unitCodes: readonly string[]) => Promise<ReadonlySet<string>>
}

/** One hit with everything that explains it, worked out again from the facts. */
export async function explainHit(
  session: WarehouseSession,
  rule: Rule,
  hit: PinnedHit,
  sight: Sight,
): Promise<ExplainedHit> {
  const parameters = pinnedParameters(rule, hit.parameters)
  const { records, registers } = await readCaseRecords(session, rule, hit)
  const contributing = await readContributing(session, rule, hit, parameters)
  return {
    hitId: hit.hitId,
    rule: rule.code,
    title: rule.title,
    level: hit.level,
    levelWhen: rule.levels.find(({ level }) => level === hit.level)?.when ?? null,
    condition: rule.conditions.find(({ key }) => key === hit.condition)?.title ?? null,
    reading: readingWith(rule, parameters),
    basis: rule.basis,
    comparisons: comparisonsOf(rule, hit, parameters),
    thresholds: thresholdsOf(rule, parameters),
    evidence: evidenceOf(rule, hit, sight),
    words: [...wordMarks(rule, hit.evidence)],
    contributing: contributing
      ? {
          ...(await wireRows(contributing, sight)),
          sum: contributing.sum,
          stated: contributing.stated,
          agrees: contributing.agrees,
        }
      : null,
    records: await Promise.all(records.map((rows) => wireRows(rows, sight))),
    office: sight.office ? await officeOf(session, rule, hit, registers, sight) : null,
  }
}

/** Single values only: lists of words stand in the reading. */
function thresholdsOf(rule: Rule, parameters: ReturnType<typeof pinnedParameters>) {
  return rule.parameters
    .filter(({ type }) => type !== 'texts')
    .map(({ name, title, type, unit }) => ({
      title,
      type,
      unit: unit ?? null,
      value: String(parameters[name]),
    }))
}

/** What a rule learned from registers that were collected for another purpose is not for the unit. */
function evidenceOf(rule: Rule, hit: PinnedHit, { masked, office }: Sight): ExplainedHit['evidence'] {
  const hidden = (personal: boolean) => !office && rule.register_basis !== undefined && personal
  return rule.evidence
    .filter(({ name, personal }) => name !== 'conditions' && !hidden(personal))
    .filter(({ name }) => hit.evidence[name] !== null && hit.evidence[name] !== '')
    .map(({ name, kind, title, personal }) => {
      const value = hit.evidence[name]
      return { name, title, kind, value: plain(personal && masked ? maskedPersonal(value) : value) }
    })
}

async function officeOf(
  session: WarehouseSession,
  rule: Rule,
  hit: PinnedHit,
  registers: readonly ShownRows[],
  sight: Sight,
): Promise<ExplainedHit['office']> {
  const { outcome, sameRule, differences } = await recompute(session, rule, hit)
  return {
    registerBasis: rule.register_basis ?? null,
    registers: await Promise.all(registers.map((rows) => wireRows(rows, sight))),
    ruleVersion: hit.ruleVersion,
    runOn: hit.asOf,
    outcome,
    sameRule,
    differences: differences.map((difference) => ({ ...difference, ...titled(rule, difference.name) })),
  }
}

const fixedTitles: Readonly<Record<string, { zh: string; en: string }>> = {
  level: { zh: '级别', en: 'level' },
  condition: { zh: '符合的情形', en: 'condition' },
  amount: { zh: '金额', en: 'amount' },
}

function titled(rule: Rule, name: string) {
  const title = rule.evidence.find((column) => column.name === name)?.title ?? fixedTitles[name]
  return { title: title ?? { zh: name, en: name } }
}

/** Rows as they go out: those of units elsewhere in the tree only counted, personal values masked. */
async function wireRows(shown: ShownRows, sight: Sight): Promise<ShownRowsWire> {
  const unitColumn = datasetByName(shown.dataset)?.unitColumn ?? 'unit_code'
  const units = [...new Set(shown.rows.map((row) => row[unitColumn]).filter((code) => code != null))]
  const known = await sight.unitsInSight(units.map(String))
  const seen = shown.rows.filter((row) => row[unitColumn] == null || known.has(String(row[unitColumn])))
  const columns = datasetByName(shown.dataset)?.columns ?? {}
  const personal = new Set(shown.columns.filter((column) => column.personal).map(({ name }) => name))
  const masked = (name: string, value: unknown) => {
    if (personal.has(name)) return maskedPersonal(value)
    const ofTaxpayer = columns[name]?.check === 'taxpayer-number' && typeof value === 'string'
    return ofTaxpayer ? maskedTaxpayer(value) : value
  }
  return {
    dataset: shown.dataset,
    title: shown.title,
    columns: shown.columns.map(({ name, title, type, choices }) => ({
      name,
      title,
      type,
      ...(choices ? { choices: { ...choices } } : {}),
    })),
    rows: seen.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, plain(sight.masked ? masked(name, value) : value)]),
      ),
    ),
    outOfSight: shown.rows.length - seen.length,
  }
}

function plain(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value)
}
