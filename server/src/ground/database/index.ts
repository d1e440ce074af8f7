export { asProduct, asProductEverywhere } from './as-product.ts'
export {
  type Caller,
  type Connection,
  connectDatabase,
  type Database,
  openDatabase,
  prepare,
  systemCaller,
  type Trx,
} from './database.ts'
export { type EmbeddedServer, removeEmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
export { findMigrations, type Migration, migrate } from './migrate.ts'
export { checkApplication, checkOwner, checkReachable } from './outside-server.ts'
export type { DB } from './tables.generated.ts'
