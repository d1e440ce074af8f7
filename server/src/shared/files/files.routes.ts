import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { defineError } from '#ground/errors/index.ts'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import type { FilesService } from './files.service.ts'

const noFile = defineError('files.none_sent', 400, '没有收到文件。', 'No file was sent.')

export const fileSchema = z
  .object({
    fileId: z.string(),
    fileName: z.string(),
    mediaType: z.string(),
    byteCount: z.number().int(),
    uploadedAt: z.string(),
  })
  .meta({ id: 'File' })

/** Uploading: whoever is signed in may bring a file; who may see it later is decided where it is attached. */
export function filesRoutes(server: HttpServer, files: FilesService): void {
  server.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/files',
    {
      config: { permission: 'signed-in' },
      schema: {
        tags: ['files'],
        summary: 'Upload an attachment',
        consumes: ['multipart/form-data'],
        response: { 201: fileSchema },
      },
    },
    async (request, reply) => {
      const part = await request.file()
      if (!part) throw noFile()
      const file = await files.upload(callerOf(request), { fileName: part.filename, content: part.file })
      return reply.status(201).send(file)
    },
  )
}
