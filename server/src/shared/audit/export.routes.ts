import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { auditPermissions as permissions } from './audit.permissions.ts'
import { checkpointFile, type LogOutlets, logFile } from './export.service.ts'

const body = z.object({
  /** Why the log leaves; stands in its own entry. */
  purpose: z.string().trim().min(2).max(300),
})

/** What the audit administrator keeps elsewhere: files that `audit verify` takes as they are. */
export function auditExportRoutes(http: HttpServer, outlets: LogOutlets): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const config = { permission: permissions.export }
  server.post(
    '/api/v1/audit/checkpoint/export',
    {
      config,
      schema: {
        tags: ['audit'],
        summary: 'The newest signed checkpoint with the public keys, as the file that audit verify takes',
      },
    },
    async (request, reply) =>
      attached(reply, 'application/json', await checkpointFile(outlets, callerOf(request))),
  )
  server.post(
    '/api/v1/audit/export',
    {
      config,
      schema: {
        tags: ['audit'],
        summary: 'The whole sealed log as the file that audit verify takes, the purpose on record',
        body,
      },
    },
    async (request, reply) => {
      const { name, lines } = await logFile(outlets, callerOf(request), request.body.purpose)
      return attached(reply, 'application/x-ndjson', { name, content: Readable.from(lines) })
    },
  )
}

function attached(reply: FastifyReply, type: string, file: { name: string; content: string | Readable }) {
  return reply
    .header('content-type', `${type}; charset=utf-8`)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .send(file.content)
}
