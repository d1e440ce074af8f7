import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { createTestDatabase } from '#ground/testing/index.ts'
import { createFiles, requireOwnUploads } from './files.service.ts'

const database = await createTestDatabase()
const folder = mkdtempSync(join(tmpdir(), 'qingfeng-files-'))
const files = createFiles({ database, folder })
const caller = { userId: '01900000-0000-7000-8000-000000000001', scope: '46.U1', roles: ['unit_finance'] }
const other = { ...caller, userId: '01900000-0000-7000-8000-000000000002' }

const archive = (parts: Readonly<Record<string, string>>) => {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  return buffer(zip.outputStream as unknown as Readable)
}
const upload = (fileName: string, bytes: Buffer) =>
  files.upload(caller, { fileName, content: Readable.from([bytes]) })

const bytesOf = async (fileId: string) => {
  const through = { kind: 'alert', id: 'a1' }
  const { content } = await database.asCaller(caller, (trx) => files.open(trx, fileId, through))
  return buffer(content)
}

test('a picture is drawn anew, without where and with what it was taken', async () => {
  const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#888' } })
    .jpeg()
    .withExif({ IFD0: { Make: 'SentinelCam', Model: 'M1' } })
    .toBuffer()
  expect(photo.includes('SentinelCam')).toBe(true)
  const file = await upload('现场.jpg', photo)
  const kept = await bytesOf(file.fileId)
  expect(kept.includes('SentinelCam')).toBe(false)
  expect(await sharp(kept).metadata()).toMatchObject({ width: 40, height: 30 })
})

test('the type is read from the bytes, and the name must agree', async () => {
  await expect(upload('发票.pdf', Buffer.from('MZ\x90\x00 not a pdf'))).rejects.toMatchObject({
    code: 'files.type_not_accepted',
  })
  await expect(upload('程序.exe', Buffer.from('%PDF-1.7\n'))).rejects.toMatchObject({
    code: 'files.type_not_accepted',
  })
  expect((await upload('说明.txt', Buffer.from('情况说明'))).mediaType).toBe('text/plain')
})

test('a file marked secret is refused and not kept', async () => {
  const before = readdirSync(folder, { recursive: true }).length
  await expect(upload('机密★10年 关于某事.txt', Buffer.from('x'))).rejects.toMatchObject({
    code: 'files.classified',
  })
  await expect(upload('通知.txt', Buffer.from('秘密★1年\n关于……'))).rejects.toMatchObject({
    code: 'files.classified',
  })
  expect(readdirSync(folder, { recursive: true }).length).toBe(before)
})

test('a mark inside an office document is found, also where it is cut into runs', async () => {
  const docx = (...runs: string[]) =>
    archive({
      '[Content_Types].xml': '<Types/>',
      'word/document.xml': `<w:document>${runs.map((run) => `<w:r><w:t>${run}</w:t></w:r>`).join('')}</w:document>`,
    })
  await expect(upload('通知.docx', await docx('机', '密', '★', '5年'))).rejects.toMatchObject({
    code: 'files.classified',
  })
  await expect(
    upload(
      '表.xlsx',
      await archive({ 'xl/workbook.xml': '<x/>', 'xl/sharedStrings.xml': '<si><t>绝密★</t></si>' }),
    ),
  ).rejects.toMatchObject({ code: 'files.classified' })
  const harmless = upload('说明.docx', await docx('关于保守国家秘密的说明'))
  await expect(harmless.catch((error) => error.code)).resolves.not.toBe('files.classified')
})

test('the same bytes are kept once, and a picture that cannot be read leaves nothing', async () => {
  const first = await upload('一.txt', Buffer.from('同样的内容'))
  const second = await upload('二.txt', Buffer.from('同样的内容'))
  expect(second.sha256).toBe(first.sha256)
  expect(second.fileId).not.toBe(first.fileId)
  const before = readdirSync(folder, { recursive: true }).length
  await expect(upload('坏.png', Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1'))).rejects.toThrow()
  expect(readdirSync(folder, { recursive: true }).length).toBe(before)
})

test('another person does not find the file by himself', async () => {
  const mine = await upload('我的.txt', Buffer.from('只给自己'))
  const seen = await database.asCaller(other, (trx) =>
    trx.selectFrom('files.file').select('file_id').where('file_id', '=', mine.fileId).execute(),
  )
  expect(seen).toEqual([])
})

test('only what somebody brought himself can be attached by him', async () => {
  const mine = await upload('材料.txt', Buffer.from('材料'))
  const attach = (by: typeof caller, ...ids: string[]) =>
    database.asCaller(by, (trx) => requireOwnUploads(trx, ids))
  await expect(attach(caller, mine.fileId, mine.fileId)).resolves.toBeUndefined()
  await expect(attach(other, mine.fileId)).rejects.toMatchObject({ code: 'files.not_found' })
  const unknown = '01900000-0000-7000-8000-0000000000ff'
  await expect(attach(caller, mine.fileId, unknown)).rejects.toMatchObject({ code: 'files.not_found' })
})
