import { type Checkpoint, checkpointBytes, entryBytes, type LogEntry } from './log-entry.ts'
import { extendFrontier, type Hash, leafHash, rootOf } from './merkle.ts'

export interface SealedEntry {
  readonly leafIndex: number
  readonly leafHash: string
  readonly entry: LogEntry
}

export interface VerifierKeys {
  readonly hash: Hash
  /** Whether the signature over the bytes was made with the key of that id; false also for an unknown key. */
  verify(keyId: string, bytes: Uint8Array, signature: Uint8Array): boolean
}

export type Verdict =
  | { readonly good: true; readonly entries: number; readonly checkpoints: number }
  | {
      readonly good: false
      readonly fault: 'entry' | 'order' | 'range' | 'signature' | 'cut' | 'replaced' | 'unsealed-tail'
      /** The first bad entry, where one can be named. */
      readonly leafIndex?: number
      readonly entryId?: string
      readonly zh: string
      readonly en: string
    }

/**
 * Checks a log, in the order of its leaves, against the checkpoints that came with it and against one that was kept
 * elsewhere. Names the first bad entry; where somebody also rewrote the stored hashes, the first entry of the range
 * between the last good and the first bad checkpoint.
 */
export async function verifyLog(
  entries: AsyncIterable<SealedEntry> | Iterable<SealedEntry>,
  checkpoints: readonly Checkpoint[],
  keys: VerifierKeys,
  kept?: Checkpoint,
): Promise<Verdict> {
  const signed = [...checkpoints].sort((left, right) => left.treeSize - right.treeSize)
  for (const checkpoint of kept ? [...signed, kept] : signed) {
    const bytes = checkpointBytes(checkpoint)
    if (!keys.verify(checkpoint.keyId, bytes, Buffer.from(checkpoint.signature, 'base64'))) {
      return badSignature(checkpoint)
    }
  }
  const awaited = new Map(signed.map((checkpoint) => [checkpoint.treeSize, checkpoint]))
  let frontier: Buffer[] = []
  let size = 0
  let lastGood = 0
  for await (const sealed of entries) {
    if (sealed.leafIndex !== size) return badOrder(size)
    const leaf = leafHash(keys.hash, entryBytes(sealed.entry))
    if (leaf.toString('hex') !== sealed.leafHash) return badEntry(sealed)
    frontier = extendFrontier(keys.hash, frontier, size, leaf)
    size += 1
    const root =
      awaited.has(size) || kept?.treeSize === size ? rootOf(keys.hash, frontier).toString('hex') : undefined
    const checkpoint = awaited.get(size)
    if (checkpoint && checkpoint.rootHash !== root) return badRange(lastGood, size)
    if (kept?.treeSize === size && kept.rootHash !== root) return replaced(lastGood, size)
    if (checkpoint) lastGood = size
  }
  const longest = Math.max(kept?.treeSize ?? 0, signed.at(-1)?.treeSize ?? 0)
  if (size < longest) return cut(size, longest)
  if (size > (signed.at(-1)?.treeSize ?? 0)) return unsealedTail(lastGood)
  return { good: true, entries: size, checkpoints: signed.length }
}

const badEntry = (sealed: SealedEntry): Verdict => ({
  good: false,
  fault: 'entry',
  leafIndex: sealed.leafIndex,
  entryId: sealed.entry.entryId,
  zh: `第 ${sealed.leafIndex} 条记录（${sealed.entry.entryId}）内容被改动。`,
  en: `Entry ${sealed.leafIndex} (${sealed.entry.entryId}) has been altered.`,
})

const badOrder = (expected: number): Verdict => ({
  good: false,
  fault: 'order',
  leafIndex: expected,
  zh: `第 ${expected} 条记录缺失或次序被改动。`,
  en: `Entry ${expected} is missing, or the order was changed.`,
})

const badRange = (from: number, to: number): Verdict => ({
  good: false,
  fault: 'range',
  leafIndex: from,
  zh: `第 ${from} 至 ${to - 1} 条记录与签名检查点不符：内容及其散列均被改写。`,
  en: `Entries ${from} to ${to - 1} do not fit the signed checkpoint: contents and hashes were rewritten.`,
})

const replaced = (from: number, to: number): Verdict => ({
  good: false,
  fault: 'replaced',
  leafIndex: from,
  zh: `日志与另存的检查点（${to} 条）不符：日志被整体替换或自第 ${from} 条起被改写。`,
  en: `The log does not fit the checkpoint kept elsewhere (${to} entries): it was replaced, or rewritten from entry ${from} on.`,
})

const cut = (size: number, expected: number): Verdict => ({
  good: false,
  fault: 'cut',
  leafIndex: size,
  zh: `日志只有 ${size} 条，检查点证明曾有 ${expected} 条：尾部被截去。`,
  en: `The log has ${size} entries, a checkpoint proves ${expected}: its tail was cut off.`,
})

const unsealedTail = (from: number): Verdict => ({
  good: false,
  fault: 'unsealed-tail',
  leafIndex: from,
  zh: `自第 ${from} 条起的记录没有签名检查点。`,
  en: `Entries from ${from} on have no signed checkpoint.`,
})

const badSignature = (checkpoint: Checkpoint): Verdict => ({
  good: false,
  fault: 'signature',
  leafIndex: checkpoint.treeSize - 1,
  zh: `检查点（${checkpoint.treeSize} 条）的签名无效。`,
  en: `The signature of the checkpoint over ${checkpoint.treeSize} entries is not valid.`,
})
