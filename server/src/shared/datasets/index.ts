export { datasetByName, datasets } from './catalogue.ts'
export {
  cleanRows,
  countFaults,
  countStaged,
  faultReport,
  markDuplicates,
  type StagingOptions,
  stageRows,
} from './checks-sql.ts'
export { type LoadedCsv, loadCsv } from './csv-load.ts'
export type { Bilingual, Column, ColumnCheck, ColumnType, Dataset } from './dataset.ts'
export { faultReasons, faultSentence, type RowFault } from './faults.ts'
export { readColumns } from './header.ts'
export { createTable, sqlType } from './tables.ts'
