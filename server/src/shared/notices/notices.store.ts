import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { type Cursor, decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import type { Notice } from './notices.schema.ts'

export interface NewNotice {
  /** Room and matter, e.g. `alerts.overdue`. */
  readonly kind: string
  readonly titleZh: string
  readonly titleEn: string
  /** Path in the console, beginning with `/`. */
  readonly link: string
  /** Whether a text message says that there is something to read; it never says what. */
  readonly byTextMessage?: boolean
}

/** Tells the nearest holders of the roles for a place, without those whom the matter concerns. Returns how many. */
export async function postToRoles(
  trx: Trx,
  to: { readonly roles: readonly string[]; readonly place: string; readonly persons?: readonly string[] },
  notice: NewNotice,
  at: Date,
): Promise<number> {
  const { rows } = await sql<{
    told: number
  }>`select notices.post(${to.roles as string[]}::text[], ${to.place},
    ${(to.persons ?? []) as string[]}::text[], ${notice.kind}, ${notice.titleZh}, ${notice.titleEn}, ${notice.link},
    ${at}::timestamptz, ${notice.byTextMessage ?? false}) as told`.execute(trx)
  return rows[0]!.told
}

/** Tells persons by their accounts. Returns how many heard of it. */
export async function postToUsers(
  trx: Trx,
  userIds: readonly string[],
  notice: NewNotice,
  at: Date,
): Promise<number> {
  const { rows } = await sql<{
    told: number
  }>`select notices.post_to(${userIds as string[]}::uuid[], ${notice.kind},
    ${notice.titleZh}, ${notice.titleEn}, ${notice.link}, ${at}::timestamptz, ${notice.byTextMessage ?? false}) as told`.execute(
    trx,
  )
  return rows[0]!.told
}

export async function listNotices(
  trx: Trx,
  query: { unread?: boolean | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: Notice[]; next: string | null; unread: number }> {
  const after = query.cursor ? decodeCursor(query.cursor) : undefined
  const { rows } =
    await sql<Notice>`select notice_id as "noticeId", kind, title_zh as "titleZh", title_en as "titleEn",
      link, posted_at::text as "postedAt", read_at::text as "readAt"
    from notices.notice where user_id = app.user_id()
      and ${query.unread ? sql`read_at is null` : sql`true`}
      and ${after ? sql`notice_id < ${after[0]}::uuid` : sql`true`}
    order by notice_id desc limit ${query.limit + 1}`.execute(trx)
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const next = rows.length > query.limit && last ? encodeCursor([last.noticeId] as Cursor) : null
  return { items, next, unread: await countUnread(trx) }
}

/** How many notices the caller has not read: the number at the bell. */
export async function countUnread(trx: Trx): Promise<number> {
  const { rows } = await sql<{ unread: number }>`select count(*)::int as unread from notices.notice
    where user_id = app.user_id() and read_at is null`.execute(trx)
  return rows[0]!.unread
}

/** Marks notices read: those named, or all. */
export async function markRead(trx: Trx, noticeIds: readonly string[] | undefined, at: Date): Promise<void> {
  await sql`update notices.notice set read_at = ${at} where user_id = app.user_id() and read_at is null
    and ${noticeIds ? sql`notice_id = any (${noticeIds as string[]}::uuid[])` : sql`true`}`.execute(trx)
}
