import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { callerOfSession, cookieName, readSession, signedInOf } from './authority.ts'
import type { IdentityDeps } from './identity-deps.ts'
import { changePassword, confirmSecondFactor, disableSecondFactor, enrolSecondFactor } from './own-account.ts'
import {
  confirmedFactorSchema,
  enrolmentSchema,
  openSessionSchema,
  passwordChangeSchema,
  sessionSchema,
  signInResultSchema,
  signInSchema,
} from './session.schema.ts'
import { describeSession, endOwnSessions, listOwnSessions } from './session.service.ts'
import { type Door, signIn, stateOf } from './sign-in.ts'

const tags = ['session']
const signedIn = { permission: 'signed-in' } as const
const unfinished = { permission: 'signed-in', unfinished: true } as const

export function doorOf(request: FastifyRequest): Door {
  return { address: request.ip, agent: String(request.headers['user-agent'] ?? '') }
}

/** No end of its own: the cookie goes with the browser, the session ends on the server. */
export function giveCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  const secure = request.protocol === 'https'
  reply.setCookie(cookieName(request), token, { path: '/', httpOnly: true, sameSite: 'strict', secure })
}

function takeCookie(request: FastifyRequest, reply: FastifyReply): void {
  const secure = request.protocol === 'https'
  reply.clearCookie(cookieName(request), { path: '/', httpOnly: true, sameSite: 'strict', secure })
}

/** Signing in and out, and everything one does with one's own account. */
export function sessionRoutes(server: HttpServer, deps: IdentityDeps): void {
  signInRoutes(server, deps)
  factorRoutes(server, deps)
  ownSessionRoutes(server, deps)
}

function signInRoutes(server: HttpServer, deps: IdentityDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/v1/session',
    {
      config: { permission: 'public' },
      schema: { tags, summary: 'Who is signed in', response: { 200: sessionSchema } },
    },
    async (request) => {
      const session = await readSession(deps, request)
      return describeSession(deps, session && { session, caller: callerOfSession(session, request.ip) })
    },
  )
  routes.post(
    '/api/v1/session',
    {
      config: { permission: 'public' },
      schema: {
        tags,
        summary: 'Sign in',
        description: '401 identity.refused or identity.wrong_code; 429 identity.locked.',
        body: signInSchema,
        response: { 200: signInResultSchema },
      },
    },
    async (request, reply) => {
      const result = await signIn(deps, request.body, doorOf(request))
      if ('token' in result) giveCookie(request, reply, result.token)
      return { state: result.state }
    },
  )
  routes.delete(
    '/api/v1/session',
    { config: unfinished, schema: { tags, summary: 'Sign out', response: { 204: z.null() } } },
    async (request, reply) => {
      await endOwnSessions(deps, callerOf(request), signedInOf(request).sessionId)
      takeCookie(request, reply)
      return reply.status(204).send(null)
    },
  )
  routes.post(
    '/api/v1/session/password',
    {
      config: unfinished,
      schema: {
        tags,
        summary: 'Change my password',
        body: passwordChangeSchema,
        response: { 200: signInResultSchema },
      },
    },
    async (request, reply) => {
      const promoted = await changePassword(deps, callerOf(request), signedInOf(request), request.body)
      giveCookie(request, reply, promoted.token)
      return { state: stateOf[promoted.stage] }
    },
  )
}

function factorRoutes(server: HttpServer, deps: IdentityDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.post(
    '/api/v1/session/second-factor',
    {
      config: unfinished,
      schema: { tags, summary: 'Begin setting up my second factor', response: { 200: enrolmentSchema } },
    },
    (request) => enrolSecondFactor(deps, callerOf(request), signedInOf(request)),
  )
  routes.post(
    '/api/v1/session/second-factor/confirm',
    {
      config: unfinished,
      schema: {
        tags,
        summary: 'Confirm my second factor with a code',
        body: z.object({ code: z.string().regex(/^\d{6}$/) }),
        response: { 200: confirmedFactorSchema },
      },
    },
    async (request, reply) => {
      const done = await confirmSecondFactor(deps, callerOf(request), signedInOf(request), request.body.code)
      giveCookie(request, reply, done.token)
      return { state: stateOf[done.stage], recoveryCodes: [...done.recoveryCodes] }
    },
  )
  routes.post(
    '/api/v1/session/second-factor/disable',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Switch my second factor off',
        body: z.object({ password: z.string().min(1).max(1000) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await disableSecondFactor(deps, callerOf(request), signedInOf(request), request.body.password)
      return reply.status(204).send(null)
    },
  )
}

function ownSessionRoutes(server: HttpServer, deps: IdentityDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/v1/session/sessions',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'My open sessions',
        response: { 200: z.object({ items: z.array(openSessionSchema) }) },
      },
    },
    async (request) => ({ items: await listOwnSessions(deps, callerOf(request)) }),
  )
  routes.delete(
    '/api/v1/session/sessions',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'End one of my sessions, or all but this one',
        querystring: z.object({ sessionId: z.uuid().optional() }),
        response: { 200: z.object({ ended: z.number().int() }) },
      },
    },
    async (request) => ({
      ended: await endOwnSessions(deps, callerOf(request), request.query.sessionId),
    }),
  )
}
