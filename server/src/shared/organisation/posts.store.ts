import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { addDays, type CalendarDate } from '#ground/time/index.ts'

export interface StoredPost {
  readonly postId: string
  readonly title: string
  readonly seats: number
  readonly unitCode: string | null
  readonly organCode: string | null
  readonly closedOn: CalendarDate | null
}

export interface StoredHolding {
  readonly holdingId: string
  readonly postId: string
  readonly personId: string
  readonly name: string
  readonly numberSealed: Buffer
  readonly validFrom: CalendarDate
  readonly validTo: CalendarDate | null
  readonly documentNo: string | null
  readonly ended: boolean
}

export type PostPlace = { readonly unitCode: string } | { readonly organCode: string }

const postColumns = sql`p.post_id as "postId", p.title, p.seats, p.unit_code as "unitCode",
  p.organ_code as "organCode", p.closed_on as "closedOn"`
const holdingColumns = sql`h.holding_id as "holdingId", h.post_id as "postId", h.person_id as "personId", n.name,
  n.number_sealed as "numberSealed", h.valid_from as "validFrom", h.valid_to as "validTo",
  h.document_no as "documentNo", h.ended_by is not null as ended`

const at = (place: PostPlace) =>
  'unitCode' in place ? sql`p.unit_code = ${place.unitCode}` : sql`p.organ_code = ${place.organCode}`

/** The posts of a unit or an organ, open ones first. */
export async function postsAt(trx: Trx, place: PostPlace): Promise<readonly StoredPost[]> {
  const { rows } = await sql<StoredPost>`select ${postColumns} from organisation.post p
    where ${at(place)} order by p.closed_on is not null, p.title, p.post_id`.execute(trx)
  return rows
}

export async function holdingsAt(trx: Trx, place: PostPlace): Promise<readonly StoredHolding[]> {
  const { rows } = await sql<StoredHolding>`select ${holdingColumns} from organisation.post_holding h
    join organisation.post p using (post_id) join organisation.person n using (person_id)
    where ${at(place)} order by h.valid_from desc, h.holding_id`.execute(trx)
  return rows
}

/**
 * The post, locked until the transaction ends, or undefined where it is not in the caller's part of the tree: posts of
 * organs are public to read, so their place is asked for here.
 */
export async function lockPost(trx: Trx, postId: string): Promise<StoredPost | undefined> {
  const { rows } = await sql<StoredPost>`select ${postColumns} from organisation.post p
    where p.post_id = ${postId} and (p.unit_code is not null or exists (select from organisation.organ o
      where o.organ_code = p.organ_code and o.org_path >= app.scope() and o.org_path < app.scope() || '/'))
    for update of p`.execute(trx)
  return rows[0]
}

export async function holdingsOfPost(trx: Trx, postId: string): Promise<readonly StoredHolding[]> {
  const { rows } = await sql<StoredHolding>`select ${holdingColumns} from organisation.post_holding h
    join organisation.person n using (person_id) where h.post_id = ${postId}`.execute(trx)
  return rows
}

export async function holdingById(trx: Trx, holdingId: string): Promise<StoredHolding | undefined> {
  const { rows } = await sql<StoredHolding>`select ${holdingColumns} from organisation.post_holding h
    join organisation.person n using (person_id) where h.holding_id = ${holdingId}`.execute(trx)
  return rows[0]
}

export async function insertPost(
  trx: Trx,
  post: { readonly place: PostPlace; readonly title: string; readonly seats: number },
): Promise<string> {
  const { place, title, seats } = post
  const { rows } = await sql<{
    id: string
  }>`insert into organisation.post (unit_code, organ_code, title, seats)
    values (${'unitCode' in place ? place.unitCode : null}, ${'organCode' in place ? place.organCode : null},
      ${title}, ${seats}) returning post_id as id`.execute(trx)
  return rows[0]!.id
}

export async function insertHolding(
  trx: Trx,
  holding: {
    readonly postId: string
    readonly personId: string
    readonly validFrom: CalendarDate
    readonly documentNo: string | undefined
    readonly givenBy: string
    readonly now: Date
  },
): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`insert into organisation.post_holding (post_id, person_id, valid_from,
      document_no, given_by, given_at)
    values (${holding.postId}, ${holding.personId}, ${holding.validFrom}, ${holding.documentNo ?? null},
      ${holding.givenBy}, ${holding.now}) returning holding_id as id`.execute(trx)
  return rows[0]!.id
}

export async function endHolding(
  trx: Trx,
  holdingId: string,
  end: { readonly validTo: CalendarDate; readonly endedBy: string; readonly now: Date },
): Promise<void> {
  await sql`update organisation.post_holding set valid_to = ${end.validTo}, ended_by = ${end.endedBy},
    ended_at = ${end.now} where holding_id = ${holdingId}`.execute(trx)
}

export async function closePost(trx: Trx, postId: string, closedOn: CalendarDate): Promise<void> {
  await sql`update organisation.post set closed_on = ${closedOn} where post_id = ${postId}`.execute(trx)
}

/** Ends what people hold in a unit that ends, and closes its posts. Returns how many lost their post. */
export async function endHoldingsOf(
  trx: Trx,
  unitCode: string,
  lastDay: CalendarDate,
  endedBy: string,
  now: Date,
): Promise<number> {
  const { numAffectedRows } = await sql`update organisation.post_holding h
    set valid_to = greatest(${lastDay}::date, h.valid_from), ended_by = ${endedBy}, ended_at = ${now}
    from organisation.post p where p.post_id = h.post_id and p.unit_code = ${unitCode}
      and (h.valid_to is null or h.valid_to > ${lastDay}::date)`.execute(trx)
  await sql`update organisation.post set closed_on = ${addDays(lastDay, 1)}
    where unit_code = ${unitCode} and closed_on is null`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

/** The posts of a unit that goes on under another code go with it, and with them whoever holds them. */
export async function movePosts(trx: Trx, from: string, to: string): Promise<void> {
  await sql`update organisation.post set unit_code = ${to} where unit_code = ${from}`.execute(trx)
}
