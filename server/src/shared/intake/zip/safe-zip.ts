import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'

/** Why an archive is not read; each is a reason of `faultReasons`. */
export class UnsafeZip extends Error {
  override readonly name = 'UnsafeZip'
  readonly reason: 'zip_damaged' | 'zip_bomb' | 'zip_encrypted'
  constructor(reason: UnsafeZip['reason'], options: { cause?: unknown } = {}) {
    super(reason, options)
    this.reason = reason
  }
}

export interface ZipLimits {
  readonly entries: number
  /** Bytes of one entry and of all of them, unpacked. */
  readonly entryBytes: number
  readonly totalBytes: number
}

/** An archive that came from outside: its list was checked, each content is checked while it is read. */
export interface SafeZip {
  readonly names: readonly string[]
  has(name: string): boolean
  size(name: string): number
  /** The content as a stream, which fails where size or check sum are not what the list says. */
  open(name: string): Promise<Readable>
  /** The content as a whole; the list's size has been checked before. */
  read(name: string): Promise<Buffer>
  close(): void
}

/** No honest table or invoice shrinks to less; a bomb shrinks to a thousandth. */
const greatestRatio = 300
/** Small parts may shrink more: a page of blanks does no harm. */
const ratioMattersFrom = 4 * 1024 ** 2
const encryptedFlag = 1

/** Opens an archive and refuses it for what its list of contents alone shows. */
export async function openSafeZip(path: string, limits: ZipLimits): Promise<SafeZip> {
  const file = await openPromise(path, {
    autoClose: false,
    lazyEntries: true,
    validateEntrySizes: true,
    strictFileNames: true,
  }).catch((cause: unknown) => {
    throw new UnsafeZip('zip_damaged', { cause })
  })
  try {
    return safe(file, await listed(file, limits))
  } catch (error) {
    file.close()
    throw error
  }
}

function safe(file: ZipFile, entries: ReadonlyMap<string, Entry>): SafeZip {
  const named = (name: string) => {
    const entry = entries.get(name)
    if (!entry) throw new UnsafeZip('zip_damaged')
    return entry
  }
  const open = async (name: string) => {
    const entry = named(name)
    const packed = await file.openReadStreamPromise(entry).catch((cause: unknown) => {
      throw new UnsafeZip('zip_damaged', { cause })
    })
    const proof = checked(entry.crc32, entry.uncompressedSize)
    packed.once('error', (cause) => proof.destroy(new UnsafeZip('zip_damaged', { cause })))
    proof.once('close', () => packed.destroy())
    return packed.pipe(proof)
  }
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    size: (name) => named(name).uncompressedSize,
    open,
    read: async (name) => {
      const chunks: Buffer[] = []
      await pipeline(await open(name), async (content: AsyncIterable<Buffer>) => {
        for await (const chunk of content) chunks.push(chunk)
      })
      return Buffer.concat(chunks)
    },
    close: () => file.close(),
  }
}

async function listed(file: ZipFile, limits: ZipLimits): Promise<ReadonlyMap<string, Entry>> {
  if (file.entryCount > limits.entries) throw new UnsafeZip('zip_bomb')
  const entries = new Map<string, Entry>()
  let total = 0
  try {
    for await (const entry of file.eachEntry()) {
      if (entry.generalPurposeBitFlag & encryptedFlag) throw new UnsafeZip('zip_encrypted')
      if (entries.has(entry.fileName)) throw new UnsafeZip('zip_damaged')
      total += entry.uncompressedSize
      const tooDense =
        entry.uncompressedSize > ratioMattersFrom &&
        entry.uncompressedSize > entry.compressedSize * greatestRatio
      if (tooDense || entry.uncompressedSize > limits.entryBytes || total > limits.totalBytes)
        throw new UnsafeZip('zip_bomb')
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry)
      if (entries.size > limits.entries) throw new UnsafeZip('zip_bomb')
    }
  } catch (cause) {
    throw cause instanceof UnsafeZip ? cause : new UnsafeZip('zip_damaged', { cause })
  }
  return entries
}

/** Lets bytes pass and fails at the end where they are not those that the list promised. */
function checked(sum: number, size: number): Transform {
  let found = 0
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      found = crc32(chunk, found)
      bytes += chunk.length
      done(bytes > size ? new UnsafeZip('zip_bomb') : null, chunk)
    },
    flush(done) {
      done(found === sum && bytes === size ? null : new UnsafeZip('zip_damaged'))
    },
  })
}
