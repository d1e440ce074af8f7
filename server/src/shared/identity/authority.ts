import type { FastifyRequest } from 'fastify'
import type { Caller } from '#ground/database/index.ts'
import { type Authority, notSignedIn } from '#ground/http/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { isPermission, may } from '#shared/permissions/index.ts'
import { mustChangePassword, mustEnrolSecondFactor } from './identity.errors.ts'
import type { IdentityDeps } from './identity-deps.ts'
import { type SignedIn, sessionOf } from './sessions.store.ts'
import { tokenCaller } from './tokens.store.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route serves a session that still has to change its password or to set up its second factor. */
    unfinished?: boolean
  }
}

const signedIn = new WeakMap<FastifyRequest, SignedIn>()

/** The session behind a request that `authenticate` let through; throws for a caller with a token. */
export function signedInOf(request: FastifyRequest): SignedIn {
  const found = signedIn.get(request)
  if (!found) throw notSignedIn()
  return found
}

/** The cookie's name. With TLS the prefix binds it to this host and path, and browsers refuse it without Secure. */
export function cookieName(request: FastifyRequest): string {
  return request.protocol === 'https' ? '__Host-qingfeng' : 'qingfeng'
}

/** The session of the request's cookie, whatever its stage; undefined where there is none. */
export async function readSession(
  deps: IdentityDeps,
  request: FastifyRequest,
): Promise<SignedIn | undefined> {
  const token = request.cookies[cookieName(request)]
  if (!token || token.length > 100) return undefined
  return sessionOf(deps.database, token, deps.clock.now(), deps.settings.session.idleMinutes)
}

export function callerOfSession(session: SignedIn, address: string): Caller {
  const { userId, scope, roles, sessionId } = session
  return { userId, scope, roles, session: sessionId, address }
}

/** Who somebody is, for the server: by the cookie of a session or the bearer token of a machine. */
export function createAuthority(deps: IdentityDeps): Authority {
  return {
    authenticate: async (request) => {
      const bearer = /^Bearer (\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
      if (bearer) {
        const machine = await tokenCaller(deps.database, bearer, deps.clock.now())
        return machine && { ...machine, address: request.ip }
      }
      const session = await readSession(deps, request)
      if (!session) return undefined
      const finished = session.stage === 'full' || request.routeOptions.config.unfinished === true
      if (!finished)
        throw session.stage === 'change_password' ? mustChangePassword() : mustEnrolSecondFactor()
      signedIn.set(request, session)
      return callerOfSession(session, request.ip)
    },
    isPermission,
    may,
    onRefused: (caller, permission, request) =>
      deps.database.asCaller(caller, (trx) =>
        recordAudit(trx, {
          action: permission,
          outcome: 'refused',
          detail: { method: request.method, route: request.routeOptions.url ?? '' },
        }),
      ),
  }
}
