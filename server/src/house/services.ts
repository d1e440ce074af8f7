import { join } from 'node:path'
import type { Config } from '#ground/config/index.ts'
import type { KeyRing } from '#ground/crypto/index.ts'
import { type Connection, type Database, systemCaller } from '#ground/database/index.ts'
import type { Log } from '#ground/log/index.ts'
import { type Clock, shanghaiDate } from '#ground/time/index.ts'
import { oneAfterTheOther, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import {
  type AlertExports,
  type Alerts,
  alertWork,
  createAlertExports,
  createAlerts,
  createExceptions,
  createExplaining,
  type Exceptions,
  type Explaining,
  readPackPolicies,
} from '#rooms/alerts/index.ts'
import { createFiscal, type Fiscal, requestWork } from '#rooms/fiscal/index.ts'
import { createLibraries, type Libraries } from '#rooms/invoices/index.ts'
import { createWatchList, type WatchList } from '#rooms/subjects/index.ts'
import { type SealingKey, sealWaiting } from '#shared/audit/index.ts'
import { type Calendar, createCalendar } from '#shared/calendar/index.ts'
import { createExports, type Exports } from '#shared/exports/index.ts'
import { createFiles, type FilesService } from '#shared/files/index.ts'
import { type IdentityDeps, moveAccountsOfUnit } from '#shared/identity/index.ts'
import { createDropFolder, createIntake, type DropFolder, type Intake } from '#shared/intake/index.ts'
import { createJobs, type Jobs } from '#shared/jobs/index.ts'
import { type Bell, type ChangeStream, createBell, createChangeStream } from '#shared/notices/index.ts'
import {
  ensureRegions,
  followRegister,
  type OrganisationDeps,
  type UnitRow,
} from '#shared/organisation/index.ts'
import {
  createJudging,
  createRules,
  type InForce,
  type Judging,
  loadPack,
  type Rule,
  type Rules,
  shippedKeywords,
  shippedRules,
} from '#shared/rules/index.ts'
import { createSupervision, type Supervision, slipWork } from '#shared/supervise/index.ts'
import { type ArrivalRuns, createArrivalRuns } from './arrivals.ts'
import { bringingIntoForce, packs } from './rule-configuration.ts'
import { ruleHitFeed } from './rule-hit-feed.ts'
import { createRuleQuality, type RuleQuality } from './rule-quality.ts'
import { createRuleWork, type RuleWork } from './rule-work.ts'
import { unitRegister } from './unit-register.ts'

/** What the rooms and the shared services offer, built on the open stores. */
export interface Services extends RuleWork, RuleQuality {
  readonly organisation: OrganisationDeps
  readonly identity: IdentityDeps
  readonly calendar: Calendar
  readonly files: FilesService
  readonly intake: Intake
  readonly drop: DropFolder
  readonly exports: Exports
  readonly jobs: Jobs
  readonly bell: Bell
  readonly stream: ChangeStream
  readonly supervision: Supervision
  /** Every rule of every pack, read and checked once. */
  readonly catalogue: readonly Rule[]
  readonly rules: Rules
  /** Where arriving records and requests are judged at once. */
  readonly judging: Judging
  readonly arrivalRuns: ArrivalRuns
  readonly fiscal: Fiscal
  /** The same room by another clock: in the demo's past. Its desk is closed by who opened it. */
  readonly fiscalBy: (clock: Clock) => Fiscal
  readonly alerts: Alerts
  readonly watchList: WatchList
  readonly libraries: Libraries
  readonly explaining: Explaining
  readonly exceptions: Exceptions
  readonly alertExports: AlertExports
  readonly policies: ReturnType<typeof readPackPolicies>
  /** Makes the configuration in force today what rules and alerts work by; needless calls cost little. */
  bringIntoForce(): Promise<void>
  /** Seals what waits in the audit log; also done every few seconds and before closing. */
  sealAudit(): Promise<number>
}

/** Working days, where the pack names no term for the explanation of a yellow request. */
const longestExplanation = 10

/** The registers, whole, and a few thousand facts. */
const judgingMemory = 500

export interface Stores {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly keys: KeyRing
  readonly connection: Connection
  readonly database: Database
  readonly warehouse: Warehouse
}

/** Builds every service, in the order of the flow, and brings in what they need to be there before the first request. */
export async function createServices(stores: Stores): Promise<Services> {
  const { config, clock, log, keys, database } = stores
  const calendar = createCalendar({ database })
  await database.asCaller(systemCaller, ensureRegions)
  await calendar.load()
  const files = createFiles({ database, folder: join(config.dataFolder, 'files') })
  const libraryStores = { database, warehouse: stores.warehouse, keyRing: keys }
  const watchList = createWatchList(libraryStores)
  const judging = createJudging({ warehouse: stores.warehouse, memoryMegabytes: judgingMemory })
  const intake = createIntake({
    database,
    warehouse: stores.warehouse,
    clock,
    folder: join(config.dataFolder, 'intake'),
    allowDemo: config.demo,
    memoryMegabytes: config.warehouse.memoryMegabytes,
    onChanged: async (dataset, session) => {
      judging.changed(dataset)
      await followUnits(database, dataset, session)
      await watchList.follow(dataset, session)
    },
    onLoaded: (batchId) => arrivalRuns.loaded(batchId),
    onUndone: async (dataset) => {
      if (dataset === 'payment') await fiscal.payments.untieWithdrawn()
    },
  })
  await intake.recover()
  await watchList.prepare()
  const { folder, mode, settleSeconds } = config.drop
  const drop = createDropFolder({ database, intake, clock, folder, mode, settleSeconds })
  const policies = readPackPolicies(shippedRules)
  const alerts = createAlerts({ database, clock, files, policies, feed: ruleHitFeed })
  const catalogue = packs.flatMap((pack) => loadPack(pack))
  const { warehouse } = stores
  let force: InForce | undefined
  /** Asked for every batch and request: read again only after an approval, and on the next day. */
  const inForce = async () => {
    if (force?.day !== shanghaiDate(clock.now())) force = await rules.configuration.inForce()
    return force!
  }
  const rules = createRules({
    database,
    warehouse,
    clock,
    rules: catalogue,
    packs: [...policies.values()],
    keywords: shippedKeywords(),
    onApproved: () => {
      force = undefined
      return bringIntoForce()
    },
  })
  const exceptions = createExceptions({
    database,
    clock,
    policies,
    rules: () => everyRule(),
    onChanged: () => bringIntoForce(),
  })
  const bringIntoForce = bringingIntoForce({
    database,
    warehouse,
    calendar,
    rules,
    alerts,
    exceptions,
    judging,
  })
  const policy = policies.get('fiscal')!
  const supervision = createSupervision({ database, clock })
  const fiscalParts = {
    ...stores,
    judging,
    catalogue,
    supervision,
    allowDemo: config.demo,
    personKey: keys.personKey,
    policy: {
      undisclosed: policy.undisclosed_rules,
      explainDays: policy.terms.yellow?.explain ?? longestExplanation,
      urging: policy,
    },
    inForce: async () => {
      const { parameters, modes, versions, grading } = await inForce()
      return { parameters, modes, versions, grading: grading.get('fiscal') ?? policy.grading }
    },
  }
  const fiscal = createFiscal(fiscalParts)
  const jobs = createJobs({ connection: stores.connection, log })
  const ruleWork = await createRuleWork(stores, { jobs, catalogue, rules })
  const { composedRules } = ruleWork
  /** What ships and every version that was composed, the newest first. */
  const everyRule = async () => {
    const versions = await database.asCaller(systemCaller, (trx) => composedRules.runnable(trx))
    const composed = versions.toSorted((one, other) => other.version - one.version)
    return [...catalogue, ...composed.map(({ rule }) => rule)]
  }
  const rulesOf = async (pack: string) => (await everyRule()).filter((rule) => rule.pack === pack)
  const arrivalRuns = createArrivalRuns({
    ...stores,
    intake,
    judging,
    catalogue,
    composedRules,
    inForce,
    alerts,
    fiscal,
  })
  const exports = createExports({ database, clock, organName: config.organName })
  await rules.configuration.prepare()
  await bringIntoForce()
  // Asked for while it goes on, a sealing waits for the one before: both would seal the same entries.
  const sealing = oneAfterTheOther()
  const key: SealingKey = { suite: keys.suite, keyId: keys.signingKeyId, hash: keys.hash, sign: keys.sign }
  return {
    organisation: {
      ...{ database, clock, keys, allowDemo: config.demo },
      unitRegister: unitRegister(intake),
      onUnitRecoded: moveAccountsOfUnit,
    },
    identity: {
      database,
      keyRing: keys,
      clock,
      log,
      settings: identitySettings(config),
      work: [alertWork(stores), requestWork(stores), slipWork(stores)],
    },
    calendar,
    files,
    intake,
    drop,
    jobs,
    exports,
    bell: createBell({ database, clock }),
    stream: openStream(database, alerts, fiscal),
    supervision,
    catalogue,
    rules,
    judging,
    arrivalRuns,
    fiscal,
    fiscalBy: (by) => createFiscal({ ...fiscalParts, clock: by }),
    alerts,
    ...ruleWork,
    ...createRuleQuality({ ...stores, policies, rulesOf, personKey: keys.personKey }, catalogue),
    watchList,
    libraries: createLibraries(libraryStores),
    explaining: createExplaining({
      database,
      warehouse: stores.warehouse,
      clock,
      policies,
      rulesOf,
    }),
    exceptions,
    alertExports: createAlertExports({
      database,
      clock,
      exports,
      policies,
      rules: everyRule,
    }),
    policies,
    bringIntoForce,
    sealAudit: () => sealing(() => sealWaiting(database, key, clock)),
  }
}

/** Who listens learns of an alert, or of a request, when he may read it. */
function openStream(database: Database, alerts: Alerts, fiscal: Fiscal): ChangeStream {
  const stream = createChangeStream({ database })
  stream.register('alerts', alerts.readable)
  stream.register('payment-requests', fiscal.readable)
  return stream
}

/** The tree of organisations follows the register of units. */
async function followUnits(database: Database, dataset: string, session: WarehouseSession): Promise<void> {
  if (dataset !== 'unit') return
  const units = await session.rows('select * from unit')
  await database.asCaller(systemCaller, (trx) => followRegister(trx, units as unknown as UnitRow[]))
}

function identitySettings(config: Config): IdentityDeps['settings'] {
  const { demo, organName, dataFolder, session, http } = config
  const oidc = config.oidc as IdentityDeps['settings']['oidc']
  return { demo, organName, dataFolder, session, publicUrl: http.publicUrl, oidc }
}
