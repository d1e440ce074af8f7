import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { organisationPermissions as permissions } from './organisation.permissions.ts'
import { actReason } from './organisation.schema.ts'
import type { OrganisationDeps } from './organisation-deps.ts'
import {
  holdingEndSchema,
  newHoldingSchema,
  newPostSchema,
  personPostsSchema,
  postCloseSchema,
  postQuerySchema,
  postSchema,
  unmaskedPersonSchema,
} from './posts.schema.ts'
import { createPost, dissolvePost, endPost, givePost, person, posts, unmaskPerson } from './posts.service.ts'

const tags = ['organisation']
const manage = { permission: permissions.manage_posts }

/** Posts of units and organs, who holds them, and a person's posts over time. */
export function postRoutes(server: HttpServer, deps: OrganisationDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/v1/posts',
    {
      config: { permission: permissions.read_people },
      schema: {
        tags,
        summary: 'The posts of a unit or an organ and who holds them, masked',
        querystring: postQuerySchema,
        response: { 200: z.object({ items: z.array(postSchema) }) },
      },
    },
    async (request) => ({ items: await posts(deps, callerOf(request), request.query) }),
  )
  routes.post(
    '/api/v1/posts',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Set up a post in a unit or an organ',
        body: newPostSchema,
        response: { 201: z.object({ postId: z.string() }) },
      },
    },
    async (request, reply) =>
      reply.status(201).send({ postId: await createPost(deps, callerOf(request), request.body) }),
  )
  routes.post(
    '/api/v1/posts/:postId/close',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Close a post from a day on',
        params: z.object({ postId: z.uuid() }),
        body: postCloseSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await dissolvePost(deps, callerOf(request), request.params.postId, request.body)
      return reply.status(204).send(null)
    },
  )
  routes.post(
    '/api/v1/posts/:postId/holdings',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Give a post to a person from a day on',
        params: z.object({ postId: z.uuid() }),
        body: newHoldingSchema,
        response: { 201: z.object({ holdingId: z.string() }) },
      },
    },
    async (request, reply) => {
      const { postId } = request.params
      const holdingId = await givePost(deps, callerOf(request), postId, request.body)
      return reply.status(201).send({ holdingId })
    },
  )
  routes.post(
    '/api/v1/post-holdings/:holdingId/end',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Say on which day somebody leaves a post',
        params: z.object({ holdingId: z.uuid() }),
        body: holdingEndSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await endPost(deps, callerOf(request), request.params.holdingId, request.body)
      return reply.status(204).send(null)
    },
  )
  personRoutes(server, deps)
}

function personRoutes(server: HttpServer, deps: OrganisationDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  const params = z.object({ personId: z.uuid() })
  routes.get(
    '/api/v1/people/:personId',
    {
      config: { permission: permissions.read_people },
      schema: {
        tags,
        summary: "A person's posts over time, masked",
        params,
        response: { 200: personPostsSchema },
      },
    },
    (request) => person(deps, callerOf(request), request.params.personId),
  )
  routes.post(
    '/api/v1/people/:personId/unmask',
    {
      config: { permission: permissions.unmask_people },
      schema: {
        tags,
        summary: 'The full name and number of somebody who holds posts',
        params,
        body: z.object({ reason: actReason }),
        response: { 200: unmaskedPersonSchema },
      },
    },
    (request) => unmaskPerson(deps, callerOf(request), request.params.personId, request.body.reason),
  )
}
