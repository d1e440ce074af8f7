export { fiscalRoutes } from './fiscal.routes.ts'
export { createFiscal, type Fiscal } from './fiscal.ts'
export { requestWork } from './open-work.ts'
