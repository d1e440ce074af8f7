import type { Readable } from 'node:stream'
import { readXml, UnreadableXml } from '../xml/read-xml.ts'

/** An invoice as its XML has it: texts by the path of their element below the root, and one such map for each line. */
export interface EInvoiceDocument {
  readonly texts: ReadonlyMap<string, string>
  readonly lines: readonly ReadonlyMap<string, string>[]
}

const lineElement = 'IssuItemInformation'
/** Wraps the text of each element in the copy that OFD files carry as a tag. */
const wrapper = 'ObjectData'

/** More lines than any invoice has. */
const mostLines = 20_000

/**
 * Reads the XML of a fully digital invoice (`EInvoice`, layout versions 0.2 to 0.32). Undefined where the root is another.
 */
export async function readEInvoice(content: Readable): Promise<EInvoiceDocument | undefined> {
  const texts = new Map<string, string>()
  const lines: Map<string, string>[] = []
  const path: string[] = []
  let root: string | undefined
  let text = ''
  await readXml(content, {
    open: (name) => {
      root ??= name
      if (name === wrapper) return
      path.push(name)
      text = ''
      if (name === lineElement) lines.push(new Map())
      if (lines.length > mostLines) throw new UnreadableXml('xml_too_long')
    },
    text: (found) => {
      text += found
    },
    close: (name) => {
      if (name === wrapper) return
      const value = text.trim()
      const inLine = path.includes(lineElement)
      if (value !== '' && inLine) lines.at(-1)!.set(name, value)
      if (value !== '' && !inLine) texts.set(path.slice(1).join('/'), value)
      path.pop()
      text = ''
    },
  })
  return root === 'EInvoice' ? { texts, lines } : undefined
}
