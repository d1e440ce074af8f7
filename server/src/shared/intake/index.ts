export { intakeRoutes } from './intake.routes.ts'
export { createIntake, type Intake } from './intake.service.ts'
