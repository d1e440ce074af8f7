import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extendFrontier, leafHash, rootOf } from './merkle.ts'

const sha256 = (...parts: readonly Uint8Array[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The recursive definition of RFC 6962, written independently of the frontier. */
function definition(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return leafHash(sha256, leaves[0]!)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha256(Buffer.from([1]), definition(leaves.slice(0, split)), definition(leaves.slice(split)))
}

const grown = (leaves: readonly Buffer[]) => {
  let frontier: Buffer[] = []
  leaves.forEach((leaf, size) => {
    frontier = extendFrontier(sha256, frontier, size, leafHash(sha256, leaf))
  })
  return rootOf(sha256, frontier)
}

test('the roots of the published test tree of RFC 6962 come out', () => {
  const leaves = ['', '00', '10', '2021', '3031', '40414243'].map((hex) => Buffer.from(hex, 'hex'))
  expect(grown([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(grown(leaves.slice(0, 1)).toString('hex')).toBe(
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  )
  expect(grown(leaves.slice(0, 3)).toString('hex')).toBe(
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  )
})

test('growing leaf by leaf agrees with the definition for every size', () => {
  const leaf = fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes))
  fc.assert(
    fc.property(fc.array(leaf, { maxLength: 70 }), (leaves) => grown(leaves).equals(definition(leaves))),
  )
})
