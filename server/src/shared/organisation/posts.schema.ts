import { z } from 'zod'
import { actReason, documentNo } from './organisation.schema.ts'

/** Somebody in a post, masked. */
export const postHoldingSchema = z
  .object({
    holdingId: z.string(),
    personId: z.string(),
    name: z.string(),
    number: z.string(),
    validFrom: z.string(),
    validTo: z.string().nullable(),
    documentNo: z.string().nullable(),
    /** `now` on this day, `past`, or `coming`. */
    state: z.enum(['now', 'past', 'coming']),
  })
  .meta({ id: 'PostHolding' })

export const postSchema = z
  .object({
    postId: z.string(),
    title: z.string(),
    /** How many may hold it at one time. */
    seats: z.number().int(),
    closedOn: z.string().nullable(),
    /** Whoever holds it, will hold it and held it, the newest first. */
    holdings: z.array(postHoldingSchema),
  })
  .meta({ id: 'Post' })

const place = {
  unitCode: z.string().trim().min(1).max(32).optional(),
  organCode: z.string().trim().min(1).max(32).optional(),
}
const onePlace = (asked: { unitCode?: string | undefined; organCode?: string | undefined }) =>
  (asked.unitCode === undefined) !== (asked.organCode === undefined)
const onePlaceFault = { message: '单位和机关须填且只填一项 / a unit or an organ, one of them' }

export const postQuerySchema = z.object(place).refine(onePlace, onePlaceFault)

export const newPostSchema = z
  .object({
    ...place,
    title: z.string().trim().min(1).max(60),
    seats: z.number().int().min(1).max(200).default(1),
  })
  .refine(onePlace, onePlaceFault)
  .meta({ id: 'NewPost' })

export const newHoldingSchema = z
  .object({
    name: z.string().trim().min(1).max(60),
    /** Citizen number, 18 or 15 characters. */
    number: z.string().trim().min(15).max(18),
    validFrom: z.iso.date(),
    documentNo,
    reason: actReason,
  })
  .meta({ id: 'NewPostHolding' })

export const holdingEndSchema = z
  .object({
    /** The last day in the post. */
    validTo: z.iso.date(),
    documentNo,
    reason: actReason,
  })
  .meta({ id: 'PostHoldingEnd' })

export const postCloseSchema = z
  .object({
    /** The first day without the post; who holds it then holds it until the eve. */
    closedOn: z.iso.date(),
    reason: actReason,
  })
  .meta({ id: 'PostClosing' })

/** A person and his posts over time, in the caller's part of the tree. */
export const personPostsSchema = z
  .object({
    personId: z.string(),
    name: z.string(),
    number: z.string(),
    posts: z.array(
      z.object({
        holdingId: z.string(),
        title: z.string(),
        unitCode: z.string().nullable(),
        organCode: z.string().nullable(),
        placeName: z.string().nullable(),
        validFrom: z.string(),
        validTo: z.string().nullable(),
        documentNo: z.string().nullable(),
        state: z.enum(['now', 'past', 'coming']),
      }),
    ),
  })
  .meta({ id: 'PersonPosts' })

export const unmaskedPersonSchema = z
  .object({ personId: z.string(), name: z.string(), number: z.string() })
  .meta({ id: 'UnmaskedPostHolder' })
