export { type KeyRing, openKeyRing } from './key-ring.ts'
export type { SuiteName } from './suite.ts'
export { type Verifier, verifierOf } from './suites.ts'
