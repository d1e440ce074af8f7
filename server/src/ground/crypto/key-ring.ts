import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openEnvelope, sealEnvelope } from './envelope.ts'
import type { Suite, SuiteName } from './suite.ts'
import { suites } from './suites.ts'

const purposes = ['signing', 'sealing', 'person'] as const
type Purpose = (typeof purposes)[number]

const keyShape = z.object({
  id: z.string().regex(/^[a-z0-9-]{4,40}$/),
  purpose: z.enum(purposes),
  suite: z.enum(['default', 'gm']),
  createdAt: z.iso.datetime(),
  /** base64 of raw bytes; for signing the suite's own text. */
  secret: z.string().min(1),
  published: z.string().optional(),
})
const ringShape = z.object({ version: z.literal(1), keys: z.array(keyShape) })
type Key = z.infer<typeof keyShape>

/**
 * The installation's keys, kept outside the database in `<folder>/ring.json` (mode 0600). New things are signed and
 * sealed with the newest key of the configured suite; whatever older keys made can still be opened and verified.
 */
export interface KeyRing {
  readonly suite: SuiteName
  hash(...parts: readonly Uint8Array[]): Buffer
  /** The id of the key that `sign` uses. */
  readonly signingKeyId: string
  sign(bytes: Uint8Array): Buffer
  /** Whether the key of that id made the signature; false for an unknown key. */
  verify(keyId: string, bytes: Uint8Array, signature: Uint8Array): boolean
  /** Public keys by key id, to go along with an export: enough for `verifierOf`. */
  publicKeys(): Readonly<Record<string, string>>
  /**
   * Envelope encryption: a data key of its own for each call, wrapped by the ring's key. `context` names the place, such
   * as `identity.totp:<user>`; sealed bytes moved elsewhere do not open.
   */
  seal(plain: string | Uint8Array, context: string): Buffer
  /** Throws when the bytes were altered or moved, or their key is not in the ring. */
  open(sealed: Uint8Array, context: string): Buffer
  /**
   * The name of a person in the stores where the number itself is not needed: a keyed hash (HMAC) of the citizen number,
   * hex. It stays the same for the life of the installation, also when the suite changes.
   */
  personKey(idNumber: string): string
  /** Adds a new key; from now on it signs or seals. */
  rotate(purpose: 'signing' | 'sealing'): string
}

/** Opens the ring of the folder, making it and any key that the suite still lacks. Throws when the file is damaged. */
export function openKeyRing(
  folder: string,
  suiteName: SuiteName,
  now: () => Date = () => new Date(),
): KeyRing {
  const file = join(folder, 'ring.json')
  const keys = readKeys(file)
  const suite = suites[suiteName]
  const add = (purpose: Purpose): Key => {
    const key = createKey(purpose, suite, now())
    keys.push(key)
    writeKeys(folder, file, keys)
    return key
  }
  const newest = (purpose: Purpose) =>
    keys.findLast((key) => key.purpose === purpose && key.suite === suiteName) ?? add(purpose)
  let signing = newest('signing')
  let sealing = newest('sealing')
  const person = keys.find((key) => key.purpose === 'person') ?? add('person')
  const byId = (purpose: Purpose, id: string) => keys.find((key) => key.purpose === purpose && key.id === id)
  return {
    suite: suiteName,
    hash: suite.hash,
    get signingKeyId() {
      return signing.id
    },
    sign: (bytes) => suite.sign(signing.secret, bytes),
    verify: (keyId, bytes, signature) => {
      const key = byId('signing', keyId)
      return key?.published !== undefined && suites[key.suite].verify(key.published, bytes, signature)
    },
    publicKeys: () =>
      Object.fromEntries(keys.flatMap((key) => (key.published ? [[key.id, key.published]] : []))),
    seal: (plain, context) => sealEnvelope(suite, { id: sealing.id, bytes: rawKey(sealing) }, plain, context),
    open: (sealed, context) =>
      openEnvelope(sealed, context, (id) => {
        const key = byId('sealing', id)
        return key && { suite: suites[key.suite], bytes: rawKey(key) }
      }),
    personKey: (idNumber) =>
      suites[person.suite]
        .hmac(rawKey(person), Buffer.from(idNumber.trim().toUpperCase(), 'utf8'))
        .toString('hex'),
    rotate: (purpose) => {
      const key = add(purpose)
      if (purpose === 'signing') signing = key
      else sealing = key
      return key.id
    },
  }
}

function createKey(purpose: Purpose, suite: Suite, now: Date): Key {
  const id = `${purpose}-${suite.name}-${randomBytes(5).toString('hex')}`
  const common = { id, purpose, suite: suite.name, createdAt: now.toISOString() }
  if (purpose === 'signing') return { ...common, ...suite.createSigningPair() }
  const length = purpose === 'sealing' ? suite.keyBytes : 32
  return { ...common, secret: randomBytes(length).toString('base64') }
}

function rawKey(key: Key): Buffer {
  return Buffer.from(key.secret, 'base64')
}

function readKeys(file: string): Key[] {
  if (!existsSync(file)) return []
  try {
    return ringShape.parse(JSON.parse(readFileSync(file, 'utf8'))).keys
  } catch {
    // The cause would quote the file's contents.
    throw new Error(`the key ring ${file} is damaged: restore it from the backup of the keys`)
  }
}

/** Written beside and renamed, so that a power cut leaves the old ring or the new one, never half of one. */
function writeKeys(folder: string, file: string, keys: readonly Key[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const fresh = `${file}.new`
  writeFileSync(fresh, JSON.stringify({ version: 1, keys }, null, 2), { mode: 0o600, flush: true })
  renameSync(fresh, file)
}
