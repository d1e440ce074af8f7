import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Database, systemCaller } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'

/** How text messages leave the house: through the organ's gateway, or as files that another machine fetches. */
export type TextMessageRoute =
  | { readonly kind: 'http'; readonly url: string; readonly token?: string }
  | { readonly kind: 'folder'; readonly folder: string }

/** Mobile numbers lie sealed with identity, which opens them for this purpose only. */
export interface MobileNumbers {
  /** The number of the account's holder, or undefined where none is known. */
  mobileOf(userId: string): Promise<string | undefined>
}

/** After so many attempts a message counts as failed; the notice in the product is there anyway. */
const attemptLimit = 6
const gatewayTimeout = 10_000

interface Waiting {
  readonly messageId: string
  readonly userId: string
  readonly body: string
  readonly attempts: number
}

/**
 * Sends what waits, oldest first. A refused or unanswered message is tried again at a later run, each time after a
 * longer pause (1, 2, 4 … minutes). Returns how many left.
 */
export async function sendWaitingMessages(dependencies: {
  database: Database
  clock: Clock
  route: TextMessageRoute
  mobiles: MobileNumbers
}): Promise<number> {
  const { database, clock, route, mobiles } = dependencies
  const waiting = await database.asCaller(systemCaller, async (trx) => {
    const { rows } = await sql<Waiting>`select message_id as "messageId", user_id as "userId", body, attempts
      from notices.text_message where state = 'waiting'
        and asked_at + (power(2, attempts) - 1) * interval '1 minute' <= ${clock.now()}
      order by message_id limit 200`.execute(trx)
    return rows
  })
  let sent = 0
  for (const message of waiting) {
    const outcome = await tryOne(message, route, mobiles)
    const state = outcome.fault && message.attempts + 1 >= attemptLimit ? 'failed' : outcome.state
    await database.asCaller(systemCaller, (trx) =>
      sql`update notices.text_message set state = ${state}, attempts = attempts + 1, fault = ${outcome.fault ?? null},
        sent_at = case when ${state} = 'sent' then ${clock.now()}::timestamptz end
        where message_id = ${message.messageId}`.execute(trx),
    )
    if (state === 'sent') sent += 1
  }
  return sent
}

async function tryOne(
  message: Waiting,
  route: TextMessageRoute,
  mobiles: MobileNumbers,
): Promise<{ state: 'sent' | 'waiting' | 'no_number'; fault?: string }> {
  const mobile = await mobiles.mobileOf(message.userId)
  if (!mobile) return { state: 'no_number' }
  try {
    await deliver({ id: message.messageId, mobile, body: message.body }, route)
    return { state: 'sent' }
  } catch (error) {
    // The gateway's own words could carry the number: only what kind of fault it was is kept.
    return { state: 'waiting', fault: (error as Error).name }
  }
}

async function deliver(
  message: { id: string; mobile: string; body: string },
  route: TextMessageRoute,
): Promise<void> {
  if (route.kind === 'folder') {
    await mkdir(route.folder, { recursive: true, mode: 0o700 })
    const file = join(route.folder, `${message.id}.json`)
    await writeFile(`${file}.part`, JSON.stringify(message), { mode: 0o600 })
    await rename(`${file}.part`, file)
    return
  }
  const answer = await fetch(route.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(route.token ? { authorization: `Bearer ${route.token}` } : {}),
    },
    body: JSON.stringify(message),
    signal: AbortSignal.timeout(gatewayTimeout),
    redirect: 'error',
  })
  if (!answer.ok) throw Object.assign(new Error('the gateway refused'), { name: `status ${answer.status}` })
}
