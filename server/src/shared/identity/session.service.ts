import { sql } from 'kysely'
import type { z } from 'zod'
import type { Caller } from '#ground/database/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { permissionsOf, type Role, roles } from '#shared/permissions/index.ts'
import { noSuchSession } from './identity.errors.ts'
import { type IdentityDeps, productFor } from './identity-deps.ts'
import type { openSessionSchema, sessionSchema } from './session.schema.ts'
import { endSessions, ownSessions, type SignedIn } from './sessions.store.ts'

/** What the page needs to know before anything else: who is there and what he may do. */
export async function describeSession(
  deps: IdentityDeps,
  found: { readonly session: SignedIn; readonly caller: Caller } | undefined,
): Promise<z.infer<typeof sessionSchema>> {
  const { settings } = deps
  const common = {
    demo: settings.demo,
    organName: settings.organName,
    oidc: settings.oidc !== undefined,
    idleMinutes: settings.session.idleMinutes,
  }
  if (!found) return { ...common, signedIn: false, firstRun: await isEmpty(deps) }
  const { session, caller } = found
  return {
    ...common,
    signedIn: true,
    firstRun: false,
    stage: session.stage,
    user: {
      userId: session.userId,
      username: session.username,
      displayName: session.displayName,
      organCode: session.organCode,
      unitCode: session.unitCode,
      scope: session.scope,
      ...(await personOf(deps, caller)),
    },
    roles: session.roles.map((role) => ({ role, ...roles[role as Role] })),
    permissions: session.stage === 'full' ? [...permissionsOf(caller)] : [],
    absoluteEnd: session.absoluteEnd.toISOString(),
  }
}

/** Whether the installation has no account yet. */
export async function isEmpty(deps: IdentityDeps): Promise<boolean> {
  const { rows } = await deps.database.pool.query<{ empty: boolean }>('select identity.is_empty() as empty')
  return rows[0]!.empty
}

async function personOf(deps: IdentityDeps, caller: Caller) {
  return deps.database.asCaller(productFor(caller), async (trx) => {
    const { rows } = await sql<{
      staffNo: string | null
      post: string | null
      placeName: string | null
      secondFactor: boolean
      passwordSetAt: string | null
    }>`
      select a.staff_no as "staffNo", a.post, c.totp_confirmed as "secondFactor",
        to_char(c.password_set_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "passwordSetAt",
        coalesce((select o.name from organisation.organ o where o.organ_code = a.organ_code),
          (select u.unit_name from organisation.v_unit u where u.unit_code = a.unit_code)) as "placeName"
      from identity.account a join identity.credential c using (user_id) where user_id = ${caller.userId}`.execute(
      trx,
    )
    return rows[0]!
  })
}

export async function listOwnSessions(
  deps: IdentityDeps,
  caller: Caller,
): Promise<z.infer<typeof openSessionSchema>[]> {
  const open = await deps.database.asCaller(caller, (trx) =>
    ownSessions(trx, deps.clock.now(), deps.settings.session.idleMinutes),
  )
  return open.map((session) => ({
    ...session,
    startedAt: session.startedAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    absoluteEnd: session.absoluteEnd.toISOString(),
    present: session.sessionId === caller.session,
  }))
}

/** Ends one of the caller's own sessions, or without an id all but the present one. Returns how many. */
export async function endOwnSessions(
  deps: IdentityDeps,
  caller: Caller,
  sessionId: string | undefined,
): Promise<number> {
  return deps.database.asCaller(caller, async (trx) => {
    const which = sessionId ? { only: sessionId } : { except: caller.session! }
    const reason = sessionId === caller.session ? 'signed_out' : 'ended_by_owner'
    const ended = await endSessions(trx, caller.userId, which, reason, deps.clock.now())
    if (sessionId && ended === 0) throw noSuchSession()
    await recordAudit(trx, {
      action: reason === 'signed_out' ? 'identity.sign_out' : 'identity.end_sessions',
      object: { kind: 'account', id: caller.userId },
      detail: { ended },
    })
    return ended
  })
}
