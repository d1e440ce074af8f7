import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Caller, type Database, systemCaller } from '#ground/database/index.ts'
import { checkpoints, sealedEntries } from './audit.store.ts'
import type { Checkpoint } from './log-entry.ts'
import type { SealedEntry } from './verify.ts'

/**
 * The whole sealed log as JSON lines: first the public keys, then every checkpoint, then every entry in the order of
 * the leaves. What the offline verifier reads.
 * @param caller with whose eyes the log is read: one who sees a part of it only gets a file that does not verify
 */
export async function* exportLog(
  database: Database,
  publicKeys: Readonly<Record<string, string>>,
  caller: Caller = systemCaller,
): AsyncGenerator<string> {
  yield `${JSON.stringify({ kind: 'keys', keys: publicKeys })}\n`
  const page = 2000
  const signed = await database.asCaller(caller, (trx) => checkpoints(trx))
  for (const checkpoint of signed.toReversed())
    yield `${JSON.stringify({ kind: 'checkpoint', ...checkpoint })}\n`
  const end = signed[0]?.treeSize ?? 0
  for (let from = 0; from < end; from += page) {
    const limit = Math.min(page, end - from)
    const entries = await database.asCaller(caller, (trx) => sealedEntries(trx, from, limit))
    for (const entry of entries) yield `${JSON.stringify({ kind: 'entry', ...entry })}\n`
    if (entries.length < limit) return
  }
}

/** The newest signed statement about the log; undefined while nothing is sealed. */
export async function newestCheckpoint(database: Database): Promise<Checkpoint | undefined> {
  const [newest] = await database.asCaller(systemCaller, (trx) => checkpoints(trx, 1))
  return newest
}

export interface ExportedLog {
  readonly publicKeys: Readonly<Record<string, string>>
  readonly checkpoints: readonly Checkpoint[]
  entries(): AsyncIterable<SealedEntry>
}

/** Opens an exported log; entries are streamed, so its size does not matter. Throws on a line that is no record. */
export async function openExport(file: string): Promise<ExportedLog> {
  let publicKeys: Record<string, string> = {}
  const signed: Checkpoint[] = []
  for await (const record of records(file)) {
    if (record.kind === 'keys') publicKeys = record.keys as Record<string, string>
    else if (record.kind === 'checkpoint') signed.push(record as unknown as Checkpoint)
    else break
  }
  return { publicKeys, checkpoints: signed, entries: () => exportedEntries(file) }
}

async function* exportedEntries(file: string): AsyncGenerator<SealedEntry> {
  for await (const record of records(file))
    if (record.kind === 'entry') yield record as unknown as SealedEntry
}

async function* records(file: string): AsyncGenerator<Record<string, unknown>> {
  let number = 0
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    number += 1
    if (line.trim() === '') continue
    try {
      yield JSON.parse(line) as Record<string, unknown>
    } catch (cause) {
      throw new Error(`line ${number} of the export is no record`, { cause })
    }
  }
}
