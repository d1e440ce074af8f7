import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { decodeCursor, encodeCursor } from '#ground/paging/index.ts'
import type { WatchSearch } from './subjects.schema.ts'

export interface WatchPost {
  readonly personKey: string
  readonly personId: string
  readonly personName: string
  readonly unitCode: string
  readonly unitName: string | null
  readonly post: string | null
  readonly rank: string | null
  readonly validFrom: string
  readonly validTo: string | null
}

export interface WatchRelative {
  readonly personKey: string
  readonly relativeKey: string
  readonly relativeId: string
  readonly relativeName: string
  readonly relation: string
  readonly validFrom: string
  readonly validTo: string | null
}

const postColumns = sql`p.person_key as "personKey", p.person_id as "personId", p.person_name as "personName",
  p.unit_code as "unitCode", (select n.unit_name from organisation.unit n where n.unit_code = p.unit_code
    order by n.valid_from desc limit 1) as "unitName",
  p.post, p.rank, p.valid_from as "validFrom", p.valid_to as "validTo"`

/** Persons in the caller's sight, a post a row, by unit. Without a total: how many there are is nobody's concern. */
export async function searchPosts(trx: Trx, query: WatchSearch) {
  const after = query.cursor ? decodeCursor(query.cursor) : undefined
  const conditions = [
    query.text
      ? sql`(strpos(p.person_name, ${query.text}) > 0 or p.person_id = upper(${query.text}))`
      : sql`true`,
    query.unit ? sql`p.unit_code = ${query.unit}` : sql`true`,
    after
      ? sql`(p.unit_code, p.person_key, p.valid_from) > (${after[0]}::text, ${after[1]}::text, ${after[2]}::date)`
      : sql`true`,
  ]
  const { rows } = await sql<WatchPost & { relatives: number }>`select ${postColumns},
      (select count(*)::int from subjects.watch_relative r where r.person_key = p.person_key) as relatives
    from subjects.watch_post p where ${sql.join(conditions, sql` and `)}
    order by p.unit_code, p.person_key, p.valid_from limit ${query.limit + 1}`.execute(trx)
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const next =
    rows.length > query.limit && last ? encodeCursor([last.unitCode, last.personKey, last.validFrom]) : null
  return { items, next }
}

/** The posts of the person, newest first; none where the caller does not see him. */
export async function postsOf(trx: Trx, personKey: string): Promise<readonly WatchPost[]> {
  const { rows } = await sql<WatchPost>`select ${postColumns} from subjects.watch_post p
    where p.person_key = ${personKey} order by p.valid_from desc`.execute(trx)
  return rows
}

const relativeColumns = sql`r.person_key as "personKey", r.relative_key as "relativeKey",
  r.relative_id as "relativeId", r.relative_name as "relativeName", r.relation, r.valid_from as "validFrom",
  r.valid_to as "validTo"`

export async function relativesOf(trx: Trx, personKey: string): Promise<readonly WatchRelative[]> {
  const { rows } = await sql<WatchRelative>`select ${relativeColumns} from subjects.watch_relative r
    where r.person_key = ${personKey} order by r.relation, r.valid_from desc`.execute(trx)
  return rows
}

/** Which of these persons are on the watch list, or relatives of somebody who is, in the caller's sight. */
export async function watchedAmong(trx: Trx, keys: readonly string[]) {
  const posts = await sql<WatchPost>`select ${postColumns} from subjects.watch_post p
    where p.person_key = any (${keys as string[]}::text[]) order by p.valid_from desc`.execute(trx)
  const relatives = await sql<WatchPost & { relativeKey: string; relation: string }>`
    select distinct on (r.relative_key, r.person_key) ${postColumns}, r.relative_key as "relativeKey", r.relation
    from subjects.watch_relative r join subjects.watch_post p using (person_key)
    where r.relative_key = any (${keys as string[]}::text[])
    order by r.relative_key, r.person_key, p.valid_from desc`.execute(trx)
  return { posts: posts.rows, relatives: relatives.rows }
}
