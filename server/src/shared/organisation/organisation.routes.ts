import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { organisationPermissions as permissions } from './organisation.permissions.ts'
import {
  newOrganSchema,
  organChangeSchema,
  organSchema,
  regionSchema,
  treeNodeSchema,
  treeQuerySchema,
  unitChangeSchema,
  unitDetailSchema,
  unitPageSchema,
  unitQuerySchema,
} from './organisation.schema.ts'
import type { OrganisationDeps } from './organisation-deps.ts'
import { changeOrgan, createOrgan, organs } from './organs.service.ts'
import { postRoutes } from './posts.routes.ts'
import { changeUnit } from './unit-change.service.ts'
import { regions, tree, unit, units } from './units.service.ts'

const tags = ['organisation']
const read = { permission: permissions.read }

/** Divisions, units with their history, organs and offices. */
export function organisationRoutes(server: HttpServer, deps: OrganisationDeps): void {
  unitRoutes(server, deps)
  organRoutes(server, deps)
  postRoutes(server, deps)
}

function unitRoutes(server: HttpServer, deps: OrganisationDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/v1/regions',
    {
      config: read,
      schema: {
        tags,
        summary: 'The tree of divisions, parents before children',
        response: { 200: z.object({ items: z.array(regionSchema) }) },
      },
    },
    async (request) => ({ items: await regions(deps, callerOf(request)) }),
  )
  routes.get(
    '/api/v1/units',
    {
      config: read,
      schema: { tags, summary: 'Units', querystring: unitQuerySchema, response: { 200: unitPageSchema } },
    },
    (request) => units(deps, callerOf(request), request.query),
  )
  routes.get(
    '/api/v1/units/:unitCode',
    {
      config: read,
      schema: {
        tags,
        summary: 'One unit with its history and relations',
        params: z.object({ unitCode: z.string().max(32) }),
        response: { 200: unitDetailSchema },
      },
    },
    (request) => unit(deps, callerOf(request), request.params.unitCode),
  )
  routes.post(
    '/api/v1/units/:unitCode/changes',
    {
      config: { permission: permissions.manage_units },
      schema: {
        tags,
        summary: 'Rename, recode, move, merge or close a unit from a day on',
        params: z.object({ unitCode: z.string().max(32) }),
        body: unitChangeSchema,
        response: { 200: unitDetailSchema },
      },
    },
    async (request) => {
      const { unitCode } = request.params
      await changeUnit(deps, callerOf(request), unitCode, request.body)
      return unit(deps, callerOf(request), unitCode)
    },
  )
  routes.get(
    '/api/v1/organisation/tree',
    {
      config: read,
      schema: {
        tags,
        summary: 'The children of a node of the tree of divisions, organs and units',
        querystring: treeQuerySchema,
        response: { 200: z.object({ items: z.array(treeNodeSchema) }) },
      },
    },
    async (request) => ({ items: await tree(deps, callerOf(request), request.query) }),
  )
}

function organRoutes(server: HttpServer, deps: OrganisationDeps): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  const manage = { permission: permissions.manage_organs }
  routes.get(
    '/api/v1/organs',
    {
      config: read,
      schema: {
        tags,
        summary: 'Organs and offices of the discipline body',
        response: { 200: z.object({ items: z.array(organSchema) }) },
      },
    },
    async (request) => ({ items: [...(await organs(deps, callerOf(request)))] }),
  )
  routes.post(
    '/api/v1/organs',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Add an organ or an office',
        body: newOrganSchema,
        response: { 201: organSchema },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await createOrgan(deps, callerOf(request), request.body)),
  )
  routes.patch(
    '/api/v1/organs/:organCode',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Rename an organ or an office, or close it',
        params: z.object({ organCode: z.string().max(32) }),
        body: organChangeSchema,
        response: { 200: organSchema },
      },
    },
    (request) => changeOrgan(deps, callerOf(request), request.params.organCode, request.body),
  )
}
