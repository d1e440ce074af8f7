import { z } from 'zod'
import { pageOf, pageQuery } from '#ground/paging/index.ts'
import { type Role, roles } from '#shared/permissions/index.ts'

export const usernameSchema = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,39}$/u)

const names = Object.keys(roles) as [Role, ...Role[]]
export const roleSchema = z.enum(names)
export const reasonSchema = z.string().trim().min(2).max(300)

const place = {
  organCode: z.string().max(32).optional(),
  unitCode: z.string().max(32).optional(),
}

const person = {
  displayName: z.string().trim().min(1).max(40),
  staffNo: z.string().trim().min(1).max(30).nullable().optional(),
  post: z.string().trim().min(1).max(60).nullable().optional(),
  /** For notices by short message; kept encrypted. */
  mobile: z
    .string()
    .regex(/^1[3-9]\d{9}$/)
    .nullable()
    .optional(),
  /** The citizen number: not kept, only its keyed hash, so that nobody sees what concerns himself or his kin. */
  personId: z.string().min(15).max(18).nullable().optional(),
  /** The value of the claim by which single sign-on finds this account. */
  oidcSubject: z.string().trim().min(1).max(200).nullable().optional(),
}

export const newAccountSchema = z
  .object({ username: usernameSchema, ...person, ...place })
  .refine((account) => (account.organCode === undefined) !== (account.unitCode === undefined), {
    message: 'either organCode or unitCode',
  })
  .meta({ id: 'NewAccount' })

export const accountChangeSchema = z.object(person).partial().meta({ id: 'AccountChange' })

export const departureSchema = z
  .object({
    kind: z.enum(['leave', 'move', 'disable']),
    reason: reasonSchema,
    /** Who takes over the open work; needed where there is any. */
    successorId: z.uuid().optional(),
    /** Where to, for a move. */
    ...place,
  })
  .meta({ id: 'Departure' })

export const accountSchema = z
  .object({
    userId: z.string(),
    username: z.string(),
    displayName: z.string(),
    staffNo: z.string().nullable(),
    post: z.string().nullable(),
    organCode: z.string().nullable(),
    unitCode: z.string().nullable(),
    placeName: z.string().nullable(),
    scope: z.string(),
    state: z.enum(['active', 'disabled', 'left']),
    demo: z.boolean(),
    secondFactor: z.boolean(),
    lockedUntil: z.string().nullable(),
    lastSignInAt: z.string().nullable(),
    createdAt: z.string(),
    oidcSubject: z.string().nullable(),
    hasMobile: z.boolean(),
    /** Roles in force, and those that wait for approval. */
    roles: z.array(z.string()),
    pendingRoles: z.array(z.string()),
  })
  .meta({ id: 'Account' })

export const accountPageSchema = pageOf(accountSchema)

export const accountQuerySchema = pageQuery.extend({
  /** Part of the user name, the name or the staff number. */
  q: z.string().trim().max(60).optional(),
  state: z.enum(['active', 'disabled', 'left']).optional(),
  role: roleSchema.optional(),
  unitCode: z.string().max(32).optional(),
  organCode: z.string().max(32).optional(),
})

/** Shown once and kept nowhere. */
export const oneTimePasswordSchema = z
  .object({ userId: z.string(), password: z.string() })
  .meta({ id: 'OneTimePassword' })

export const holdingSchema = z
  .object({
    holdingId: z.string(),
    userId: z.string(),
    username: z.string(),
    displayName: z.string(),
    role: z.string(),
    state: z.enum(['requested', 'active', 'rejected', 'ended']),
    validFrom: z.string(),
    validTo: z.string().nullable(),
    requestedBy: z.string(),
    requestedAt: z.string(),
    reason: z.string(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
  })
  .meta({ id: 'RoleHolding' })

export const roleRequestSchema = z
  .object({
    role: roleSchema,
    reason: reasonSchema,
    validFrom: z.iso.datetime({ offset: true }).optional(),
    validTo: z.iso.datetime({ offset: true }).optional(),
  })
  .meta({ id: 'RoleRequest' })
