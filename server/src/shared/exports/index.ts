export { exportsRoutes } from './exports.routes.ts'
export { listForms, purpose } from './exports.schema.ts'
export { createExports, type Exports, type ListOrder } from './exports.service.ts'
export type { ListColumn } from './list-file.ts'
