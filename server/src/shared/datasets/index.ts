export { datasetByName, datasets } from './catalogue.ts'
export type { Bilingual, Column, ColumnCheck, ColumnType, Dataset } from './dataset.ts'
export { createTable, sqlType } from './tables.ts'
