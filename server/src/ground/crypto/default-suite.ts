import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { nonceBytes, type Suite, tagBytes } from './suite.ts'

const prefix = 'ed25519:'

/** SHA-256, AES-256-GCM and Ed25519, all by Node's own OpenSSL. */
export const defaultSuite: Suite = {
  name: 'default',
  keyBytes: 32,
  hash: (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest(),
  hmac: (key, ...parts) => parts.reduce((mac, part) => mac.update(part), createHmac('sha256', key)).digest(),
  seal: (key, plain, context) => {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context)
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([nonce, body, cipher.getAuthTag()])
  },
  open: (key, sealed, context) => {
    const nonce = sealed.subarray(0, nonceBytes)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    decipher.setAAD(context).setAuthTag(sealed.subarray(-tagBytes))
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()])
  },
  createSigningPair: () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    return {
      secret: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      published: prefix + publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    }
  },
  sign: (secret, bytes) =>
    sign(null, bytes, createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'pkcs8' })),
  verify: (published, bytes, signature) => {
    if (!published.startsWith(prefix)) return false
    try {
      const key = Buffer.from(published.slice(prefix.length), 'base64')
      return verify(null, bytes, createPublicKey({ key, format: 'der', type: 'spki' }), signature)
    } catch {
      return false
    }
  },
}
