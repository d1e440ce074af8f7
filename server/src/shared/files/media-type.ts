import { fileTypeFromBuffer } from 'file-type'
import { defineError } from '#ground/errors/index.ts'

const notAccepted = defineError(
  'files.type_not_accepted',
  415,
  '不接受此类文件（{found}）。可上传 PDF、图片、Word、Excel、OFD 或文本文件，扩展名须与内容一致。',
  'A file of this kind ({found}) is not accepted. PDF, images, Word, Excel, OFD and text are, with an extension that fits the contents.',
)

/** What may be attached: by the type found in the bytes, the extensions that may stand for it. */
const accepted: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/zip': ['ofd'],
  'text/plain': ['txt', 'csv'],
}

/**
 * The media type by the file's first bytes, never by its name; the name's extension must agree with it.
 * Throws `files.type_not_accepted` otherwise.
 */
export async function sniffMediaType(head: Uint8Array, fileName: string): Promise<string> {
  const found = (await fileTypeFromBuffer(head))?.mime ?? (looksLikeText(head) ? 'text/plain' : undefined)
  const extension = fileName.split('.').pop()?.toLowerCase() ?? ''
  if (!found || !accepted[found]?.includes(extension)) throw notAccepted({ found: found ?? '未知/unknown' })
  return found === 'application/zip' ? 'application/ofd' : found
}

function looksLikeText(head: Uint8Array): boolean {
  if (head.includes(0)) return false
  try {
    // The head may end inside a character, which streaming mode leaves for later.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
