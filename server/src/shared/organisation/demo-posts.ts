import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { systemCaller } from '#ground/database/index.ts'
import type { CalendarDate } from '#ground/time/index.ts'
import type { OrganisationDeps } from './organisation-deps.ts'
import { numberContext } from './posts.service.ts'

/** Somebody of the demo's registers with a post that he holds or held in a unit. */
export interface DemoPostHolder {
  readonly number: string
  readonly name: string
  readonly unitCode: string
  readonly title: string
  readonly validFrom: CalendarDate
  readonly validTo: CalendarDate | null
}

/** The posts of the demo's units and who holds and held them. A post has as many seats as it was given at most. */
export async function createDemoPosts(
  deps: OrganisationDeps,
  holders: readonly DemoPostHolder[],
): Promise<void> {
  const persons = new Map(holders.map(({ number, name }) => [number, { personId: randomUUID(), name }]))
  const people = [...persons].map(([number, { personId, name }]) => ({
    person_id: personId,
    person_key: deps.keys.personKey(number),
    name,
    sealed: deps.keys.seal(number, numberContext(personId)).toString('hex'),
  }))
  const held = holders.map(({ number, unitCode, title, validFrom, validTo }) => ({
    person_id: persons.get(number)!.personId,
    unit_code: unitCode,
    title,
    valid_from: validFrom,
    valid_to: validTo,
  }))
  await deps.database.asCaller(systemCaller, async (trx) => {
    const { userId } = systemCaller
    const now = deps.clock.now()
    await sql`insert into organisation.person (person_id, person_key, name, number_sealed, entered_at)
      select person_id, person_key, name, decode(sealed, 'hex'), ${now} from jsonb_to_recordset(
        ${JSON.stringify(people)}::jsonb) as r(person_id uuid, person_key text, name text, sealed text)`.execute(
      trx,
    )
    const given = sql`select * from jsonb_to_recordset(${JSON.stringify(held)}::jsonb)
      as r(person_id uuid, unit_code text, title text, valid_from date, valid_to date)`
    await sql`insert into organisation.post (unit_code, title, seats)
      select unit_code, title, least(count(*), 200) from (${given}) g group by unit_code, title`.execute(trx)
    await sql`insert into organisation.post_holding (post_id, person_id, valid_from, valid_to, given_by, given_at,
        ended_by, ended_at)
      select p.post_id, g.person_id, g.valid_from, g.valid_to, ${userId}, ${now},
        case when g.valid_to is not null then ${userId}::uuid end,
        case when g.valid_to is not null then ${now}::timestamptz end
      from (${given}) g join organisation.post p using (unit_code, title)`.execute(trx)
  })
}
