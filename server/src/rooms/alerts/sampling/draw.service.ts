import { randomBytes } from 'node:crypto'
import { type Caller, type Database, systemCaller, type Trx } from '#ground/database/index.ts'
import { addDays, type Clock, monthOf, shanghaiDate } from '#ground/time/index.ts'
import { inSession, type Row, type Warehouse, type WarehouseSession } from '#ground/warehouse/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { postToRoles } from '#shared/notices/index.ts'
import { judgedUpTo, type Rule } from '#shared/rules/index.ts'
import type { PackPolicy, Policies } from '../pack-policy.ts'
import { type Alerted, alertedRecords } from './alerted.ts'
import {
  type DrawnRecord,
  insertDraw,
  insertSize,
  isDrawn,
  lastDrawnMonth,
  readDraw,
  readDrawnKeys,
  readDraws,
  readSizes,
  seesWhole,
  sizeInForce,
} from './draw.store.ts'
import { copyRecord } from './drawn-record.ts'
import { countRecords, type Period, readLots } from './lots.warehouse.ts'
import { type SampledDataset, sampledDatasets } from './sampled-dataset.ts'
import {
  alreadyDrawn,
  drawnMonth,
  monthNotJudged,
  monthNotOver,
  noSuchDraw,
  notSampled,
  sizeOfTheWhole,
} from './sampling.errors.ts'
import type { NewSampleSize, RepeatedDraw, SampleDraw, SampleSize } from './sampling.schema.ts'

export interface SamplingDependencies {
  readonly database: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly policies: Policies
  /** The pack's rules, shipped and composed. */
  readonly rulesOf: (pack: string) => Promise<readonly Rule[]>
  /** Names a person in the stores: the keyed hash of the citizen number. */
  readonly personKey: (idNumber: string) => string
  /** 32 hexadecimal digits from which a draw is made; random unless a test says otherwise. */
  readonly newSeed?: () => string
}

export interface Wish {
  readonly pack: string
  readonly month: string
}

/** The monthly random sample of records without an alert. */
export interface Draws {
  /**
   * Draws the sample of a month: records that happened in it, were judged by the pack's rules and have no alert, each
   * with the same chance (see `readLots`). One for each pack and month, however often this is asked. Returns whether it
   * drew. Throws where the month is not over, or the rules have not run over all of it.
   */
  draw(wish: Wish, by?: { readonly userId: string }): Promise<boolean>
  /** Draws what is due: for each pack the month before, from the pack's day on. Returns how many were drawn. */
  drawDue(): Promise<number>
  /** Refuses a wish that cannot be fulfilled, and puts the asking on record; the caller hands it to `ask`. */
  request(caller: Caller, wish: Wish, ask: (trx: Trx) => Promise<void>): Promise<void>
  list(caller: Caller): Promise<SampleDraw[]>
  /** Draws once more from the kept seed, with the alerts that there were then, and compares. */
  repeat(caller: Caller, drawId: string): Promise<RepeatedDraw>
  /** What has been decided about sizes, newest first, and last what the packs say themselves. */
  sizes(caller: Caller): Promise<SampleSize[]>
  /** Decides a size from a month on that has not been drawn. */
  setSize(caller: Caller, size: NewSampleSize): Promise<SampleSize>
}

export function createDraws(dependencies: SamplingDependencies): Draws {
  const { database, clock, policies } = dependencies
  const asSystem = <T>(work: (trx: Trx) => Promise<T>) => database.asCaller(systemCaller, work)
  const sampleOf = (pack: string) => {
    const sample = policies.get(pack)?.sample
    if (!sample) throw notSampled({ pack })
    return sample
  }
  const draw = async (wish: Wish, by?: { readonly userId: string }) => {
    const sample = sampleOf(wish.pack)
    const state = await asSystem((trx) => readiness(trx, wish, clock))
    if (state === 'drawn') return false
    if (state) throw state
    const seed = (dependencies.newSeed ?? randomSeed)()
    const at = clock.now()
    const size = (await asSystem((trx) => sizeInForce(trx, wish.pack, wish.month))) ?? sample.size
    const source = sampledDatasets[sample.dataset]!
    return inSession(dependencies.warehouse.open, async (session) => {
      const lots = await drawLots(dependencies, session, { ...wish, source, seed, size, until: at })
      const drawn: DrawnRecord[] = []
      for (const record of lots.chosen)
        drawn.push(await copyRecord(session, source, record, dependencies.personKey))
      const caller = by ? { ...systemCaller, userId: by.userId } : systemCaller
      return database.asCaller(caller, async (trx) => {
        const { records, passedOver } = lots
        const cause = by ? 'demand' : 'schedule'
        const kept = await insertDraw(trx, { ...wish, seed, size, records, passedOver, cause }, drawn, at)
        if (!kept) return false
        await recordAudit(trx, {
          action: 'alerts.draw_sample',
          object: { kind: 'sample_draw', id: kept },
          detail: { ...wish, seed, drawn: drawn.length },
        })
        await tellOffices(trx, policies.get(wish.pack)!, wish, at)
        return true
      })
    })
  }
  return {
    draw,
    drawDue: async () => {
      const today = shanghaiDate(clock.now())
      const month = monthOf(addDays(`${monthOf(today)}-01`, -1))
      let drawn = 0
      for (const { pack, sample } of policies.values()) {
        if (!sample || Number(today.slice(8)) < sample.day) continue
        const state = await asSystem((trx) => readiness(trx, { pack, month }, clock))
        if (!state && (await draw({ pack, month }))) drawn += 1
      }
      return drawn
    },
    request: async (caller, wish, ask) => {
      sampleOf(wish.pack)
      const state = await asSystem((trx) => readiness(trx, wish, clock))
      if (state === 'drawn') throw alreadyDrawn({ month: wish.month })
      if (state) throw state
      await database.asCaller(caller, async (trx) => {
        await recordAudit(trx, {
          action: 'alerts.ask_for_sample',
          object: { kind: 'pack', id: wish.pack },
          detail: { month: wish.month },
        })
        await ask(trx)
      })
    },
    list: (caller) => database.asCaller(caller, readDraws),
    repeat: async (caller, drawId) => {
      const kept = await database.asCaller(caller, async (trx) => {
        const seen = await readDraw(trx, drawId)
        if (!seen) throw noSuchDraw()
        await recordAudit(trx, {
          action: 'alerts.repeat_sample',
          object: { kind: 'sample_draw', id: drawId },
        })
        return seen
      })
      const source = sampledDatasets[sampleOf(kept.pack).dataset]!
      const before = await asSystem((trx) => readDrawnKeys(trx, drawId))
      const again = await inSession(dependencies.warehouse.open, (session) =>
        drawLots(dependencies, session, { ...kept, source, until: new Date(kept.drawnAt) }),
      )
      return compared(
        before,
        again.chosen.map((record) => keysOf(source, record)),
        again.records,
      )
    },
    sizes: (caller) =>
      database.asCaller(caller, async (trx) => {
        const shipped = [...policies.values()].flatMap(({ pack, sample, readers }) =>
          sample && readers.some((role) => caller.roles.includes(role))
            ? [{ pack, fromMonth: null, size: sample.size, reason: null, setBy: null, setAt: null }]
            : [],
        )
        return [...(await readSizes(trx)), ...shipped]
      }),
    setSize: (caller, size) => {
      sampleOf(size.pack)
      return database.asCaller(caller, async (trx) => {
        if (!(await seesWhole(trx))) throw sizeOfTheWhole()
        const last = await lastDrawnMonth(trx, size.pack)
        if (last && size.fromMonth <= last) throw drawnMonth({ month: size.fromMonth })
        const set = await insertSize(trx, size, clock.now())
        await recordAudit(trx, {
          action: 'alerts.set_sample_size',
          object: { kind: 'pack', id: size.pack },
          detail: { fromMonth: size.fromMonth, size: size.size },
        })
        return set
      })
    },
  }
}

const randomSeed = () => randomBytes(16).toString('hex')

/** Why a month cannot be drawn: it has been, it is not over, or it has not been judged. Undefined where it can. */
async function readiness(trx: Trx, { pack, month }: Wish, clock: Clock) {
  if (await isDrawn(trx, pack, month)) return 'drawn' as const
  const { to } = daysOf(month)
  if (shanghaiDate(clock.now()) <= to) return monthNotOver({ month })
  const judged = await judgedUpTo(trx, pack)
  return judged !== undefined && judged >= to ? undefined : monthNotJudged({ month })
}

/** The first and the last day of a month. */
function daysOf(month: string): Period {
  const from = `${month}-01`
  return { from, to: addDays(`${monthOf(addDays(from, 31))}-01`, -1) }
}

interface LotsDrawn {
  readonly chosen: readonly Row[]
  readonly records: number
  readonly passedOver: number
}

interface LotsWish extends Wish {
  readonly source: SampledDataset
  readonly seed: string
  readonly size: number
  /** Alerts raised later do not count. */
  readonly until: Date
}

/** Takes lot after lot and passes over those that an alert is about, until there are enough or none is left. */
async function drawLots(
  { database, rulesOf }: Pick<SamplingDependencies, 'database' | 'rulesOf'>,
  session: WarehouseSession,
  wish: LotsWish,
): Promise<LotsDrawn> {
  const { source, seed, size, pack, until } = wish
  const period = daysOf(wish.month)
  const alerted: Alerted = alertedRecords({ pack, rules: await rulesOf(pack), source, session, until })
  const chosen: Row[] = []
  let passedOver = 0
  for (let skip = 0; chosen.length < size; skip += size) {
    const lots = await readLots(session, source, { ...period, seed }, skip, size)
    const found = await database.asCaller(systemCaller, (trx) => alerted.among(trx, lots))
    for (const lot of lots) {
      if (chosen.length === size) break
      if (found.has(lot)) passedOver += 1
      else chosen.push(lot)
    }
    if (lots.length < size) break
  }
  return { chosen, passedOver, records: await countRecords(session, source, period) }
}

/** The key of a record as it is kept. */
function keysOf({ key }: SampledDataset, record: Row): Record<string, string> {
  return Object.fromEntries(key.map((column) => [column, String(record[column] ?? '')]))
}

function compared(
  before: readonly Record<string, string>[],
  after: readonly Record<string, string>[],
  records: number,
): RepeatedDraw {
  const text = (keys: Record<string, string>) => JSON.stringify(Object.entries(keys).sort())
  const without = (keys: readonly Record<string, string>[], others: readonly Record<string, string>[]) => {
    const known = new Set(others.map(text))
    return keys.filter((one) => !known.has(text(one)))
  }
  const additional = without(after, before)
  const absent = without(before, after)
  return { agrees: additional.length === 0 && absent.length === 0, records, additional, absent }
}

/** The officers at the root hear that there is something to judge; those below find their part in the list. */
async function tellOffices(trx: Trx, policy: PackPolicy, { pack, month }: Wish, at: Date): Promise<void> {
  const roles = policy.readers.filter((role) => role !== 'deputy' && role !== 'principal')
  await postToRoles(
    trx,
    { roles, place: systemCaller.scope },
    {
      kind: 'alerts.sample',
      titleZh: `${month} 抽样记录待复核：${policy.title.zh}`,
      titleEn: `Records of the ${month} sample to be judged: ${policy.title.en}`,
      link: `/sample-items?pack=${pack}&month=${month}&outcome=open`,
    },
    at,
  )
}
