import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { defineError } from '#ground/errors/index.ts'

const tooLarge = defineError(
  'intake.too_large',
  413,
  '文件超过 {gigabytes} GB，未受理。',
  'The file is larger than {gigabytes} GB and was not accepted.',
)

/** Ten million payments are about 2 GB of csv. */
const limitBytes = 4 * 1024 ** 3

export interface Quarantined {
  readonly path: string
  readonly sha256: string
  readonly byteCount: number
}

/** Streams an arriving file to a place of its own, measured and hashed; a broken arrival leaves nothing. */
export async function quarantine(folder: string, content: Readable): Promise<Quarantined> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `arriving-${randomUUID()}`)
  const hash = createHash('sha256')
  let byteCount = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      byteCount += chunk.length
      hash.update(chunk)
      done(byteCount > limitBytes ? tooLarge({ gigabytes: limitBytes / 1024 ** 3 }) : null, chunk)
    },
  })
  try {
    await pipeline(content, measure, createWriteStream(path, { mode: 0o600 }))
    return { path, sha256: hash.digest('hex'), byteCount }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** Where a checked batch's file waits for the decision. */
export function waitingFile(folder: string, batchId: string): string {
  return join(folder, `${batchId}.csv`)
}

export async function keepWaiting(folder: string, quarantined: Quarantined, batchId: string): Promise<void> {
  await rename(quarantined.path, waitingFile(folder, batchId))
}

/** A folder for what reading a file leaves on the way; the caller removes it, a start does so otherwise. */
export function workFolder(folder: string): Promise<string> {
  return mkdtemp(join(folder, 'checking-'))
}

/** Removes what arrivals that were broken off by a stop left behind. */
export async function clearArrivals(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder)) {
    if (name.startsWith('arriving-') || name.startsWith('checking-'))
      await rm(join(folder, name), { recursive: true, force: true })
  }
}
