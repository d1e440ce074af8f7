import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl'
import { refuseClassified } from './secrecy.ts'

/** A mark of secrecy stands at the head of a document; that much of its beginning is read. */
const headBytes = 65_536
const plainHeadBytes = 4096

/** Where Word, Excel, PowerPoint and OFD documents keep their first words and their titles. */
const partsWithText =
  /^(word\/(document|header\d*)|xl\/sharedStrings|xl\/worksheets\/sheet1|ppt\/slides\/slide1|docProps\/(core|app)|Doc_0\/Pages\/Page_0\/Content|OFD)\.xml$/i
const mostParts = 12
/** The parts that matter stand among the first; a longer list is no document. */
const mostEntries = 2000

/** Refuses a file whose name or beginning bears a mark of 秘密 or above, also inside an office document or an archive. */
export async function refuseClassifiedFile(file: string | Buffer, name: string): Promise<void> {
  refuseClassified(name)
  const head = await headOf(file)
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) await refuseMarkedParts(file)
  else refuseClassified(...readings(head))
}

async function headOf(file: string | Buffer): Promise<Buffer> {
  if (typeof file !== 'string') return file.subarray(0, plainHeadBytes)
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(plainHeadBytes), 0, plainHeadBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** A text in either encoding that offices use; as the other one it is rubbish that bears no mark. */
function readings(head: Buffer): readonly string[] {
  return ['utf-8', 'gb18030'].map((encoding) => new TextDecoder(encoding).decode(head))
}

/** An archive that cannot be read is the next check's to name. */
async function refuseMarkedParts(file: string | Buffer): Promise<void> {
  const zip = await (typeof file === 'string'
    ? openPromise(file, { lazyEntries: true, autoClose: false })
    : fromBufferPromise(file, { lazyEntries: true, autoClose: false })
  ).catch(() => undefined)
  if (!zip) return
  try {
    for (const entry of await partsOf(zip)) {
      refuseClassified(entry.fileName)
      if (!partsWithText.test(entry.fileName)) continue
      const head = await partHead(zip, entry)
      // A mark may be cut into runs of differing type: without tags it is whole again.
      refuseClassified(head.replaceAll(/<[^>]*>/g, ''))
    }
  } finally {
    zip.close()
  }
}

function partsOf(zip: ZipFile): Promise<readonly Entry[]> {
  return new Promise((done) => {
    const found: Entry[] = []
    let seen = 0
    zip.on('entry', (entry: Entry) => {
      if (partsWithText.test(entry.fileName) || /(绝密|机密|秘密)/u.test(entry.fileName)) found.push(entry)
      seen += 1
      if (found.length < mostParts && seen < mostEntries) zip.readEntry()
      else done(found)
    })
    zip.once('end', () => done(found))
    zip.once('error', () => done(found))
    zip.readEntry()
  })
}

async function partHead(zip: ZipFile, entry: Entry): Promise<string> {
  const chunks: Buffer[] = []
  let total = 0
  try {
    const content = (await zip.openReadStreamPromise(entry)) as Readable
    for await (const chunk of content) {
      chunks.push(chunk as Buffer)
      total += (chunk as Buffer).length
      if (total >= headBytes) break
    }
  } catch {
    return ''
  }
  return Buffer.concat(chunks).toString('utf8')
}
