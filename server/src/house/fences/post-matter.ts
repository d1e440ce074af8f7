import { randomUUID } from 'node:crypto'
import { systemCaller } from '#ground/database/index.ts'
import { organOfPlace, personKey } from './accounts.ts'
import { type OrganPlace, type UnitPlace, units } from './callers.ts'
import type { FenceWorld } from './world.ts'

/** Somebody who holds a post in a unit or an organ. */
export interface PlacedHolder {
  readonly place: UnitPlace | OrganPlace
  readonly personId: string
  readonly postId: string
  readonly holdingId: string
}

/** Where posts are asked for. */
export const postQuery = (place: UnitPlace | OrganPlace) =>
  organOfPlace[place] ? `organCode=${organOfPlace[place]}` : `unitCode=${place}`

/** Somebody in a post of every unit and of two organs; names and documents carry a mark. */
export async function givePosts(world: FenceWorld): Promise<readonly PlacedHolder[]> {
  const { database, house } = world
  const holders: PlacedHolder[] = []
  for (const place of [...units, 'city', 'next_city'] as const) {
    const thing = { kind: 'holder', place } as const
    const organ = organOfPlace[place] ?? null
    const personId = randomUUID()
    const sealed = house.organisation.keys.seal('469999197001010013', `organisation.number:${personId}`)
    await database.superuser(
      'insert into organisation.person (person_id, person_key, name, number_sealed, entered_at) values ($1, $2, $3, $4, now())',
      [personId, personKey(`holder ${place}`), `某${world.mark(`person:${place}`, thing)}`, sealed],
    )
    const [post] = await database.superuser<{ post_id: string }>(
      `insert into organisation.post (organ_code, unit_code, title) values ($1, $2, '主任') returning post_id`,
      [organ, organ ? null : place],
    )
    const [holding] = await database.superuser<{ holding_id: string }>(
      `insert into organisation.post_holding (post_id, person_id, valid_from, document_no, given_by, given_at)
        values ($1, $2, '2020-01-01', $3, $4, now()) returning holding_id`,
      [post!.post_id, personId, world.mark(`post_holding:${place}`, thing), systemCaller.userId],
    )
    for (const id of [personId, post!.post_id, holding!.holding_id]) world.mark(id, thing)
    holders.push({ place, personId, postId: post!.post_id, holdingId: holding!.holding_id })
  }
  return holders
}
