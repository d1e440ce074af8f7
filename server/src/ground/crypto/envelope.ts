import { randomBytes } from 'node:crypto'
import { nonceBytes, type Suite, tagBytes } from './suite.ts'

const version = 1

/**
 * Seals with a data key made for this one content and wrapped by the ring's key. Layout: version (1), length of the key
 * id (1), key id, wrapped data key, sealed content; both sealed parts as the suite writes them.
 */
export function sealEnvelope(
  suite: Suite,
  key: { readonly id: string; readonly bytes: Uint8Array },
  plain: string | Uint8Array,
  context: string,
): Buffer {
  const dataKey = randomBytes(suite.keyBytes)
  const bound = Buffer.from(context, 'utf8')
  const id = Buffer.from(key.id, 'ascii')
  const content = typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain
  return Buffer.concat([
    Buffer.from([version, id.length]),
    id,
    suite.seal(key.bytes, dataKey, bound),
    suite.seal(dataKey, content, bound),
  ])
}

/** Opens what `sealEnvelope` made. Throws when it was altered, belongs to another context, or its key is unknown. */
export function openEnvelope(
  sealed: Uint8Array,
  context: string,
  keyOf: (id: string) => { readonly suite: Suite; readonly bytes: Uint8Array } | undefined,
): Buffer {
  if (sealed[0] !== version) throw new Error('sealed content of an unknown form')
  const idEnd = 2 + (sealed[1] ?? 0)
  const id = Buffer.from(sealed.subarray(2, idEnd)).toString('ascii')
  const key = keyOf(id)
  if (!key) throw new Error(`the key ${id} is not in the key ring`)
  const bound = Buffer.from(context, 'utf8')
  const wrappedEnd = idEnd + nonceBytes + key.suite.keyBytes + tagBytes
  const dataKey = key.suite.open(key.bytes, sealed.subarray(idEnd, wrappedEnd), bound)
  return key.suite.open(dataKey, sealed.subarray(wrappedEnd), bound)
}
