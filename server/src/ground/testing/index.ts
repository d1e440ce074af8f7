export { selfSigned } from './self-signed.ts'
export { createTestDatabase, type TestDatabase } from './test-database.ts'
