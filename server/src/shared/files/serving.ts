import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { StoredFile } from './files.store.ts'

/** A file that somebody may read, opened. */
export interface OpenFile {
  readonly file: StoredFile
  readonly content: Readable
}

/** An attachment as the record it hangs on names it. */
export const attachmentSchema = z
  .object({ fileId: z.string(), fileName: z.string(), byteCount: z.number().int() })
  .meta({ id: 'Attachment' })
export type Attachment = z.infer<typeof attachmentSchema>

/** Sends the bytes as they are kept. Always to be saved, never shown: nothing that was uploaded runs in the console's place. */
export function sendFile(reply: FastifyReply, { file, content }: OpenFile): FastifyReply {
  const text = file.mediaType === 'text/plain'
  return reply
    .header('content-type', text ? 'text/plain; charset=utf-8' : file.mediaType)
    .header('content-length', file.byteCount)
    .header('content-disposition', dispositionOf(file.fileName))
    .header('x-content-type-options', 'nosniff')
    .send(content)
}

/** RFC 6266: a name of letters for what knows no more, and the name itself. What could steer a header or a screen is left out. */
function dispositionOf(fileName: string): string {
  const safe = fileName.replace(/\p{C}/gu, '').replace(/["<>|?*:/\\]/g, '_') || 'file'
  const plain = safe.replace(/[^\x20-\x7e]/g, '_')
  const encoded = encodeURIComponent(safe.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
