import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { openSafeZip, UnsafeZip } from './zip/safe-zip.ts'

/** Forms of files that are taken in. */
export type FileForm = 'csv' | 'xlsx' | 'xml' | 'ofd' | 'zip'

export type SniffedForm =
  | { readonly form: FileForm; readonly fault?: undefined }
  /** A reason of `faultReasons`. */
  | { readonly form: undefined; readonly fault: string }

/** What a name may say of a file; a name that says something else than the content is refused. */
const formOfExtension: Readonly<Record<string, string>> = {
  '.csv': 'csv',
  '.txt': 'csv',
  '.xlsx': 'xlsx',
  '.xlsm': 'xlsx',
  '.xls': 'xls',
  '.et': 'xls',
  '.pdf': 'pdf',
  '.xml': 'xml',
  '.ofd': 'ofd',
  '.zip': 'zip',
}

/** Contents that are told by their first bytes and are no table. */
const strangers: readonly (readonly [Buffer, string])[] = [
  [Buffer.from('%PDF'), 'pdf'],
  [Buffer.from([0x1f, 0x8b]), 'archive'],
  [Buffer.from('Rar!'), 'archive'],
  [Buffer.from([0x37, 0x7a, 0xbc, 0xaf]), 'archive'],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'picture'],
  [Buffer.from([0xff, 0xd8, 0xff]), 'picture'],
]
const compoundFile = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
const listLimits = { entries: 60_000, entryBytes: 4 * 1024 ** 3, totalBytes: 8 * 1024 ** 3 }

/** Tells a file's form by its content; its name is only compared with it. */
export async function sniffForm(path: string, name: string): Promise<SniffedForm> {
  const found = await contentOf(path)
  if (found.fault !== undefined) return { form: undefined, fault: found.fault }
  const said = formOfExtension[extname(name).toLowerCase()]
  if (said !== undefined && said !== found.form) return { form: undefined, fault: `extension=${found.form}` }
  return found
}

async function contentOf(path: string): Promise<SniffedForm> {
  const start = await firstBytes(path, 512)
  const refuse = (fault: string): SniffedForm => ({ form: undefined, fault })
  if (start.subarray(0, 2).toString('latin1') === 'PK') return zipContent(path)
  if (start.subarray(0, 8).equals(compoundFile))
    return refuse((await isEncrypted(path)) ? 'password' : 'old_spreadsheet')
  const stranger = strangers.find(([mark]) => start.subarray(0, mark.length).equals(mark))
  if (stranger) return refuse(stranger[1])
  const text = start.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '')
  if (/^\s*<(!doctype html|html|table|meta|head)/i.test(text)) return refuse('markup')
  if (/^\s*<[?!a-z]/i.test(text)) return { form: 'xml' }
  return { form: 'csv' }
}

async function zipContent(path: string): Promise<SniffedForm> {
  try {
    const zip = await openSafeZip(path, listLimits)
    zip.close()
    if (zip.has('xl/workbook.xml') && zip.has('xl/_rels/workbook.xml.rels')) return { form: 'xlsx' }
    if (zip.has('OFD.xml')) return { form: 'ofd' }
    return zip.has('xl/workbook.bin') ? { form: undefined, fault: 'old_spreadsheet' } : { form: 'zip' }
  } catch (error) {
    if (error instanceof UnsafeZip) return { form: undefined, fault: error.reason }
    throw error
  }
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** A workbook with a password is a compound file with this stream; its directory may lie anywhere. */
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le')

async function isEncrypted(path: string): Promise<boolean> {
  let tail = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 }) as AsyncIterable<Buffer>) {
    const seen = Buffer.concat([tail, chunk])
    if (seen.includes(encryptedStream)) return true
    tail = Buffer.from(seen.subarray(-encryptedStream.length))
  }
  return false
}
