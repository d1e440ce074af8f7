export type { NewSlip, SlipRow } from './slip.store.ts'
export { supervisePermissions } from './supervise.permissions.ts'
export { superviseRoutes } from './supervise.routes.ts'
export { createSupervision, type Supervision } from './supervise.service.ts'
