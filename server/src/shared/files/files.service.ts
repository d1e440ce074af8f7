import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Caller, Database, Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { createContentStore } from './content-store.ts'
import { countOwn, describeFiles, insertFile, type StoredFile } from './files.store.ts'
import { redrawnImage } from './image.ts'
import { refuseClassifiedFile } from './marked-contents.ts'
import { sniffMediaType } from './media-type.ts'
import { refuseClassified } from './secrecy.ts'
import type { Attachment, OpenFile } from './serving.ts'

export const fileNotFound = defineError(
  'files.not_found',
  404,
  '没有这个文件，或您无权查看。',
  'No such file, or you may not see it.',
)

export interface FilesService {
  /** Takes an upload: limits, type by content, no mark of secrecy, images drawn anew. Returns its description. */
  upload(caller: Caller, upload: { fileName: string; content: Readable }): Promise<StoredFile>
  /** Opens a file that the calling room has found to be visible to the caller, and puts the reading on record. */
  open(trx: Trx, fileId: string, through: AttachedTo): Promise<OpenFile>
}

/** The record through which a file is read. */
export interface AttachedTo {
  readonly kind: string
  readonly id: string
}

/** Attachments are documents: 50 MB holds a scanned file of several hundred pages. */
const uploadLimit = 50 * 1024 * 1024

export function createFiles(dependencies: { database: Database; folder: string }): FilesService {
  const store = createContentStore(dependencies.folder)
  return {
    upload: async (caller, { fileName, content }) => {
      const name =
        fileName
          .normalize('NFC')
          .replace(/[\p{Cc}/\\]/gu, '')
          .slice(-200) || 'file'
      refuseClassified(name)
      const bytes = await readLimited(content)
      await refuseClassifiedFile(bytes, name)
      const mediaType = await sniffMediaType(bytes.subarray(0, 8192), name)
      const kept = mediaType.startsWith('image/') ? await redrawnImage(bytes, mediaType) : bytes
      const stored = await store.put(Readable.from([kept]), uploadLimit)
      return dependencies.database.asCaller(caller, async (trx) => {
        const file = await insertFile(trx, { ...stored, mediaType, fileName: name, caller })
        await recordAudit(trx, {
          action: 'files.upload',
          object: { kind: 'file', id: file.fileId },
          detail: { bytes: file.byteCount, type: mediaType },
        })
        return file
      })
    },
    open: async (trx, fileId, through) => {
      const [file] = await describeFiles(trx, [fileId])
      if (!file) throw fileNotFound()
      await recordAudit(trx, {
        action: 'files.download',
        object: { kind: 'file', id: fileId },
        detail: { through: through.kind, record: through.id, bytes: file.byteCount },
      })
      return { file, content: await store.read(file.sha256) }
    },
  }
}

/** Refuses to attach what the caller did not bring himself: otherwise a number would be enough to read another's file. */
export async function requireOwnUploads(trx: Trx, fileIds: readonly string[]): Promise<void> {
  const wanted = new Set(fileIds).size
  if (wanted > 0 && (await countOwn(trx, fileIds)) !== wanted) throw fileNotFound()
}

/** What is attached to something, by identifier, as a room names it to those who see that thing. */
export async function attachmentsOf(
  trx: Trx,
  fileIds: readonly string[],
): Promise<ReadonlyMap<string, Attachment>> {
  const files = fileIds.length > 0 ? await describeFiles(trx, [...new Set(fileIds)]) : []
  return new Map(files.map(({ fileId, fileName, byteCount }) => [fileId, { fileId, fileName, byteCount }]))
}

async function readLimited(content: Readable): Promise<Buffer> {
  let total = 0
  const limited = content.map((chunk: Buffer) => {
    total += chunk.length
    if (total > uploadLimit) throw tooLargeUpload({ megabytes: uploadLimit / 1_048_576 })
    return chunk
  })
  return buffer(limited)
}

const tooLargeUpload = defineError(
  'files.upload_too_large',
  413,
  '附件超过 {megabytes} MB，请拆分后上传。',
  'The attachment is larger than {megabytes} MB; split it.',
)
