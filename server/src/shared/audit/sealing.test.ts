import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { checkpoints } from './audit.store.ts'
import { exportLog, openExport } from './log-export.ts'
import { recordAudit } from './record.ts'
import { type SealingKey, sealWaiting } from './sealing.ts'
import { verifyLog } from './verify.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-03-02T01:00:00Z')
const pair = generateKeyPairSync('ed25519')
const hash = (...parts: readonly Uint8Array[]) => {
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part)
  return digest.digest()
}
const key: SealingKey = {
  suite: 'default',
  keyId: 'k1',
  hash,
  sign: (bytes) => sign(null, bytes, pair.privateKey),
}
const keys = {
  hash,
  verify: (keyId: string, bytes: Uint8Array, signature: Uint8Array) =>
    keyId === 'k1' && verify(null, bytes, pair.publicKey, signature),
}
const officer = {
  userId: '01900000-0000-7000-8000-000000000001',
  scope: '46',
  roles: ['conduct_officer'],
  address: '10.0.0.7',
}
const auditor = { ...officer, roles: ['audit_admin'] }
// biome-ignore lint/suspicious/noExplicitAny: a record is damaged here in every way that JSON allows
type ExportRecord = Record<string, any>
const folder = mkdtempSync(join(tmpdir(), 'qingfeng-audit-'))

async function act(count: number) {
  for (let n = 0; n < count; n += 1) {
    await database.asCaller(officer, (trx) =>
      recordAudit(trx, {
        action: 'alerts.judge',
        object: { kind: 'alert', id: `A${n}` },
        detail: { verdict: 'normal', n },
      }),
    )
  }
}

async function exported(name: string) {
  const file = join(folder, name)
  const lines: string[] = []
  for await (const line of exportLog(database, {})) lines.push(line)
  writeFileSync(file, lines.join(''))
  return file
}

async function check(file: string, kept?: Parameters<typeof verifyLog>[3]) {
  const log = await openExport(file)
  return verifyLog(log.entries(), log.checkpoints, keys, kept)
}

function altered(file: string, name: string, change: (records: ExportRecord[]) => ExportRecord[]) {
  const records = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const target = join(folder, name)
  writeFileSync(
    target,
    change(records)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(''),
  )
  return target
}

const entriesOf = (records: ExportRecord[]) => records.filter((record) => record.kind === 'entry')

test('what was sealed verifies, in batches and over restarts', async () => {
  await act(7)
  expect(await sealWaiting(database, key, clock)).toBe(7)
  await act(4)
  expect(await sealWaiting(database, key, clock)).toBe(4)
  expect(await sealWaiting(database, key, clock)).toBe(0)
  expect(await check(await exported('good.jsonl'))).toEqual({ good: true, entries: 11, checkpoints: 2 })
})

test('a changed entry is named, also when its hash was rewritten', async () => {
  const file = await exported('good.jsonl')
  const changed = altered(file, 'changed.jsonl', (records) => {
    entriesOf(records)[5]!.entry.detail.verdict = 'violation'
    return records
  })
  expect(await check(changed)).toMatchObject({ good: false, fault: 'entry', leafIndex: 5 })
  const rewritten = altered(file, 'rewritten.jsonl', (records) => {
    const record = entriesOf(records)[8]!
    record.leafHash = '00'.repeat(32)
    return records
  })
  expect(await check(rewritten)).toMatchObject({ good: false, fault: 'entry', leafIndex: 8 })
})

test('a missing entry, a cut tail and a swapped pair are found', async () => {
  const file = await exported('good.jsonl')
  const without = altered(file, 'without.jsonl', (records) =>
    records.filter((record) => record.leafIndex !== 3),
  )
  expect(await check(without)).toMatchObject({ good: false, fault: 'order', leafIndex: 3 })
  const cut = altered(file, 'cut.jsonl', (records) => records.filter((record) => !(record.leafIndex >= 9)))
  expect(await check(cut)).toMatchObject({ good: false, fault: 'cut', leafIndex: 9 })
})

test('a tail cut off with its checkpoints, and a whole new log, are found against a checkpoint kept elsewhere', async () => {
  const file = await exported('good.jsonl')
  const [newest] = await database.asCaller(auditor, (trx) => checkpoints(trx, 1))
  const cut = altered(file, 'cut2.jsonl', (records) =>
    records.filter((record) => !(record.leafIndex >= 7) && !(record.treeSize > 7)),
  )
  expect(await check(cut)).toMatchObject({ good: true })
  expect(await check(cut, newest)).toMatchObject({ good: false, fault: 'cut', leafIndex: 7 })
  const other = { ...newest!, rootHash: '11'.repeat(32) }
  const { signature: _, ...statement } = other
  const bytes = (await import('./log-entry.ts')).checkpointBytes(statement)
  const kept = { ...statement, signature: sign(null, bytes, pair.privateKey).toString('base64') }
  expect(await check(file, kept)).toMatchObject({ good: false, fault: 'replaced' })
})

test('a checkpoint signed with another key does not count', async () => {
  const file = await exported('good.jsonl')
  const forged = altered(file, 'forged.jsonl', (records) => {
    const stranger = generateKeyPairSync('ed25519')
    const checkpoint = records.find((record) => record.kind === 'checkpoint')!
    checkpoint.signature = sign(null, Buffer.from('x'), stranger.privateKey).toString('base64')
    return records
  })
  expect(await check(forged)).toMatchObject({ good: false, fault: 'signature' })
})

test('the application can neither change nor remove an entry, and only the audit administrator reads', async () => {
  for (const statement of [
    "update audit.entry set action = 'x'",
    'delete from audit.entry',
    'truncate audit.entry',
  ]) {
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: '42501' })
  }
  const count = (caller: typeof officer) =>
    database
      .asCaller(caller, (trx) => trx.selectFrom('audit.entry').select('entry_id').execute())
      .then((rows) => rows.length)
  expect(await count(officer)).toBe(0)
  expect(await count(auditor)).toBe(11)
  expect(await count({ ...auditor, scope: '46.01' })).toBe(0)
})
