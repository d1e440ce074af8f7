import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { exportsPermissions } from './exports.permissions.ts'
import { registerPage, registerQuery } from './exports.schema.ts'
import type { Exports } from './exports.service.ts'

/** The register, for the audit administrator. */
export function exportsRoutes(http: HttpServer, exports: Exports): void {
  http.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/exports',
    {
      config: { permission: exportsPermissions.read },
      schema: {
        tags: ['exports'],
        summary: 'Register of prints and exports, newest first, without their contents',
        querystring: registerQuery,
        response: { 200: registerPage },
      },
    },
    (request) => exports.register(callerOf(request), request.query),
  )
}
