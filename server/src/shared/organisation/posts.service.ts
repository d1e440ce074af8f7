import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Caller, Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { personIdFault, upgradedPersonId } from '#ground/ids/index.ts'
import { maskedName, maskedNumber } from '#ground/masking/index.ts'
import { addDays, type CalendarDate, shanghaiDate } from '#ground/time/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import type { OrganisationDeps } from './organisation-deps.ts'
import { insertPerson, personById, personOfKey, postsOfPerson } from './people.store.ts'
import type {
  holdingEndSchema,
  newHoldingSchema,
  newPostSchema,
  personPostsSchema,
  postCloseSchema,
  postQuerySchema,
  postSchema,
} from './posts.schema.ts'
import {
  closePost,
  endHolding,
  holdingById,
  holdingsAt,
  holdingsOfPost,
  insertHolding,
  insertPost,
  lockPost,
  type PostPlace,
  postsAt,
  type StoredHolding,
} from './posts.store.ts'

const noSuchPost = defineError('organisation.no_such_post', 404, '没有这个职务。', 'There is no such post.')
const noSuchPlace = defineError(
  'organisation.no_such_place',
  404,
  '没有这个单位或机关，或不在您的管辖范围内。',
  'There is no such unit or organ, or not in your part of the tree.',
)
const noSuchPerson = defineError(
  'organisation.no_such_person',
  404,
  '没有这个人，或不在您的查询范围内。',
  'There is no such person, or not within your sight.',
)
const noSuchHolding = defineError(
  'organisation.no_such_holding',
  404,
  '没有这条任职记录。',
  'There is no such holding of a post.',
)
const postClosed = defineError(
  'organisation.post_closed',
  409,
  '该职务在这一天已撤销。',
  'The post is closed on that day.',
)
const postFull = defineError(
  'organisation.post_full',
  409,
  '该职务的职数（{seats}）已满，请先登记免职。',
  'Every seat of the post ({seats}) is taken; end a holding first.',
)
const heldAlready = defineError(
  'organisation.post_held_already',
  409,
  '此人在这段时间已任该职务。',
  'The person holds the post in that time already.',
)
const badNumber = defineError(
  'organisation.bad_person_number',
  400,
  '公民身份号码有误，请核对。',
  'The citizen number is not valid; check it.',
)
const nameDiffers = defineError(
  'organisation.name_differs',
  409,
  '该公民身份号码登记的姓名与所填的不同，请核对。',
  'The citizen number is registered with another name; check both.',
)
const endedAlready = defineError(
  'organisation.holding_ended',
  409,
  '这条任职已登记免职。',
  'The holding has been ended already.',
)
const endBeforeStart = defineError(
  'organisation.end_before_start',
  409,
  '免职日期不能早于任职日期 {since}。',
  'A post cannot end before {since}, the day on which it was given.',
)

/** What a sealed number is bound to. */
export const numberContext = (personId: string) => `organisation.number:${personId}`

/** The posts of a unit or an organ with whoever holds and held them, masked; the look is on record. */
export function posts(
  deps: OrganisationDeps,
  caller: Caller,
  query: z.infer<typeof postQuerySchema>,
): Promise<z.infer<typeof postSchema>[]> {
  const place = placeOf(query)
  return deps.database.asCaller(caller, async (trx) => {
    await refuseUnseen(trx, place)
    const found = await postsAt(trx, place)
    const holdings = await holdingsAt(trx, place)
    await recordAudit(trx, {
      action: 'organisation.read_people',
      object: placeObject(place),
      ...('unitCode' in place ? { unitCode: place.unitCode } : {}),
      detail: { shown: [...new Set(holdings.map(({ personId }) => personId))] },
    })
    const today = shanghaiDate(deps.clock.now())
    return found.map(({ postId, title, seats, closedOn }) => ({
      ...{ postId, title, seats, closedOn },
      holdings: holdings
        .filter((holding) => holding.postId === postId)
        .map((holding) => maskedHolding(deps, holding, today)),
    }))
  })
}

export function createPost(
  deps: OrganisationDeps,
  caller: Caller,
  wanted: z.infer<typeof newPostSchema>,
): Promise<string> {
  const place = placeOf(wanted)
  return deps.database.asCaller(caller, async (trx) => {
    await refuseUnseen(trx, place)
    const postId = await insertPost(trx, { place, title: wanted.title, seats: wanted.seats })
    await recordAudit(trx, {
      action: 'organisation.create_post',
      object: { kind: 'post', id: postId },
      detail: { ...place, title: wanted.title, seats: wanted.seats },
    })
    return postId
  })
}

/** Closes a post from a day on; who holds it then holds it until the eve. */
export function dissolvePost(
  deps: OrganisationDeps,
  caller: Caller,
  postId: string,
  wanted: z.infer<typeof postCloseSchema>,
): Promise<void> {
  const { closedOn, reason } = wanted
  return deps.database.asCaller(caller, async (trx) => {
    const post = await lockPost(trx, postId)
    if (!post) throw noSuchPost()
    if (post.closedOn) throw postClosed()
    const lastDay = addDays(closedOn, -1)
    const now = deps.clock.now()
    const open = (await holdingsOfPost(trx, postId)).filter(
      ({ validTo }) => validTo === null || validTo > lastDay,
    )
    for (const holding of open) {
      if (holding.validFrom > lastDay) throw endBeforeStart({ since: holding.validFrom })
      await endHolding(trx, holding.holdingId, { validTo: lastDay, endedBy: caller.userId, now })
    }
    await closePost(trx, postId, closedOn)
    await recordAudit(trx, {
      action: 'organisation.close_post',
      object: { kind: 'post', id: postId },
      purpose: reason,
      detail: { closedOn, holdingsEnded: open.length },
    })
  })
}

/** Gives a post to a person from a day on. Who has no post in the installation yet is entered with it. */
export function givePost(
  deps: OrganisationDeps,
  caller: Caller,
  postId: string,
  wanted: z.infer<typeof newHoldingSchema>,
): Promise<string> {
  const number = upgradedPersonId(wanted.number.toUpperCase())
  const { validFrom } = wanted
  return deps.database.asCaller(caller, async (trx) => {
    const post = await lockPost(trx, postId)
    if (!post) throw noSuchPost()
    if (personIdFault(number, deps.allowDemo)) throw badNumber()
    if (post.closedOn && post.closedOn <= validFrom) throw postClosed()
    const personId = await personFor(deps, trx, number, wanted.name)
    // It is given without an end: whoever holds it on that day or later stands in its way.
    const overlapping = (await holdingsOfPost(trx, postId)).filter(
      ({ validTo }) => validTo === null || validTo >= validFrom,
    )
    if (overlapping.some((holding) => holding.personId === personId)) throw heldAlready()
    if (overlapping.length >= post.seats) throw postFull({ seats: post.seats })
    const holdingId = await insertHolding(trx, {
      ...{ postId, personId, validFrom, documentNo: wanted.documentNo },
      givenBy: caller.userId,
      now: deps.clock.now(),
    })
    await recordAudit(trx, {
      action: 'organisation.give_post',
      object: { kind: 'person', id: personId },
      ...(post.unitCode ? { unitCode: post.unitCode } : {}),
      purpose: wanted.reason,
      detail: { holdingId, postId, validFrom },
    })
    return holdingId
  })
}

async function personFor(deps: OrganisationDeps, trx: Trx, number: string, name: string): Promise<string> {
  const personKey = deps.keys.personKey(number)
  const known = await personOfKey(trx, personKey, name)
  if (known && !known.sameName) throw nameDiffers()
  if (known) return known.personId
  const personId = randomUUID()
  const numberSealed = deps.keys.seal(number, numberContext(personId))
  await insertPerson(trx, { personId, personKey, name, numberSealed, now: deps.clock.now() })
  return personId
}

/** Says on which day somebody leaves a post. */
export function endPost(
  deps: OrganisationDeps,
  caller: Caller,
  holdingId: string,
  wanted: z.infer<typeof holdingEndSchema>,
): Promise<void> {
  const { validTo, reason } = wanted
  return deps.database.asCaller(caller, async (trx) => {
    const seen = await holdingById(trx, holdingId)
    if (!seen) throw noSuchHolding()
    const post = await lockPost(trx, seen.postId)
    const holding = await holdingById(trx, holdingId)
    if (!post || !holding) throw noSuchHolding()
    if (holding.ended) throw endedAlready()
    if (validTo < holding.validFrom) throw endBeforeStart({ since: holding.validFrom })
    await endHolding(trx, holdingId, { validTo, endedBy: caller.userId, now: deps.clock.now() })
    await recordAudit(trx, {
      action: 'organisation.end_post',
      object: { kind: 'person', id: holding.personId },
      ...(post.unitCode ? { unitCode: post.unitCode } : {}),
      purpose: reason,
      detail: { holdingId, validTo, documentNo: wanted.documentNo ?? null },
    })
  })
}

/** A person's posts over time, masked; the look is on record. */
export function person(
  deps: OrganisationDeps,
  caller: Caller,
  personId: string,
): Promise<z.infer<typeof personPostsSchema>> {
  return deps.database.asCaller(caller, async (trx) => {
    const found = await personById(trx, personId)
    if (!found) throw noSuchPerson()
    const held = await postsOfPerson(trx, personId)
    await recordAudit(trx, {
      action: 'organisation.read_person',
      object: { kind: 'person', id: personId },
      ...(held[0]?.unitCode ? { unitCode: held[0].unitCode } : {}),
    })
    const today = shanghaiDate(deps.clock.now())
    return {
      personId,
      name: maskedName(found.name),
      number: maskedNumber(numberOf(deps, found)),
      posts: held.map((post) => ({ ...post, state: stateOn(post, today) })),
    }
  })
}

/** The full name and number, for a reason that is on record before they are shown. */
export function unmaskPerson(deps: OrganisationDeps, caller: Caller, personId: string, reason: string) {
  return deps.database.asCaller(caller, async (trx) => {
    const found = await personById(trx, personId)
    if (!found) throw noSuchPerson()
    await recordAudit(trx, {
      action: 'organisation.unmask_person',
      object: { kind: 'person', id: personId },
      purpose: reason,
    })
    return { personId, name: found.name, number: numberOf(deps, found) }
  })
}

function maskedHolding(deps: OrganisationDeps, holding: StoredHolding, today: CalendarDate) {
  const { holdingId, personId, name, validFrom, validTo, documentNo } = holding
  return {
    ...{ holdingId, personId, validFrom, validTo, documentNo },
    name: maskedName(name),
    number: maskedNumber(numberOf(deps, holding)),
    state: stateOn(holding, today),
  }
}

function numberOf(deps: OrganisationDeps, sealed: { personId: string; numberSealed: Buffer }): string {
  return deps.keys.open(sealed.numberSealed, numberContext(sealed.personId)).toString('utf8')
}

function stateOn(
  held: { validFrom: CalendarDate; validTo: CalendarDate | null },
  day: CalendarDate,
): 'now' | 'past' | 'coming' {
  if (held.validFrom > day) return 'coming'
  return held.validTo !== null && held.validTo < day ? 'past' : 'now'
}

function placeOf(asked: { unitCode?: string | undefined; organCode?: string | undefined }): PostPlace {
  return asked.unitCode === undefined ? { organCode: asked.organCode! } : { unitCode: asked.unitCode }
}

function placeObject(place: PostPlace) {
  return 'unitCode' in place ? { kind: 'unit', id: place.unitCode } : { kind: 'organ', id: place.organCode }
}

/** Posts are asked for where the place is in the caller's part of the tree; an empty list would say that it exists. */
async function refuseUnseen(trx: Trx, place: PostPlace): Promise<void> {
  const { rows } = await ('unitCode' in place
    ? sql`select from organisation.unit where unit_code = ${place.unitCode} limit 1`
    : sql`select from organisation.organ where organ_code = ${place.organCode}
        and org_path >= app.scope() and org_path < app.scope() || '/'`
  ).execute(trx)
  if (rows.length === 0) throw noSuchPlace()
}
