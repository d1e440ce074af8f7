import type { FastifyRequest } from 'fastify'
import { ProductError } from '#ground/errors/index.ts'
import type { HttpServer } from '#ground/http/index.ts'
import type { IdentityDeps } from './identity-deps.ts'
import { beginOidc, finishOidc, journeyMilliseconds } from './oidc.ts'
import { doorOf, giveCookie } from './session.routes.ts'

const cookie = 'qingfeng-oidc'
const callback = '/api/v1/oidc/callback'
const open = { config: { permission: 'public' }, schema: { tags: ['session'] } } as const

/**
 * Single sign-on by OpenID Connect (authorization code with PKCE). Browsers are sent here, so a refusal leads back to
 * the sign-in page with `?fault=<code>` instead of a problem document.
 */
export function oidcRoutes(server: HttpServer, deps: IdentityDeps): void {
  const redirectUri = (request: FastifyRequest) =>
    new URL(callback, deps.settings.publicUrl ?? `${request.protocol}://${request.host}`).href
  server.get('/api/v1/oidc/start', open, async (request, reply) =>
    orFault(async () => {
      const { location, journey } = await beginOidc(deps, redirectUri(request))
      // Lax: the browser comes back from the provider's page, and must bring it then.
      reply.setCookie(cookie, journey, {
        path: callback,
        httpOnly: true,
        sameSite: 'lax',
        secure: request.protocol === 'https',
        maxAge: journeyMilliseconds / 1000,
      })
      return location
    }).then((location) => reply.redirect(location)),
  )
  server.get(callback, open, async (request, reply) => {
    const query = request.url.slice(callback.length)
    reply.clearCookie(cookie, { path: callback })
    const location = await orFault(async () => {
      const journey = request.cookies[cookie]
      giveCookie(
        request,
        reply,
        await finishOidc(deps, redirectUri(request), query, journey, doorOf(request)),
      )
      return '/'
    })
    return reply.redirect(location)
  })
}

async function orFault(work: () => Promise<string>): Promise<string> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ProductError) return `/?fault=${encodeURIComponent(error.code)}`
    throw error
  }
}
