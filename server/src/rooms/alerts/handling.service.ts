import type { Caller, Database, Trx } from '#ground/database/index.ts'
import { type Clock, shanghaiDate } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { requireOwnUploads } from '#shared/files/index.ts'
import type { Supervision } from '#shared/supervise/index.ts'
import {
  announce,
  appendEvents,
  type LockedAlert,
  lockAlerts,
  moveAlerts,
  onlyConcerned,
  type StepChanges,
  showToUnits,
} from './alert.store.ts'
import { alertChanged, alertNotFound, nothingToShow, notToConcerned, refusalError } from './alerts.errors.ts'
import { type AlertAction, type AlertState, decide, termOf, unitStateOf } from './alerts.rules.ts'
import type { Moment } from './gather.store.ts'
import type { Policies } from './pack-policy.ts'
import { tellReceivers } from './telling.ts'

/** A step of the office on one alert or on many. */
export interface OfficeStep {
  readonly action: AlertAction
  /** What was written to the file, and to the unit where the step is one that the unit sees. */
  readonly note?: string | null
  readonly files?: readonly string[]
  /** What was verified before the step, put on record by itself; never to the unit. */
  readonly verification?: string | undefined
  readonly changes?: StepChanges
  /** The version that the person had before his eyes; another one means that somebody was quicker. */
  readonly version?: number | undefined
  /** What else must hold of the locked alerts; throws where it does not. */
  readonly check?: (alerts: readonly LockedAlert[]) => void
}

export interface Handling {
  /** Takes the step on every alert, or on none. Returns them as they were before. */
  take(caller: Caller, ids: readonly string[], step: OfficeStep): Promise<readonly LockedAlert[]>
}

/** The moment of the clock, with its day in Shanghai. */
export function momentOf(clock: Clock): Moment {
  const at = clock.now()
  return { at, today: shanghaiDate(at) }
}

export function createHandling(dependencies: {
  database: Database
  clock: Clock
  policies: Policies
  supervision: Pick<Supervision, 'endWith'>
}): Handling {
  const { database, clock, policies, supervision } = dependencies
  return {
    take: (caller, ids, step) =>
      database.asCaller(caller, async (trx) => {
        const { before, closed } = await takeStep(trx, ids, step, { ...momentOf(clock), policies })
        if (closed.length > 0) await supervision.endWith(trx, caller, { room: 'alerts', subjectIds: closed })
        return before
      }),
  }
}

/**
 * Locks, decides, moves, shows to the unit what it may see, and puts it on record, in the caller's transaction. Returns the
 * alerts as they were before, and which of them are closed now.
 */
async function takeStep(
  trx: Trx,
  ids: readonly string[],
  step: OfficeStep,
  moment: Moment & { readonly policies: Policies },
): Promise<{ readonly before: readonly LockedAlert[]; readonly closed: readonly string[] }> {
  await requireOwnUploads(trx, step.files ?? [])
  const alerts = await lockAlerts(trx, ids)
  if (alerts.length !== new Set(ids).size) throw alertNotFound()
  if (step.version !== undefined && alerts.some((alert) => alert.version !== step.version))
    throw alertChanged()
  step.check?.(alerts)
  const moves = Map.groupBy(alerts, (alert) => nextState(alert, step.action, moment))
  if (step.verification !== undefined) {
    const verified = { actor: 'office', kind: 'verify', toUnit: false, note: step.verification } as const
    await appendEvents(trx, ids, verified, moment.at)
  }
  for (const [to, group] of moves) {
    await moveGroup(trx, group, to, step, moment)
  }
  const heard = heardByUnits(step.action)
  if (heard) await tellReceivers(trx, moment.policies, alerts, heard, moment.at)
  for (const alert of alerts) {
    await recordAudit(trx, {
      action: `alerts.${step.action}`,
      object: { kind: 'alert', id: alert.alertId },
      unitCode: alert.unitCode ?? undefined,
      detail: { number: alert.number, from: alert.state },
    })
  }
  return { before: alerts, closed: (moves.get('closed') ?? []).map(({ alertId }) => alertId) }
}

function nextState(alert: LockedAlert, action: AlertAction, { today }: Moment): AlertState {
  const overdue = alert.dueOn !== null && alert.dueOn < today
  const decision = decide({ ...alert, overdue }, action, 'office')
  if ('refused' in decision) throw refusalError(decision.refused, alert.state)
  return decision.to
}

async function moveGroup(
  trx: Trx,
  group: readonly LockedAlert[],
  to: AlertState,
  step: OfficeStep,
  moment: Moment,
): Promise<void> {
  const ids = group.map((alert) => alert.alertId)
  await moveAlerts(trx, ids, to, termOf(to), step.changes ?? {}, moment)
  const noticed = group.filter((alert) => noticedByUnit(alert, to))
  const unnoticed = group.filter((alert) => !noticedByUnit(alert, to))
  const shown = await showToUnits(
    trx,
    noticed.map((alert) => alert.alertId),
    step.note ?? null,
    moment,
  )
  if (step.action === 'dispatch') await refuseConcerned(trx, noticed, moment)
  // Nothing of these may be shown to their unit (their rules look into the watch list): they stay with the office.
  if (shown < noticed.length) throw nothingToShow()
  for (const [toUnit, told] of [
    [true, noticed],
    [false, unnoticed],
  ] as const) {
    const event = { actor: 'office', kind: step.action, toUnit, note: step.note, files: step.files } as const
    const detail = { to, ...step.changes }
    await appendEvents(
      trx,
      told.map((alert) => alert.alertId),
      { ...event, detail },
      moment.at,
    )
    await announce(trx, told, toUnit)
  }
}

/** The steps after which the unit has something to do, and so is told. */
function heardByUnits(action: AlertAction) {
  if (action === 'judge_violation') return 'judged'
  if (action === 'dispatch' || action === 'send_back' || action === 'reject_rectification') return action
  return undefined
}

/** Nobody is sent what names him or his kin; where that leaves no receiver, the office verifies by itself. */
async function refuseConcerned(trx: Trx, alerts: readonly LockedAlert[], { at }: Moment): Promise<void> {
  for (const alert of alerts) {
    if (alert.personKeys.length > 0 && (await onlyConcerned(trx, alert, at))) throw notToConcerned()
  }
}

/** Whether the unit may notice the move: what it sees afterwards differs from what it saw before. */
function noticedByUnit(alert: LockedAlert, to: AlertState): boolean {
  const after = unitStateOf(to, alert.dispatched || to === 'dispatched')
  return after !== undefined && after !== alert.unitState
}
