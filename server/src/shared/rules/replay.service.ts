import { type Caller, type Database, systemCaller, type Trx } from '#ground/database/index.ts'
import { decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import { shanghaiDate } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import type { Jobs } from '#shared/jobs/index.ts'
import { noReplay, notRunning, sidesEqual, stillRunning, wrongPeriod } from './replay.errors.ts'
import type {
  Replay,
  ReplayChoice,
  ReplayDifference,
  ReplayHit,
  ReplayHitQuery,
  ReplayRequest,
} from './replay.schema.ts'
import { breakRunning, cancelReplay, insertReplay, listReplays, readReplay } from './replay.store.ts'
import { listReplayHits, readDifference } from './replay-difference.store.ts'
import { isSame, replayChoices, resolveSide } from './replay-sides.ts'
import { type ReplayWorkDependencies, workOff } from './replay-work.ts'

/** The job that works replays off, one after the other. */
export const replayJob = 'rules.replay'

/** Running versions of a rule over past data, and looking at the difference. Hits and alerts stay as they are. */
export interface Replays {
  choices(caller: Caller): Promise<readonly ReplayChoice[]>
  /** Asks for a replay; it runs as a job that one can leave and come back to. */
  start(caller: Caller, request: ReplayRequest): Promise<Replay>
  list(
    caller: Caller,
    query: { rule?: string | undefined; cursor?: string | undefined; limit: number },
  ): Promise<{ items: Replay[]; next: string | null }>
  detail(caller: Caller, replayId: string): Promise<Replay>
  difference(caller: Caller, replayId: string): Promise<ReplayDifference>
  hits(
    caller: Caller,
    replayId: string,
    query: ReplayHitQuery,
  ): Promise<{ items: ReplayHit[]; next: string | null; total?: { count: number; capped: boolean } }>
  cancel(caller: Caller, replayId: string): Promise<Replay>
  /** The same once more, as a replay of its own: what was broken, cancelled or run on older data. */
  again(caller: Caller, replayId: string): Promise<Replay>
  /** Works one replay off; to be called by the job. */
  work(replayId: string): Promise<void>
  /** Marks replays that a stop cut off. At every start, before the first job. */
  recover(): Promise<void>
}

export interface ReplayDependencies extends ReplayWorkDependencies {
  readonly jobs: Jobs
}

export function createReplays(dependencies: ReplayDependencies): Replays {
  const { database, clock } = dependencies
  const running = new Map<string, AbortController>()
  const start = (caller: Caller, request: ReplayRequest) =>
    database.asCaller(caller, (trx) => ask(dependencies, trx, request))
  return {
    choices: (caller) => database.asCaller(caller, (trx) => replayChoices(trx, dependencies)),
    start,
    list: (caller, query) =>
      database.asCaller(caller, async (trx) => {
        const before = query.cursor ? String(decodeCursor(query.cursor)[0]) : undefined
        const rows = await listReplays(trx, { ...query, limit: query.limit + 1 }, before)
        const items = rows.slice(0, query.limit)
        const last = rows.length > query.limit ? items.at(-1) : undefined
        return { items, next: last ? encodeCursor([last.replayId]) : null }
      }),
    detail: (caller, replayId) => database.asCaller(caller, (trx) => known(trx, replayId)),
    difference: (caller, replayId) =>
      database.asCaller(caller, async (trx) => {
        await known(trx, replayId)
        return readDifference(trx, replayId)
      }),
    hits: (caller, replayId, query) => readHits(database, caller, replayId, query),
    cancel: async (caller, replayId) => {
      const cancelled = await database.asCaller(caller, async (trx) => {
        await known(trx, replayId)
        if (!(await cancelReplay(trx, replayId, clock.now()))) throw notRunning()
        await recordAudit(trx, { action: 'rules.replay_cancel', object: { kind: 'replay', id: replayId } })
        return known(trx, replayId)
      })
      running.get(replayId)?.abort()
      return cancelled
    },
    again: async (caller, replayId) => {
      const { rule, a, b, from, to, state } = await database.asCaller(caller, (trx) => known(trx, replayId))
      if (state === 'waiting' || state === 'running') throw stillRunning()
      return start(caller, { rule, a: a.source, b: b.source, from, to })
    },
    work: async (replayId) => {
      const controller = new AbortController()
      running.set(replayId, controller)
      try {
        await workOff(dependencies, replayId, controller.signal)
      } finally {
        running.delete(replayId)
      }
    },
    recover: () => database.asCaller(systemCaller, (trx) => breakRunning(trx, clock.now())),
  }
}

async function known(trx: Trx, replayId: string): Promise<Replay> {
  const replay = await readReplay(trx, replayId)
  if (!replay) throw noReplay()
  return replay
}

async function ask(dependencies: ReplayDependencies, trx: Trx, request: ReplayRequest): Promise<Replay> {
  const { clock, jobs } = dependencies
  const { from, to } = request
  if (to < from || to > shanghaiDate(clock.now())) throw wrongPeriod()
  const a = await resolveSide(trx, request.rule, request.a, dependencies)
  const b = await resolveSide(trx, request.rule, request.b, dependencies)
  if (isSame(a, b)) throw sidesEqual()
  const replay = await insertReplay(trx, {
    pack: a.rule.pack,
    rule: request.rule,
    a: a.described,
    b: b.described,
    from,
    to,
    requestedAt: clock.now(),
  })
  await jobs.send(trx, replayJob, { replayId: replay.replayId }, { key: replay.replayId })
  await recordAudit(trx, {
    action: 'rules.replay',
    object: { kind: 'replay', id: replay.replayId },
    detail: { rule: request.rule, a: request.a.kind, b: request.b.kind, from, to },
  })
  return replay
}

async function readHits(database: Database, caller: Caller, replayId: string, query: ReplayHitQuery) {
  return database.asCaller(caller, async (trx) => {
    await known(trx, replayId)
    const after = query.cursor ? Number(decodeCursor(query.cursor)[0]) : 0
    const { more, ...page } = await listReplayHits(trx, replayId, query, after)
    await recordAudit(trx, {
      action: 'rules.replay_hits',
      object: { kind: 'replay', id: replayId },
      detail: { outcome: query.outcome ?? null, shown: page.items.length },
    })
    const last = more ? page.items.at(-1) : undefined
    return { ...page, next: last ? encodeCursor([last.position]) : null }
  })
}
