import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import {
  accountChangeSchema,
  accountPageSchema,
  accountQuerySchema,
  accountSchema,
  departureSchema,
  newAccountSchema,
  oneTimePasswordSchema,
  reasonSchema,
} from './account.schema.ts'
import {
  account,
  accounts,
  changeAccount,
  createAccount,
  enableAccount,
  resetAccess,
  unlockAccount,
} from './accounts.service.ts'
import { depart } from './departure.service.ts'
import { identityPermissions as permissions } from './identity.permissions.ts'
import type { IdentityDeps } from './identity-deps.ts'

const tags = ['accounts']
const ofAccount = z.object({ userId: z.uuid() })
const manage = { permission: permissions.manage_accounts }
const read = { permission: permissions.read_accounts }

/** Accounts: for the system administrator. */
export function accountRoutes(server: HttpServer, deps: IdentityDeps): void {
  readRoutes(server, deps)
  writeRoutes(server, deps)
  accessRoutes(server, deps)
}

function readRoutes(server: HttpServer, deps: IdentityDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/v1/accounts',
    {
      config: read,
      schema: {
        tags,
        summary: 'Accounts',
        querystring: accountQuerySchema,
        response: { 200: accountPageSchema },
      },
    },
    (request) => accounts(deps, callerOf(request), request.query),
  )
  routes.get(
    '/api/v1/accounts/:userId',
    {
      config: read,
      schema: { tags, summary: 'One account', params: ofAccount, response: { 200: accountSchema } },
    },
    (request) => account(deps, callerOf(request), request.params.userId),
  )
}

function writeRoutes(server: HttpServer, deps: IdentityDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.post(
    '/api/v1/accounts',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Create an account; its one-time password is shown once',
        body: newAccountSchema,
        response: { 201: oneTimePasswordSchema },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await createAccount(deps, callerOf(request), request.body)),
  )
  routes.patch(
    '/api/v1/accounts/:userId',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Change an account',
        params: ofAccount,
        body: accountChangeSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await changeAccount(deps, callerOf(request), request.params.userId, request.body)
      return reply.status(204).send(null)
    },
  )
  routes.post(
    '/api/v1/accounts/:userId/departure',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Somebody leaves, moves or is suspended: access ends at once, open work goes on a list',
        params: ofAccount,
        body: departureSchema,
        response: {
          200: z.object({ handoverId: z.string().nullable(), endedSessions: z.number().int() }),
        },
      },
    },
    (request) => depart(deps, callerOf(request), request.params.userId, request.body),
  )
}

function accessRoutes(server: HttpServer, deps: IdentityDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.post(
    '/api/v1/accounts/:userId/reset',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Give a new one-time password, and take the second factor away if asked',
        params: ofAccount,
        body: z.object({ factor: z.boolean().default(false), reason: reasonSchema }),
        response: { 200: oneTimePasswordSchema },
      },
    },
    (request) => resetAccess(deps, callerOf(request), request.params.userId, request.body),
  )
  routes.post(
    '/api/v1/accounts/:userId/unlock',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Lift the lock after failed attempts',
        params: ofAccount,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await unlockAccount(deps, callerOf(request), request.params.userId)
      return reply.status(204).send(null)
    },
  )
  routes.post(
    '/api/v1/accounts/:userId/enable',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Let a suspended account sign in again',
        params: ofAccount,
        body: z.object({ reason: reasonSchema }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await enableAccount(deps, callerOf(request), request.params.userId, request.body.reason)
      return reply.status(204).send(null)
    },
  )
}
