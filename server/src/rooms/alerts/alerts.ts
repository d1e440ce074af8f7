import type { Caller, Database } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { createSupervision } from '#shared/supervise/index.ts'
import { readableAlerts } from './alert.store.ts'
import { type AlertFiles, createAlertFiles } from './alert-files.service.ts'
import { type AlertDesk, createAlertDesk } from './alerts.service.ts'
import { type Boards, createBoards } from './boards.service.ts'
import { type Clues, createClues } from './clue.service.ts'
import type { AttachedFiles } from './file-port.ts'
import { createHandling, type Handling } from './handling.service.ts'
import type { HitFeed } from './hit-feed.ts'
import { type Arrivals, createArrivals } from './intake.service.ts'
import { createJudging, type Judging } from './judging.service.ts'
import { createLadder, type Ladder } from './ladder.service.ts'
import type { DecisionTables, Policies } from './pack-policy.ts'
import { describePacks } from './packs.service.ts'
import { createUnitDesk, type UnitDesk } from './unit.service.ts'
import { createViews, type Views } from './views.service.ts'

/** What the room is built from. */
export interface AlertsDependencies {
  readonly database: Database
  readonly clock: Clock
  readonly feed: HitFeed
  readonly files: AttachedFiles
  readonly policies: Policies
}

/** The room: one loop in which the hits of all packs are handled. */
export interface Alerts {
  readonly arrivals: Arrivals
  readonly desk: AlertDesk
  readonly handling: Handling
  readonly judging: Judging
  readonly units: UnitDesk
  readonly clues: Clues
  readonly boards: Boards
  readonly views: Views
  readonly ladder: Ladder
  readonly files: AlertFiles
  /** Of these alerts, those that the caller may read: for the change stream. */
  readable(caller: Caller, alertIds: readonly string[]): Promise<readonly string[]>
  /**
   * Tells the database what the packs say; to be called at every start before the first hit is taken, and whenever a
   * decision table comes into force.
   * @param grading the decision tables in force, by pack
   */
  prepare(grading?: DecisionTables): Promise<void>
}

export function createAlerts(dependencies: AlertsDependencies): Alerts {
  const { database, policies } = dependencies
  const supervision = createSupervision(dependencies)
  const handling = createHandling({ ...dependencies, supervision })
  return {
    arrivals: createArrivals(dependencies),
    desk: createAlertDesk(dependencies),
    handling,
    judging: createJudging({ handling, policies: () => policies }),
    units: createUnitDesk(dependencies),
    clues: createClues({ ...dependencies, supervision }),
    boards: createBoards(dependencies),
    views: createViews(dependencies),
    ladder: createLadder({ ...dependencies, supervision }),
    files: createAlertFiles(dependencies),
    readable: (caller, alertIds) => database.asCaller(caller, (trx) => readableAlerts(trx, alertIds)),
    prepare: (grading = new Map()) => describePacks(database, policies, grading),
  }
}
