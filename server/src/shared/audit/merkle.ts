/**
 * The Merkle tree hash of RFC 6962, section 2.1, built one leaf after the other. Kept is only the frontier: the roots of
 * the perfect subtrees that the leaves so far fall into, largest first, so a tree of any size needs at most 64 hashes.
 */
export type Hash = (...parts: readonly Uint8Array[]) => Buffer

const leafPrefix = Buffer.from([0])
const nodePrefix = Buffer.from([1])

export function leafHash(hash: Hash, content: Uint8Array): Buffer {
  return hash(leafPrefix, content)
}

/** The frontier of a tree that had `size` leaves, after one more leaf. */
export function extendFrontier(
  hash: Hash,
  frontier: readonly Buffer[],
  size: number,
  leaf: Buffer,
): Buffer[] {
  const extended = [...frontier]
  let node = leaf
  // Each trailing one bit of the size is a subtree as large as the one just finished: the two become one.
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) node = hash(nodePrefix, extended.pop()!, node)
  extended.push(node)
  return extended
}

/** The root over everything in the frontier; the hash of nothing for an empty tree. */
export function rootOf(hash: Hash, frontier: readonly Buffer[]): Buffer {
  if (frontier.length === 0) return hash()
  return frontier.slice(0, -1).reduceRight((right, left) => hash(nodePrefix, left, right), frontier.at(-1)!)
}
