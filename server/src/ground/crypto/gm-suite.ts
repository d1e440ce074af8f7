import { createHash, createHmac, randomBytes } from 'node:crypto'
import { sm2, sm4 } from 'sm-crypto-v2'
import { nonceBytes, type Suite, tagBytes } from './suite.ts'

const prefix = 'sm2:'

/**
 * The Chinese national algorithms: SM3 (GB/T 32905, by OpenSSL), SM4 in GCM (GB/T 32907) and SM2 signatures with the
 * default user identification (GB/T 32918.2).
 */
export const gmSuite: Suite = {
  name: 'gm',
  keyBytes: 16,
  hash: (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sm3')).digest(),
  hmac: (key, ...parts) => parts.reduce((mac, part) => mac.update(part), createHmac('sm3', key)).digest(),
  seal: (key, plain, context) => {
    const nonce = randomBytes(nonceBytes)
    const { output, tag } = sm4.encrypt(plain, key, {
      mode: 'gcm',
      iv: nonce,
      associatedData: context,
      outputTag: true,
      output: 'array',
    })
    return Buffer.concat([nonce, output, tag!])
  },
  open: (key, sealed, context) =>
    Buffer.from(
      sm4.decrypt(sealed.subarray(nonceBytes, -tagBytes), key, {
        mode: 'gcm',
        iv: sealed.subarray(0, nonceBytes),
        associatedData: context,
        tag: sealed.subarray(-tagBytes),
        output: 'array',
      }),
    ),
  createSigningPair: () => {
    const { privateKey, publicKey } = sm2.generateKeyPairHex()
    return { secret: privateKey, published: prefix + publicKey }
  },
  sign: (secret, bytes) => Buffer.from(sm2.doSignature(bytes, secret, { hash: true }), 'hex'),
  verify: (published, bytes, signature) => {
    if (!published.startsWith(prefix)) return false
    try {
      const hex = Buffer.from(signature).toString('hex')
      return sm2.doVerifySignature(bytes, hex, published.slice(prefix.length), { hash: true })
    } catch {
      return false
    }
  },
}
