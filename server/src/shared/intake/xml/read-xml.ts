import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'

/** Why an XML text is not read; each is a reason of `faultReasons`. */
export class UnreadableXml extends Error {
  override readonly name = 'UnreadableXml'
  readonly reason: 'xml_broken' | 'xml_entities' | 'xml_too_long'
  constructor(reason: UnreadableXml['reason'], options: { cause?: unknown } = {}) {
    super(reason, options)
    this.reason = reason
  }
}

export interface XmlEvents {
  /** Names come without their prefix: writers of the same layout do not agree on prefixes. */
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
  /** Awaited after each piece of the input, so that what was read can be written before more is read. */
  pause?(): Promise<void>
}

/** Longest text, tag or comment in characters: more is no cell and no field. */
const longestPiece = 2_097_152

/**
 * Reads XML as a stream. A document type is refused at sight: with none declared there is no entity to expand beside the
 * five of the language itself, and nothing outside the file is ever asked for.
 */
export async function readXml(content: Readable, events: XmlEvents): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let fed = 0
  let lastPiece = 0
  const local = (name: string) => name.slice(name.indexOf(':') + 1)
  parser.on('error', (cause) => {
    throw new UnreadableXml('xml_broken', { cause })
  })
  parser.on('doctype', () => {
    throw new UnreadableXml('xml_entities')
  })
  parser.on('opentag', ({ name, attributes }) => {
    lastPiece = fed
    events.open?.(local(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    lastPiece = fed
    events.close?.(local(name))
  })
  const text = (found: string) => {
    lastPiece = fed
    events.text?.(found)
  }
  parser.on('text', text)
  parser.on('cdata', text)
  let decoder: TextDecoder | undefined
  for await (const chunk of content as AsyncIterable<Buffer>) {
    decoder ??= decoderFor(chunk)
    const piece = decoded(decoder, chunk)
    fed += piece.length
    parser.write(piece)
    if (fed - lastPiece > longestPiece) throw new UnreadableXml('xml_too_long')
    await events.pause?.()
  }
  parser.write(decoder ? decoded(decoder) : '')
  parser.close()
  await events.pause?.()
}

function decoded(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined })
  } catch (cause) {
    throw new UnreadableXml('xml_broken', { cause })
  }
}

/** By byte-order mark, then by the declaration, which names one of the encodings that Chinese software writes. */
function decoderFor(start: Buffer): TextDecoder {
  const fatal = { fatal: true }
  if (start[0] === 0xff && start[1] === 0xfe) return new TextDecoder('utf-16le', fatal)
  if (start[0] === 0xfe && start[1] === 0xff) return new TextDecoder('utf-16be', fatal)
  const named = /^[^>]*encoding\s*=\s*["'](gbk|gb2312|gb18030)["']/i.test(start.toString('latin1', 0, 200))
  return new TextDecoder(named ? 'gb18030' : 'utf-8', fatal)
}
