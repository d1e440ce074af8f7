import { type Database, systemCaller } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { addLeaves, treeHead, unsealedEntries } from './audit.store.ts'
import { type Checkpoint, checkpointBytes, entryBytes } from './log-entry.ts'
import { extendFrontier, type Hash, leafHash, rootOf } from './merkle.ts'

/** What seals: the hash and the signing key of the installation's suite. The key lies outside the database. */
export interface SealingKey {
  readonly suite: string
  readonly keyId: string
  readonly hash: Hash
  sign(bytes: Uint8Array): Uint8Array
}

const batchSize = 5000

/**
 * Seals everything that waits: batches of entries become leaves, each batch ends in a signed checkpoint. Two sealers at
 * once cannot harm: the database takes the batch of one of them.
 * @returns the number of entries sealed
 */
export async function sealWaiting(database: Database, key: SealingKey, clock: Clock): Promise<number> {
  let sealed = 0
  for (;;) {
    const count = await sealBatch(database, key, clock)
    sealed += count
    if (count < batchSize) return sealed
  }
}

async function sealBatch(database: Database, key: SealingKey, clock: Clock): Promise<number> {
  return database.asCaller(systemCaller, async (trx) => {
    const entries = await unsealedEntries(trx, batchSize)
    if (entries.length === 0) return 0
    const { size, frontier: before } = await treeHead(trx)
    let frontier: Buffer[] = [...before]
    const batch = entries.map((entry, place) => {
      const leaf = leafHash(key.hash, entryBytes(entry))
      frontier = extendFrontier(key.hash, frontier, size + place, leaf)
      return { entryId: entry.entryId, leaf }
    })
    const statement = {
      treeSize: size + batch.length,
      rootHash: rootOf(key.hash, frontier).toString('hex'),
      sealedAt: clock.now().toISOString(),
      suite: key.suite,
      keyId: key.keyId,
    }
    const signature = Buffer.from(key.sign(checkpointBytes(statement))).toString('base64')
    const checkpoint: Checkpoint = { ...statement, signature }
    await addLeaves(trx, size, batch, frontier, checkpoint)
    return batch.length
  })
}
