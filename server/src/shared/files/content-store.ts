import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { defineError } from '#ground/errors/index.ts'

const tooLarge = defineError(
  'files.too_large',
  413,
  '文件超过 {megabytes} MB，未受理。',
  'The file is larger than {megabytes} MB and was not accepted.',
)

export interface StoredContent {
  readonly sha256: string
  readonly byteCount: number
}

/** Bytes by their SHA-256 under one folder. Writing the same bytes twice keeps one copy; a broken upload leaves nothing. */
export interface ContentStore {
  /** Streams to a temporary file, then moves it to its name: what has a name is whole and on disk. */
  put(content: Readable, limitBytes: number): Promise<StoredContent>
  /** The bytes, opened: fails before the first of them where there are none. */
  read(sha256: string): Promise<Readable>
  has(sha256: string): Promise<boolean>
}

export function createContentStore(folder: string): ContentStore {
  const placeOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  return {
    put: async (content, limitBytes) => {
      const incoming = join(folder, 'incoming')
      await mkdir(incoming, { recursive: true, mode: 0o700 })
      const temporary = join(incoming, randomUUID())
      try {
        const stored = await writeMeasured(content, temporary, limitBytes)
        await mkdir(join(folder, stored.sha256.slice(0, 2)), { recursive: true, mode: 0o700 })
        await rename(temporary, placeOf(stored.sha256))
        return stored
      } finally {
        await rm(temporary, { force: true })
      }
    },
    read: async (sha256) => (await open(placeOf(sha256), 'r')).createReadStream(),
    has: (sha256) =>
      stat(placeOf(sha256)).then(
        () => true,
        () => false,
      ),
  }
}

async function writeMeasured(content: Readable, file: string, limitBytes: number): Promise<StoredContent> {
  const hash = createHash('sha256')
  let byteCount = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      byteCount += chunk.length
      hash.update(chunk)
      done(byteCount > limitBytes ? tooLarge({ megabytes: Math.floor(limitBytes / 1_048_576) }) : null, chunk)
    },
  })
  await pipeline(content, measure, createWriteStream(file, { mode: 0o600 }))
  const handle = await open(file, 'r')
  await handle.sync()
  await handle.close()
  return { sha256: hash.digest('hex'), byteCount }
}
