export { callerOfSession, createAuthority, readSession, signedInOf } from './authority.ts'
export {
  createDemoAccounts,
  createDemoStaff,
  type DemoAccount,
  type DemoCaller,
  demoAccounts,
  demoCallers,
} from './demo-accounts.ts'
export { idOfUsername, mobilesOf, namesOf, type PersonName } from './directory.ts'
export { createFirstAdministrators, type FirstPerson, setupCode } from './first-run.ts'
export { identityRoutes } from './identity.routes.ts'
export type { IdentityDeps, OidcSettings } from './identity-deps.ts'
export { moveAccountsOfUnit } from './recoded-unit.ts'
export type { FeedCaller } from './tokens.store.ts'
export type { WorkItem, WorkSource } from './work-source.ts'
