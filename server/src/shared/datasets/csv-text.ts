import { isUtf8 } from 'node:buffer'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { allBlanks } from './checks-sql.ts'

/** Longest line in bytes, and longest row: more is no table. */
export const longestLine = 2_097_152

export type SniffedCsv =
  | { readonly fault: 'empty' | 'binary' | 'line_too_long' }
  | {
      readonly fault?: undefined
      readonly encoding: 'utf-8' | 'gb18030'
      /** Which blanks occur anywhere in the file; only they need be looked for around its cells. */
      readonly blanks: readonly string[]
    }

const chunkSize = 1_048_576
const newline = 10

/**
 * Reads the whole file once: is it text, in which encoding, are its lines of a bearable length. A file is UTF-8 when all
 * of it is; otherwise it is taken for GB18030, and `utf8Copy` finds out whether that is true.
 */
export async function sniffCsv(path: string): Promise<SniffedCsv> {
  let utf8 = true
  let rest: Buffer = Buffer.alloc(0)
  let seen = 0
  const blanks = new Set<string>()
  for await (const chunk of createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>) {
    seen += chunk.length
    if (chunk.includes(0)) return { fault: 'binary' }
    const end = chunk.lastIndexOf(newline) + 1
    if (end === 0) {
      rest = Buffer.concat([rest, chunk])
      if (rest.length > longestLine) return { fault: 'line_too_long' }
      continue
    }
    // Neither encoding has a newline inside a character, so whole lines can be judged apart.
    const lines = Buffer.concat([rest, chunk.subarray(0, end)])
    if (lines.indexOf(newline) > longestLine) return { fault: 'line_too_long' }
    utf8 &&= isUtf8(lines)
    noteBlanks(lines, blanks)
    rest = Buffer.from(chunk.subarray(end))
  }
  if (seen === 0) return { fault: 'empty' }
  utf8 &&= isUtf8(rest)
  noteBlanks(rest, blanks)
  return utf8 ? { encoding: 'utf-8', blanks: [...blanks] } : { encoding: 'gb18030', blanks: allBlanks }
}

function noteBlanks(lines: Buffer, found: Set<string>): void {
  for (const blank of allBlanks) {
    // An end of line is always there; it only matters inside quotation marks.
    const needed = blank === '\n' || blank === '\r' ? lines.includes('"') : lines.includes(blank)
    if (!found.has(blank) && needed) found.add(blank)
  }
}

/** Writes a GB18030 file as UTF-8, as a stream. Returns false when it is not GB18030 either. */
export async function utf8Copy(path: string, target: string): Promise<boolean> {
  const decoder = new TextDecoder('gb18030', { fatal: true })
  try {
    await pipeline(
      createReadStream(path, { highWaterMark: chunkSize }),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
        yield decoder.decode()
      },
      createWriteStream(target, { mode: 0o600 }),
    )
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** The cells of the first record of a UTF-8 csv, or undefined when it does not end within the first megabyte. */
export async function readHeader(path: string): Promise<readonly string[] | undefined> {
  const file = await open(path)
  try {
    const buffer = Buffer.alloc(chunkSize)
    const { bytesRead } = await file.read(buffer, 0, chunkSize, 0)
    const text = new TextDecoder('utf-8').decode(buffer.subarray(0, bytesRead))
    return firstRecord(text)
  } finally {
    await file.close()
  }
}

const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y

function firstRecord(text: string): readonly string[] | undefined {
  const cells: string[] = []
  cell.lastIndex = 0
  for (;;) {
    const match = cell.exec(text)
    if (!match) return undefined
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim())
    if (match[3] !== ',') return cells
  }
}
