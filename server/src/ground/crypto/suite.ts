export type SuiteName = 'default' | 'gm'

export interface SigningPair {
  /** As it is kept in the key ring. */
  readonly secret: string
  /** As it may be published: the algorithm and the key, `ed25519:<base64>` or `sm2:<hex>`. */
  readonly published: string
}

/** One family of algorithms. Keys are raw bytes of `keyBytes` length; signatures are raw bytes. */
export interface Suite {
  readonly name: SuiteName
  /** Length of a key for `seal`, in bytes. */
  readonly keyBytes: number
  hash(...parts: readonly Uint8Array[]): Buffer
  hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer
  /** Encrypts and authenticates; `context` must be given again to open. Result: nonce (12), ciphertext, tag (16). */
  seal(key: Uint8Array, plain: Uint8Array, context: Uint8Array): Buffer
  /** Throws when the bytes, the key or the context are not those of the sealing. */
  open(key: Uint8Array, sealed: Uint8Array, context: Uint8Array): Buffer
  createSigningPair(): SigningPair
  sign(secret: string, bytes: Uint8Array): Buffer
  /** False for anything but a good signature, also for a malformed key or signature. */
  verify(published: string, bytes: Uint8Array, signature: Uint8Array): boolean
}

export const nonceBytes = 12
export const tagBytes = 16
