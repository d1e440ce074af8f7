import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { subjectsPermissions } from './subjects.permissions.ts'
import { look, personKey, unmasked, watchDetail, watchPage, watchSearch } from './subjects.schema.ts'
import type { WatchList } from './watch-list.service.ts'

const tags = ['subjects']
const params = z.object({ personKey })

/** The watch list. Every request says why; reasons and names travel in the body, never in an address. */
export function watchListRoutes(http: HttpServer, watchList: WatchList): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  server.post(
    '/api/v1/watch-list/search',
    {
      config: { permission: subjectsPermissions.search },
      schema: { tags, summary: 'Search the watch list', body: watchSearch, response: { 200: watchPage } },
    },
    (request) => watchList.search(callerOf(request), request.body),
  )
  server.post(
    '/api/v1/watch-list/:personKey/look',
    {
      config: { permission: subjectsPermissions.search },
      schema: {
        tags,
        summary: 'One person of the watch list, masked',
        params,
        body: look,
        response: { 200: watchDetail },
      },
    },
    (request) => watchList.look(callerOf(request), request.params.personKey, request.body.reason),
  )
  server.post(
    '/api/v1/watch-list/:personKey/unmask',
    {
      config: { permission: subjectsPermissions.unmask },
      schema: {
        tags,
        summary: 'Full names and numbers of a person of the watch list and of relatives',
        params,
        body: look,
        response: { 200: unmasked },
      },
    },
    (request) => watchList.unmask(callerOf(request), request.params.personKey, request.body.reason),
  )
}
