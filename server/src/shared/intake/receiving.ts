import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { defineError } from '#ground/errors/index.ts'
import { type Quarantined, quarantine } from './quarantine.ts'

const noFile = defineError('intake.none_sent', 400, '没有收到文件。', 'No file was sent.')

export interface SentFile {
  readonly name: string
  readonly content: Readable
}

/** Takes what was sent into quarantine. Several files become one archive, so that a batch is always one file. */
export async function receive(
  folder: string,
  sent: SentFile | AsyncIterable<SentFile>,
): Promise<Quarantined & { readonly name: string }> {
  if ('content' in sent) return { ...(await quarantine(folder, sent.content)), name: sent.name }
  const arrived: (Quarantined & { readonly name: string })[] = []
  try {
    for await (const { name, content } of sent) arrived.push({ ...(await quarantine(folder, content)), name })
    const [only] = arrived
    if (!only) throw noFile()
    if (arrived.length === 1) return arrived.pop()!
    const bundle = await quarantine(folder, archiveOf(arrived))
    return { ...bundle, name: `${only.name.slice(0, 100)} +${arrived.length - 1}.zip` }
  } finally {
    for (const { path } of arrived) await rm(path, { force: true })
  }
}

function archiveOf(files: readonly { readonly path: string; readonly name: string }[]): Readable {
  const zip = new ZipFile()
  const names = new Set<string>()
  for (const { path, name } of files) {
    // A name may come twice from different folders, and must not lead out of the archive.
    const plain = name.split(/[\\/]/).at(-1) || 'file'
    const free = names.has(plain)
      ? `${plain.slice(0, plain.length - extname(plain).length)}-${randomUUID()}${extname(plain)}`
      : plain
    names.add(free)
    zip.addFile(path, free, { mtime: new Date('2026-01-01T00:00:00Z') })
  }
  zip.end()
  return Readable.from(zip.outputStream as AsyncIterable<Buffer>)
}
