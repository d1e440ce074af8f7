import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { intakePermissions } from '../intake.permissions.ts'
import { dropFolderSchema, dropPage, dropQuery } from './drop.schema.ts'
import type { DropFolder } from './drop-folder.ts'

const tags = ['intake']

/** What came through the drop folder, and what lies there. */
export function dropRoutes(http: HttpServer, drop: DropFolder): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const config = { permission: intakePermissions.read }
  server.get(
    '/api/v1/intake/drop/files',
    {
      config,
      schema: {
        tags,
        summary: 'Files that came through the drop folder, newest first',
        querystring: dropQuery,
        response: { 200: dropPage },
      },
    },
    (request) => drop.list(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/intake/drop',
    {
      config,
      schema: {
        tags,
        summary: 'The drop folder and what waits in it',
        response: { 200: dropFolderSchema },
      },
    },
    (request) => drop.state(callerOf(request)),
  )
}
