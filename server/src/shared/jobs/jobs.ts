import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { fromKysely, PgBoss } from 'pg-boss'
import type { Connection, Trx } from '#ground/database/index.ts'
import type { Log } from '#ground/log/index.ts'

/** The schema of the queue library; its own tables, made by itself. */
const schema = 'jobs'

export interface JobOptions {
  /** How often a failed run is tried again; each wait is longer than the last, beginning with `retryDelaySeconds`. */
  readonly retries?: number
  readonly retryDelaySeconds?: number
  /** Five cron fields in Asia/Shanghai: the job also runs by the clock, once for the whole installation. */
  readonly cron?: string
  /** Longest run in seconds; afterwards it counts as failed and is tried again. */
  readonly limitSeconds?: number
}

export interface Jobs {
  /** Declares a job before the start. The handler must bear being run twice for the same data. */
  define<Data extends object>(
    name: string,
    handler: (data: Data) => Promise<void>,
    options?: JobOptions,
  ): void
  /**
   * Asks for a run, within the caller's transaction: a rollback takes the request back, a commit makes it visible.
   * @param key a waiting request with the same key makes this one needless
   */
  send(
    trx: Trx,
    name: string,
    data: object,
    options?: { key?: string; startAfterSeconds?: number },
  ): Promise<void>
  /** Makes the queues and begins to work. */
  start(): Promise<void>
  /** Lets running jobs end (at most 20 s) and stops. */
  stop(): Promise<void>
}

interface Declared {
  readonly name: string
  readonly handler: (data: never) => Promise<void>
  readonly options: JobOptions
}

/** Jobs and schedules on the installation's own PostgreSQL (pg-boss). */
export function createJobs(dependencies: { connection: Connection; log: Log }): Jobs {
  const { connection, log } = dependencies
  const declared: Declared[] = []
  const boss = new PgBoss({
    ...(connection.application as object),
    schema,
    max: 4,
    migrate: false,
    createSchema: false,
    useListenNotify: true,
    // The application's role owns no index, so it could not rebuild one; autovacuum keeps up with our few queues.
    reindex: false,
  })
  boss.on('error', (error) => log.error({ error: error.message }, 'jobs'))
  return {
    define: (name, handler, options = {}) => {
      if (declared.some((known) => known.name === name)) throw new Error(`job ${name} is declared twice`)
      declared.push({ name, handler, options })
    },
    send: async (trx, name, data, options = {}) => {
      await boss.send(name, data, {
        db: fromKysely(trx),
        singletonKey: options.key ?? randomUUID(),
        ...(options.startAfterSeconds ? { startAfter: options.startAfterSeconds } : {}),
      })
    },
    start: async () => {
      await installQueues(connection)
      await boss.start()
      await releaseAbandoned(boss, connection, log)
      for (const job of declared) await begin(boss, job, log)
    },
    stop: () => boss.stop({ graceful: true, timeout: 20_000 }),
  }
}

async function begin(boss: PgBoss, { name, handler, options }: Declared, log: Log): Promise<void> {
  const queue = {
    // One waiting request for each key; what the clock asks for has none and so waits once.
    policy: 'short' as const,
    retryLimit: options.retries ?? 3,
    retryDelay: options.retryDelaySeconds ?? 10,
    retryBackoff: true,
    expireInSeconds: options.limitSeconds ?? 900,
    notify: true,
  }
  if (await boss.getQueue(name)) {
    const { policy: _kept, ...changes } = queue
    await boss.updateQueue(name, changes)
  } else {
    await boss.createQueue(name, queue)
  }
  await boss.work(
    name,
    { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 },
    async (jobs: { data: unknown }[]) => {
      for (const job of jobs) {
        try {
          await handler(job.data as never)
        } catch (error) {
          log.error({ job: name, error: (error as Error).message }, 'a job failed')
          throw error
        }
      }
    },
  )
  if (options.cron) await boss.schedule(name, options.cron, {}, { tz: 'Asia/Shanghai' })
  else await boss.unschedule(name)
}

/**
 * What counts as running before anything has begun was cut off with the server that ran it: it is tried again at once, or
 * fails where it may not be, instead of waiting until its longest run is over.
 */
async function releaseAbandoned(boss: PgBoss, connection: Connection, log: Log): Promise<void> {
  const client = new pg.Client(connection.application)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string; ids: string[] }>(
      `select name, array_agg(id::text) as ids from ${schema}.job where state = 'active' group by name`,
    )
    for (const { name, ids } of rows) {
      await boss.fail(name, ids, { message: 'the server stopped while it ran' })
      await client.query(
        `update ${schema}.job set start_after = now() where state = 'retry' and id = any ($1::uuid[])`,
        [ids],
      )
      log.warn({ job: name, count: ids.length }, 'jobs were cut off and are taken up')
    }
  } finally {
    await client.end()
  }
}

/** Brings the library's schema up to date as the owner, and lets the application's role use it. */
async function installQueues(connection: Connection): Promise<void> {
  const installer = new PgBoss({
    ...(connection.owner as object),
    schema,
    max: 2,
    supervise: false,
    schedule: false,
  })
  await installer.start()
  await installer.stop({ graceful: false })
  const owner = new pg.Client(connection.owner)
  await owner.connect()
  try {
    await owner.query(`grant usage on schema ${schema} to qf_app;
      grant select, insert, update, delete on all tables in schema ${schema} to qf_app;
      grant execute on all functions in schema ${schema} to qf_app;
      grant usage on all sequences in schema ${schema} to qf_app`)
  } finally {
    await owner.end()
  }
}
