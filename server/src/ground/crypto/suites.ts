import { defaultSuite } from './default-suite.ts'
import { gmSuite } from './gm-suite.ts'
import type { Suite, SuiteName } from './suite.ts'

export const suites: Readonly<Record<SuiteName, Suite>> = { default: defaultSuite, gm: gmSuite }

export interface Verifier {
  hash(...parts: readonly Uint8Array[]): Buffer
  verify(keyId: string, bytes: Uint8Array, signature: Uint8Array): boolean
}

/** Verifies with published keys alone, where there is no key ring: for checks on another machine. */
export function verifierOf(suite: SuiteName, publicKeys: Readonly<Record<string, string>>): Verifier {
  return {
    hash: suites[suite].hash,
    verify: (keyId, bytes, signature) => {
      const published = Object.hasOwn(publicKeys, keyId) ? publicKeys[keyId]! : ''
      return Object.values(suites).some((one) => one.verify(published, bytes, signature))
    },
  }
}
