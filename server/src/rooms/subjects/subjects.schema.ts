import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'

/** Why somebody looks: goes into the audit log before anything is shown. */
export const purpose = z
  .string()
  .trim()
  .min(2, '请填写事由，至少两个字 / say why, two characters at least')
  .max(300)

export const personKey = z.string().regex(/^[0-9a-f]{64}$/)

export const watchSearch = pageQuery.extend({
  reason: purpose,
  /** A part of the name, or a whole citizen number. */
  text: z.string().trim().min(1).max(40).optional(),
  unit: z.string().trim().max(32).optional(),
})
export type WatchSearch = z.infer<typeof watchSearch>

export const watchRow = z
  .object({
    personKey: z.string(),
    /** Masked. */
    name: z.string(),
    /** Masked. */
    number: z.string(),
    unitCode: z.string(),
    unitName: z.string().nullable(),
    post: z.string().nullable(),
    rank: z.string().nullable(),
    validFrom: z.string(),
    validTo: z.string().nullable(),
    relatives: z.number().int(),
  })
  .meta({ id: 'WatchPerson' })
export const watchPage = pageOf(watchRow)
export type WatchRow = z.infer<typeof watchRow>

export const look = z.object({ reason: purpose })

const post = z.object({
  unitCode: z.string(),
  unitName: z.string().nullable(),
  post: z.string().nullable(),
  rank: z.string().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
})

export const enterpriseTie = z
  .object({
    creditCode: z.string(),
    enterpriseName: z.string(),
    role: z.enum(['legal_rep', 'shareholder']),
    /** Percent, where it is known. */
    ratio: z.string().nullable(),
    /** `self`, or what the relative is to the person. */
    through: z.string(),
    /** Of the relative through whom it goes; null for the person. */
    relativeKey: z.string().nullable(),
    validFrom: z.string(),
    validTo: z.string().nullable(),
  })
  .meta({ id: 'EnterpriseTie' })
export type EnterpriseTie = z.infer<typeof enterpriseTie>

export const watchDetail = z
  .object({
    personKey: z.string(),
    name: z.string(),
    number: z.string(),
    posts: z.array(post),
    relatives: z.array(
      z.object({
        relativeKey: z.string(),
        name: z.string(),
        number: z.string(),
        relation: z.string(),
        validFrom: z.string(),
        validTo: z.string().nullable(),
      }),
    ),
    enterprises: z.array(enterpriseTie),
  })
  .meta({ id: 'WatchDetail' })
export type WatchDetail = z.infer<typeof watchDetail>

export const unmasked = z
  .object({
    persons: z.array(z.object({ key: z.string(), name: z.string(), number: z.string() })),
  })
  .meta({ id: 'UnmaskedPersons' })
export type Unmasked = z.infer<typeof unmasked>
