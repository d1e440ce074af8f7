export { dropRoutes } from './drop/drop.routes.ts'
export { createDropFolder, type DropFolder } from './drop/drop-folder.ts'
export { intakeRoutes } from './intake.routes.ts'
export { createIntake, type Intake } from './intake.service.ts'
