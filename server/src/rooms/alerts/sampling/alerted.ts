import type { Trx } from '#ground/database/index.ts'
import type { Row, WarehouseSession } from '#ground/warehouse/index.ts'
import { contributingRows, pinnedParameters, type Rule, readPinnedHits } from '#shared/rules/index.ts'
import { alertedAnchors, type GroupHit, groupHitsOf } from './alerted.store.ts'
import type { SampledDataset } from './sampled-dataset.ts'

/**
 * Tells which records an alert is about, up to an instant: an alert is anchored at the record, or at a group that it
 * belongs to (the payments of a split, an allowance paid to many). Payments that only explain another one's alert, such
 * as the earlier ones of a month's cash, have raised none themselves.
 */
export interface Alerted {
  /** Of these records, those that some alert is about. */
  among(trx: Trx, records: readonly Row[]): Promise<ReadonlySet<Row>>
}

interface Surroundings {
  readonly pack: string
  readonly rules: readonly Rule[]
  readonly source: SampledDataset
  readonly session: WarehouseSession
  readonly until: Date
}

export function alertedRecords({ pack, rules, source, session, until }: Surroundings): Alerted {
  const identities = recordIdentities(rules, source)
  const grouping = rules.filter((rule) => rule.subject === source.dataset && rule.rows)
  const grouped = new Map<string, ReadonlySet<string>>()
  const keyOf = (record: Row) => source.key.map((column) => String(record[column] ?? '')).join('|')
  /** The records of all groups of a unit that are alerted. */
  const inGroupsOf = async (trx: Trx, unitCode: string) => {
    const known = grouped.get(unitCode)
    if (known) return known
    const codes = grouping.map(({ code }) => code)
    const members = new Set<string>()
    for (const hit of await groupHitsOf(trx, { pack, unitCode, rules: codes, key: source.key, until })) {
      for (const record of await membersOf(trx, session, grouping, hit)) members.add(keyOf(record))
    }
    grouped.set(unitCode, members)
    return members
  }
  return {
    among: async (trx, records) => {
      const anchors = new Map(
        records.flatMap((record) =>
          identities.map((identity) => [anchorOf(identity, record), record] as const),
        ),
      )
      const found = new Set<Row>()
      for (const anchor of await alertedAnchors(trx, pack, [...anchors.keys()], until)) {
        found.add(anchors.get(anchor)!)
      }
      for (const record of records) {
        const unitCode = record.unit_code
        if (typeof unitCode !== 'string' || found.has(record)) continue
        if ((await inGroupsOf(trx, unitCode)).has(keyOf(record))) found.add(record)
      }
      return found
    },
  }
}

/** The identities by which rules anchor at one record: all of its key, and nothing that it does not have itself. */
function recordIdentities(
  rules: readonly Rule[],
  { dataset, key }: SampledDataset,
): readonly (readonly string[])[] {
  const fitting = rules
    .map(({ identity, subject }) => ({ identity, subject }))
    .filter(
      ({ identity, subject }) =>
        key.every((column) => identity.includes(column)) &&
        (subject === dataset || identity.length === key.length),
    )
    .map(({ identity }) => identity)
  const distinct = new Map([key, ...fitting].map((identity) => [identity.join(' '), identity]))
  return [...distinct.values()]
}

/** An anchor as hits write it. */
function anchorOf(identity: readonly string[], record: Row): string {
  return identity.map((column) => `${column}=${encodeURIComponent(String(record[column] ?? ''))}`).join('&')
}

async function membersOf(
  trx: Trx,
  session: WarehouseSession,
  rules: readonly Rule[],
  { hitId, rule: code }: GroupHit,
): Promise<readonly Row[]> {
  const rule = rules.find((known) => known.code === code)!
  const [hit] = await readPinnedHits(trx, [hitId])
  return hit
    ? contributingRows(session, rule, hit.keys, pinnedParameters(rule, hit.parameters), hit.asOf)
    : []
}
