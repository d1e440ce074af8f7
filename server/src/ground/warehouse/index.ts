export { copyRows } from './copy-rows.ts'
export { openDuckdb } from './duckdb-warehouse.ts'
export { type ParsedStatement, parseParameters } from './named-parameters.ts'
export { openPostgresWarehouse } from './postgres-warehouse.ts'
export { openQuickEngine, type PreparedQuery, type QuickEngine } from './quick-engine.ts'
export {
  inSession,
  literal,
  oneAfterTheOther,
  type Parameter,
  quoted,
  type Row,
  TimeLimitError,
  type Warehouse,
  type WarehouseSession,
} from './warehouse.ts'
