export { datasetByName, datasets } from './catalogue.ts'
export { allBlanks, checkedRows, type UncheckedRows } from './checks-sql.ts'
export { type CsvOptions, type StagedCsv, stageCsv } from './csv-load.ts'
export {
  type Bilingual,
  type Column,
  type ColumnCheck,
  type ColumnType,
  choice,
  type Dataset,
  date,
  integer,
  money,
  quantity,
  required,
  text,
} from './dataset.ts'
export { faultReasons, faultSentence, type RowFault } from './faults.ts'
export { readColumns, reasonColumn } from './header.ts'
export { keepTable } from './keep-table.ts'
export {
  type CheckedRecords,
  openRecordChecks,
  type PostedRecord,
  type RecordChecks,
  type RecordFault,
} from './record-checks.ts'
export { type FaultCount, type StagedRows, type StagingOptions, stageRows } from './staging.ts'
export { createTable, sqlType } from './tables.ts'
