import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'

export interface StoredPerson {
  readonly personId: string
  readonly name: string
  readonly numberSealed: Buffer
}

export interface PersonPost {
  readonly holdingId: string
  readonly title: string
  readonly unitCode: string | null
  readonly organCode: string | null
  readonly placeName: string | null
  readonly validFrom: CalendarDate
  readonly validTo: CalendarDate | null
  readonly documentNo: string | null
}

/** The person, or undefined where none of his posts lies in the caller's part of the tree. */
export async function personById(trx: Trx, personId: string): Promise<StoredPerson | undefined> {
  const { rows } =
    await sql<StoredPerson>`select person_id as "personId", name, number_sealed as "numberSealed"
    from organisation.person where person_id = ${personId}`.execute(trx)
  return rows[0]
}

/** A person's posts in the caller's part of the tree, the newest first. A unit is called as it was when he began. */
export async function postsOfPerson(trx: Trx, personId: string): Promise<readonly PersonPost[]> {
  const { rows } = await sql<PersonPost>`
    select h.holding_id as "holdingId", p.title, p.unit_code as "unitCode", p.organ_code as "organCode",
      coalesce((select o.name from organisation.organ o where o.organ_code = p.organ_code),
        (select u.unit_name from organisation.unit u where u.unit_code = p.unit_code
          order by u.valid_from <= h.valid_from desc,
            case when u.valid_from <= h.valid_from then u.valid_from end desc, u.valid_from limit 1)) as "placeName",
      h.valid_from as "validFrom", h.valid_to as "validTo", h.document_no as "documentNo"
    from organisation.post_holding h join organisation.post p using (post_id)
    where h.person_id = ${personId} order by h.valid_from desc, h.holding_id`.execute(trx)
  return rows
}

/** Whoever has that number, wherever he works, and whether he is called so. For the administrator who gives posts. */
export async function personOfKey(
  trx: Trx,
  key: string,
  name: string,
): Promise<{ readonly personId: string; readonly sameName: boolean } | undefined> {
  const { rows } = await sql<{ personId: string; sameName: boolean }>`
    select person_id as "personId", same_name as "sameName" from organisation.person_of_key(${key}, ${name})`.execute(
    trx,
  )
  return rows[0]
}

/** Nothing is read back: the person is in sight only with his first post. */
export async function insertPerson(
  trx: Trx,
  person: StoredPerson & { readonly personKey: string; readonly now: Date },
): Promise<void> {
  await sql`insert into organisation.person (person_id, person_key, name, number_sealed, entered_at)
    values (${person.personId}, ${person.personKey}, ${person.name}, ${person.numberSealed}, ${person.now})`.execute(
    trx,
  )
}
