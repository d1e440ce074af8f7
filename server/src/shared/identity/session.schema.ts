import { z } from 'zod'

export const signInSchema = z
  .object({
    username: z.string().min(1).max(100),
    password: z.string().min(1).max(1000),
    /** Six digits of the second factor, or a recovery code. */
    code: z.string().min(6).max(20).optional(),
  })
  .meta({ id: 'SignIn' })

/**
 * What a right proof leads to. `second_factor_needed`: send it again with the code. `must_change_password` and
 * `must_enrol_second_factor`: the session is open, but for that only.
 */
export const signInResultSchema = z
  .object({
    state: z.enum(['ok', 'second_factor_needed', 'must_change_password', 'must_enrol_second_factor']),
  })
  .meta({ id: 'SignInResult' })

const bilingual = z.object({ zh: z.string(), en: z.string() })

export const sessionSchema = z
  .object({
    signedIn: z.boolean(),
    demo: z.boolean(),
    /** The installation has no account yet: the first-run page is due. */
    firstRun: z.boolean(),
    organName: z.string(),
    /** Whether single sign-on is configured. */
    oidc: z.boolean(),
    idleMinutes: z.number().int(),
    stage: z.enum(['full', 'change_password', 'enrol_second_factor']).optional(),
    user: z
      .object({
        userId: z.string(),
        username: z.string(),
        displayName: z.string(),
        staffNo: z.string().nullable(),
        post: z.string().nullable(),
        organCode: z.string().nullable(),
        unitCode: z.string().nullable(),
        /** The organ, office or unit by name. */
        placeName: z.string().nullable(),
        scope: z.string(),
        secondFactor: z.boolean(),
        passwordSetAt: z.string().nullable(),
      })
      .optional(),
    roles: z.array(bilingual.extend({ role: z.string() })).optional(),
    /** Everything the session may do, so that the web need not work it out. */
    permissions: z.array(z.string()).optional(),
    absoluteEnd: z.string().optional(),
  })
  .meta({ id: 'Session' })

export const passwordChangeSchema = z
  .object({ current: z.string().min(1).max(1000), password: z.string().min(1).max(1000) })
  .meta({ id: 'PasswordChange' })

export const enrolmentSchema = z
  .object({ secret: z.string(), uri: z.string(), qrSvg: z.string() })
  .meta({ id: 'SecondFactorEnrolment' })

export const confirmedFactorSchema = z
  .object({ state: signInResultSchema.shape.state, recoveryCodes: z.array(z.string()) })
  .meta({ id: 'ConfirmedSecondFactor' })

export const openSessionSchema = z
  .object({
    sessionId: z.string(),
    startedAt: z.string(),
    lastSeenAt: z.string(),
    absoluteEnd: z.string(),
    address: z.string().nullable(),
    agent: z.string().nullable(),
    /** The session of this request. */
    present: z.boolean(),
  })
  .meta({ id: 'OpenSession' })
