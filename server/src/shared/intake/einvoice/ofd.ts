import type { Readable } from 'node:stream'
import { readXml } from '../xml/read-xml.ts'
import { openSafeZip, type SafeZip } from '../zip/safe-zip.ts'
import { type EInvoiceDocument, readEInvoice } from './read-einvoice.ts'

/** An invoice's OFD has some twenty parts of a few kilobytes, and pictures. */
const limits = { entries: 2000, entryBytes: 20 * 1024 ** 2, totalBytes: 100 * 1024 ** 2 }

/**
 * The invoice within an OFD container: its XML as an attachment, or the same structure as a tag of the document. Undefined
 * where there is neither.
 */
export async function readOfd(path: string): Promise<EInvoiceDocument | undefined> {
  const zip = await openSafeZip(path, limits)
  try {
    for (const part of await candidates(zip)) {
      const found = await readEInvoice(await zip.open(part))
      if (found && found.lines.length > 0) return found
    }
    return undefined
  } finally {
    zip.close()
  }
}

/** What the document lists as attachments and tags, then other XML in folders of these names. */
async function candidates(zip: SafeZip): Promise<readonly string[]> {
  const listed: string[] = []
  for (const name of zip.names.filter((part) => /(Attachments|CustomTags)\.xml$/i.test(part))) {
    for (const target of await fileLocations(await zip.open(name))) listed.push(resolved(name, target))
  }
  const others = zip.names.filter((part) => /(attachs?|tags?)\/.*\.xml$/i.test(part))
  return [...new Set([...listed, ...others])].filter((part) => zip.has(part) && /\.xml$/i.test(part))
}

async function fileLocations(content: Readable): Promise<readonly string[]> {
  const found: string[] = []
  let inLocation = false
  let text = ''
  await readXml(content, {
    open: (name) => {
      inLocation = name === 'FileLoc'
      text = ''
    },
    text: (part) => {
      if (inLocation) text += part
    },
    close: () => {
      if (inLocation && text.trim()) found.push(text.trim())
      inLocation = false
    },
  })
  return found
}

/** A location is told from the folder of the part that names it, or from the root when it begins with a stroke. */
function resolved(from: string, target: string): string {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}
