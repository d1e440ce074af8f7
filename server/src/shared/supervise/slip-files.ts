import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database } from '#ground/database/index.ts'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { type Clock, shanghaiDate } from '#ground/time/index.ts'
import { type FilesService, fileNotFound, sendFile } from '#shared/files/index.ts'
import { readSlip } from './slip.store.ts'
import { supervisePermissions } from './supervise.permissions.ts'

/** The bytes of what is attached to the answer of a slip: whoever sees the slip reads them, and nobody else. */
export function slipFilesRoutes(
  http: HttpServer,
  { database, clock, files }: { database: Database; clock: Clock; files: Pick<FilesService, 'open'> },
): void {
  http.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/supervision/:slipId/files/:fileId',
    {
      config: { permission: supervisePermissions.read },
      schema: {
        tags: ['supervision'],
        summary: 'An attachment of the answer to a slip, to be saved',
        params: z.object({ slipId: z.uuid(), fileId: z.uuid() }),
      },
    },
    async (request, reply) => {
      const { slipId, fileId } = request.params
      const open = await database.asCaller(callerOf(request), async (trx) => {
        const slip = await readSlip(trx, slipId, shanghaiDate(clock.now()))
        if (!slip?.replyFiles.includes(fileId)) throw fileNotFound()
        return files.open(trx, fileId, { kind: 'slip', id: slipId })
      })
      return sendFile(reply, open)
    },
  )
}
