import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { WarehouseSession } from '#ground/warehouse/index.ts'
import { stageRows } from '#shared/datasets/index.ts'
import { sniffForm } from '../file-form.ts'
import { einvoiceLayout } from '../invoices/einvoice-layout.ts'
import { stageInvoices, type UnreadDocument } from '../invoices/stage-invoices.ts'
import { openRowFile, type RowFile, rowFileSource } from '../row-file.ts'
import type { ArrivedFile, StagedFile, StagingFolder } from '../staged.ts'
import { UnreadableXml } from '../xml/read-xml.ts'
import { openSafeZip, UnsafeZip } from '../zip/safe-zip.ts'
import { einvoiceRows } from './einvoice-rows.ts'
import { readOfd } from './ofd.ts'
import { readEInvoice } from './read-einvoice.ts'

const documentBytes = 20 * 1024 ** 2
const limits = { entries: 50_000, entryBytes: 1024 ** 3, totalBytes: 4 * 1024 ** 3 }

/**
 * Reads the invoices of one XML or OFD file or of a zip of such files, one after the other, and checks them together. A
 * file that cannot be read is refused by its name beside the others; one that says the same as an earlier one is passed over.
 */
export async function stageDocuments(
  session: WarehouseSession,
  file: ArrivedFile,
  { folder, allowDemo }: StagingFolder,
): Promise<StagedFile> {
  const target = join(folder, 'documents.csv')
  const rows = openRowFile(target)
  const reader = documentReader(rows)
  try {
    for await (const document of documentsOf(file, folder)) await reader.read(document)
  } finally {
    await rows.close()
  }
  const columns = Object.keys(einvoiceLayout.source.columns)
  const source = rowFileSource(target, columns, allowDemo)
  const checked = await stageRows(session, einvoiceLayout.source, source, { name: 'checked' })
  return stageInvoices(session, einvoiceLayout, checked, reader.unread)
}

/** A document with its name in the upload; one that cannot be taken out of it has only a reason. */
interface FoundDocument {
  readonly name: string
  readonly path?: string
  readonly reason?: string
}

async function* documentsOf(file: ArrivedFile, folder: string): AsyncGenerator<FoundDocument> {
  if (file.form !== 'zip') {
    yield { name: file.name, path: file.path }
    return
  }
  const zip = await openSafeZip(file.path, limits)
  try {
    for (const name of zip.names) {
      if (basename(name).startsWith('.') || name.startsWith('__MACOSX/')) continue
      if (zip.size(name) > documentBytes) yield { name, reason: 'document_too_large' }
      else {
        const path = join(folder, 'document')
        try {
          await pipeline(await zip.open(name), createWriteStream(path, { mode: 0o600 }))
          yield { name, path }
        } catch (error) {
          if (!(error instanceof UnsafeZip)) throw error
          yield { name, reason: error.reason }
        }
        await rm(path, { force: true })
      }
    }
  } finally {
    zip.close()
  }
}

function documentReader(rows: RowFile) {
  const unread: UnreadDocument[] = []
  const seen = new Set<string>()
  const columns = Object.keys(einvoiceLayout.source.columns)
  let row = 0
  return {
    unread,
    read: async ({ name, path, reason }: FoundDocument) => {
      const document = path ? await readDocument(name, path) : { reason: reason! }
      if ('reason' in document) {
        unread.push({ file: name, reason: document.reason })
        return
      }
      const content = createHash('sha256').update(JSON.stringify(document)).digest('base64')
      if (seen.has(content)) return
      seen.add(content)
      document.rows.forEach((line, at) => {
        row += 1
        const texts = { ...line, file: name }
        const marks = at === 0 ? document.marks : []
        rows.add(
          row,
          marks,
          columns.map((column) => (texts as Record<string, string>)[column] ?? ''),
        )
      })
      await rows.flush()
    },
  }
}

async function readDocument(name: string, path: string) {
  const { form, fault } = await sniffForm(path, name)
  if (fault !== undefined) return { reason: fault }
  if (form !== 'xml' && form !== 'ofd') return { reason: 'not_an_invoice' }
  try {
    const found = form === 'xml' ? await readEInvoice(createReadStream(path)) : await readOfd(path)
    return found ? einvoiceRows(found) : { reason: form === 'xml' ? 'no_einvoice' : 'ofd_without_data' }
  } catch (error) {
    if (error instanceof UnreadableXml || error instanceof UnsafeZip) return { reason: error.reason }
    throw error
  }
}
