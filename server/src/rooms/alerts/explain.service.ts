import type { Caller, Database } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import type { Warehouse } from '#ground/warehouse/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { datasetByName } from '#shared/datasets/index.ts'
import { type Role, roles } from '#shared/permissions/index.ts'
import type { PinnedHit, Rule } from '#shared/rules/index.ts'
import { alertNotFound } from './alerts.errors.ts'
import { type AlertHead, readHead } from './detail.store.ts'
import type { AlertExplanation, ExplainedHit } from './explain.schema.ts'
import { findAlert, readLadder, readUnit, unitsInSight } from './explain.store.ts'
import { type OpenCase, withCaseOf, withDisclosedCaseOf } from './explain.warehouse.ts'
import { explainHit, type Sight } from './explained-hit.ts'
import { momentOf } from './handling.service.ts'
import type { PackPolicy, Policies } from './pack-policy.ts'

export interface ExplainingDependencies {
  readonly database: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly policies: Policies
  /** The rules of a pack; of one that has been composed anew, every version, the newest first. */
  readonly rulesOf: (pack: string) => Promise<readonly Rule[]>
}

/** An alert explains itself: what happened, what the rule says, who they are, and whether the facts still say so. */
export interface Explaining {
  explain(caller: Caller, alertId: string): Promise<AlertExplanation>
  /** The same with personal data in clear, on record with the reason. */
  unmask(caller: Caller, alertId: string, reason: string): Promise<AlertExplanation>
  /** The alert of that number or identifier, where the caller sees it. */
  find(caller: Caller, numberOrId: string): Promise<string | undefined>
  /** What the unit may know: disclosed hits, without registers. */
  explainToUnit(caller: Caller, alertId: string): Promise<{ hits: ExplainedHit[] }>
}

export function createExplaining(dependencies: ExplainingDependencies): Explaining {
  const { database, clock } = dependencies
  const explain = async (caller: Caller, alertId: string, reason?: string) => {
    const head = await database.asCaller(caller, async (trx) => {
      const found = await readHead(trx, alertId, momentOf(clock).today)
      if (!found) throw alertNotFound()
      await recordAudit(trx, {
        action: reason === undefined ? 'alerts.explain' : 'alerts.unmask',
        object: { kind: 'alert', id: alertId },
        unitCode: found.unitCode ?? undefined,
        purpose: reason,
      })
      return found
    })
    const sight = sightOf(dependencies, caller, { masked: reason === undefined, office: true })
    const hits = await withCaseOf(dependencies, caller, alertId, (open) =>
      explainAll(dependencies, open, sight),
    )
    return { ...(await surroundings(dependencies, caller, head)), masked: sight.masked, hits }
  }
  return {
    explain: (caller, alertId) => explain(caller, alertId),
    unmask: explain,
    find: (caller, numberOrId) => database.asCaller(caller, (trx) => findAlert(trx, numberOrId)),
    explainToUnit: async (caller, alertId) => {
      await database.asCaller(caller, (trx) =>
        recordAudit(trx, { action: 'alerts.explain_own', object: { kind: 'alert', id: alertId } }),
      )
      const sight = sightOf(dependencies, caller, { masked: true, office: false })
      const { today } = momentOf(clock)
      const hits = await withDisclosedCaseOf(dependencies, caller, alertId, today, (open) =>
        explainAll(dependencies, open, sight),
      )
      return { hits }
    },
  }
}

function sightOf(
  { database }: ExplainingDependencies,
  caller: Caller,
  kind: { masked: boolean; office: boolean },
): Sight {
  return {
    ...kind,
    unitsInSight: (unitCodes) => database.asCaller(caller, (trx) => unitsInSight(trx, unitCodes)),
  }
}

/** One after the other: a session does one piece of work at a time. */
async function explainAll(
  { rulesOf }: ExplainingDependencies,
  { hits, session }: OpenCase,
  sight: Sight,
): Promise<ExplainedHit[]> {
  const explained: ExplainedHit[] = []
  const packs = [...new Set(hits.map(({ pack }) => pack))]
  const rules = (await Promise.all(packs.map(rulesOf))).flat()
  for (const hit of hits) {
    const rule = ruleOf(rules, hit)
    if (rule) explained.push(await explainHit(session, rule, hit, sight))
  }
  return explained
}

/** The version that produced the hit where it is still known, otherwise the newest. */
function ruleOf(rules: readonly Rule[], hit: PinnedHit): Rule | undefined {
  const versions = rules.filter(({ pack, code }) => pack === hit.pack && code === hit.rule)
  return versions.find(({ version }) => version === hit.ruleVersion) ?? versions[0]
}

async function surroundings(
  { database, policies }: ExplainingDependencies,
  caller: Caller,
  head: AlertHead,
): Promise<Omit<AlertExplanation, 'hits' | 'masked'>> {
  const policy = policies.get(head.pack)
  return database.asCaller(caller, async (trx) => {
    const unit = head.unitCode ? await readUnit(trx, head.unitCode, head.onDate) : undefined
    const open = policy && head.dueOn && head.state !== 'closed'
    const ladder = open ? await readLadder(trx, policy, head.dueOn!, head.rung) : []
    return {
      alertId: head.alertId,
      number: head.number,
      unit: unit ? { ...unit, kind: kindOf(unit.kind) } : null,
      grading: gradingOf(policy, head),
      ladder: ladder.map((rung) => ({ ...rung, roles: rung.roles.map((role) => roles[role as Role]) })),
    }
  })
}

function kindOf(kind: string | null): { zh: string; en: string } | null {
  return (kind && datasetByName('unit')?.columns.kind?.choices?.[kind]) || null
}

/** The pack's decision table down to the row that decided. */
function gradingOf(policy: PackPolicy | undefined, head: AlertHead): AlertExplanation['grading'] {
  const decided = (policy?.grading ?? []).findIndex(
    ({ level, title }) => level === head.grade?.level && title.zh === head.grade?.titleZh,
  )
  return (policy?.grading ?? []).map(({ level, title }, index) => ({
    level,
    title,
    decided: index === decided,
  }))
}
