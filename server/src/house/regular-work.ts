import { join } from 'node:path'
import { systemCaller } from '#ground/database/index.ts'
import { samplingJob } from '#rooms/alerts/index.ts'
import { mobilesOf } from '#shared/identity/index.ts'
import { sendWaitingMessages, type TextMessageRoute } from '#shared/notices/index.ts'
import { replayJob } from '#shared/rules/index.ts'
import type { House } from './house.ts'
import { drawAsked } from './rule-quality.ts'
import { runAsked } from './rule-runs.ts'

/** Declares what runs by the clock and begins to run it. Returns how to stop. */
export async function startRegularWork(house: House): Promise<() => Promise<void>> {
  const { jobs, supervision, fiscal, alerts, stream, drop, replays } = house
  jobs.define('alerts.ladder', async () => void (await alerts.ladder.climb()), { cron: '10 * * * *' })
  jobs.define('fiscal.ladder', () => fiscalLadder(fiscal), { cron: '12 * * * *' })
  jobs.define('supervise.ladder', async () => void (await supervision.climb()), { cron: '15 * * * *' })
  jobs.define('alerts.arrivals', async () => void (await alerts.arrivals.takeAll()), { cron: '*/5 * * * *' })
  jobs.define('rules.into-force', () => house.bringIntoForce(), { cron: '1 0 * * *' })
  jobs.define('rules.run', (asked) => runAsked(house, asked), { cron: '30 2 * * *', limitSeconds: 3600 })
  jobs.define(samplingJob, (asked) => drawAsked(house.sampling, asked), { cron: '20 4 * * *' })
  jobs.define('notices.text-messages', async () => void (await sendMessages(house)), { cron: '* * * * *' })
  jobs.define('intake.drop', async () => void (await drop.sweep()), { cron: '* * * * *', limitSeconds: 7200 })
  // What a stop cut off is started again by a person, not by itself.
  jobs.define(replayJob, ({ replayId }: { replayId: string }) => replays.work(replayId), {
    retries: 0,
    limitSeconds: 3600,
  })
  await jobs.start()
  await stream.start()
  await house.arrivalRuns.start()
  return async () => {
    await stream.stop()
    await jobs.stop()
  }
}

/** Explanations that are owed; and what a stop cut off between the undoing of a batch and the untying of its payments. */
async function fiscalLadder({ owed, payments }: House['fiscal']): Promise<void> {
  await owed.climb()
  await payments.untieWithdrawn()
}

function sendMessages(house: House): Promise<number> {
  const { config, database, clock } = house
  const sms = config.sms
  const route: TextMessageRoute = sms
    ? { kind: 'http', url: sms.url, ...(sms.token ? { token: sms.token } : {}) }
    : { kind: 'folder', folder: join(config.dataFolder, 'outgoing-messages') }
  const mobileOf = async (userId: string) =>
    (await database.asCaller(systemCaller, (trx) => mobilesOf(house.identity, trx, [userId]))).get(userId)
  return sendWaitingMessages({ database, clock, route, mobiles: { mobileOf } })
}
