import type { Caller, Database } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import type { Notice } from './notices.schema.ts'
import { countUnread, listNotices, markRead } from './notices.store.ts'

/** A person's own notices. */
export interface Bell {
  list(
    caller: Caller,
    query: { unread?: boolean | undefined; cursor?: string | undefined; limit: number },
  ): Promise<{ items: Notice[]; next: string | null; unread: number }>
  /** Marks the named notices read, or all; returns how many are left. */
  read(caller: Caller, noticeIds: readonly string[] | undefined): Promise<{ unread: number }>
}

export function createBell(dependencies: { database: Database; clock: Clock }): Bell {
  const { database, clock } = dependencies
  return {
    list: (caller, query) => database.asCaller(caller, (trx) => listNotices(trx, query)),
    read: (caller, noticeIds) =>
      database.asCaller(caller, async (trx) => {
        await markRead(trx, noticeIds, clock.now())
        return { unread: await countUnread(trx) }
      }),
  }
}
