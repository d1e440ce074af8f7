export { openDuckdb } from './duckdb-warehouse.ts'
export { type ParsedStatement, parseParameters } from './named-parameters.ts'
export { openPostgresWarehouse } from './postgres-warehouse.ts'
export {
  inSession,
  literal,
  type Parameter,
  quoted,
  type Row,
  TimeLimitError,
  type Warehouse,
  type WarehouseSession,
} from './warehouse.ts'
