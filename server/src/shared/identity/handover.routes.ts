import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { reasonSchema } from './account.schema.ts'
import {
  handover,
  handovers,
  prepareOwnHandover,
  type SeenHandover,
  signHandover,
} from './handover.service.ts'
import type { IdentityDeps } from './identity-deps.ts'

const tags = ['handovers']
const signedIn = { permission: 'signed-in' } as const
const ofHandover = z.object({ handoverId: z.uuid() })

const handoverSchema = z
  .object({
    handoverId: z.string(),
    fromUser: z.string(),
    toUser: z.string(),
    fromName: z.string(),
    toName: z.string(),
    reason: z.string(),
    createdAt: z.string(),
    /** The hash over the list; send it back to sign what was read. */
    digest: z.string(),
    /** The giver, or the leader who signed in his stead. */
    giverSignedBy: z.string().nullable(),
    giverSignedAt: z.string().nullable(),
    receiverSignedAt: z.string().nullable(),
    completedAt: z.string().nullable(),
    itemCount: z.number().int(),
    /** Whether it waits for the signature of whoever asks, as giver, as receiver or as leader in the giver's stead. */
    awaitsMe: z.boolean(),
  })
  .meta({ id: 'Handover' })

const itemSchema = z.object({ room: z.string(), kind: z.string(), itemId: z.string(), title: z.string() })

function onTheWire(found: SeenHandover): z.infer<typeof handoverSchema> {
  return {
    ...found,
    createdAt: found.createdAt.toISOString(),
    giverSignedAt: found.giverSignedAt?.toISOString() ?? null,
    receiverSignedAt: found.receiverSignedAt?.toISOString() ?? null,
    completedAt: found.completedAt?.toISOString() ?? null,
  }
}

/** Handing open work over: whoever gives, receives or leads sees his lists; the database says which those are. */
export function handoverRoutes(server: HttpServer, deps: IdentityDeps): void {
  readRoutes(server, deps)
  signingRoutes(server, deps)
}

function readRoutes(server: HttpServer, deps: IdentityDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/v1/handovers',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Handovers that concern me',
        querystring: z.object({ open: z.stringbool().optional() }),
        response: { 200: z.object({ items: z.array(handoverSchema) }) },
      },
    },
    async (request) => ({
      items: (await handovers(deps, callerOf(request), request.query.open)).map(onTheWire),
    }),
  )
  routes.get(
    '/api/v1/handovers/:handoverId',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'One handover with its list',
        params: ofHandover,
        response: { 200: handoverSchema.extend({ items: z.array(itemSchema) }) },
      },
    },
    async (request) => {
      const found = await handover(deps, callerOf(request), request.params.handoverId)
      return { ...onTheWire(found), items: [...found.items] }
    },
  )
}

function signingRoutes(server: HttpServer, deps: IdentityDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.post(
    '/api/v1/handovers',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Write the list of my open work for a successor, before I leave',
        body: z.object({ successorId: z.uuid(), reason: reasonSchema }),
        response: { 200: z.object({ handoverId: z.string().nullable() }) },
      },
    },
    (request) => prepareOwnHandover(deps, callerOf(request), request.body.successorId, request.body.reason),
  )
  routes.post(
    '/api/v1/handovers/:handoverId/signature',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Sign a handover; with both signatures the work passes on',
        params: ofHandover,
        body: z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/) }),
        response: { 200: handoverSchema },
      },
    },
    async (request) =>
      onTheWire(await signHandover(deps, callerOf(request), request.params.handoverId, request.body.digest)),
  )
}
