import type { HttpServer } from '#ground/http/index.ts'
import { accountRoutes } from './account.routes.ts'
import { firstRunRoutes } from './first-run.routes.ts'
import { handoverRoutes } from './handover.routes.ts'
import type { IdentityDeps } from './identity-deps.ts'
import { oidcRoutes } from './oidc.routes.ts'
import { policyRoutes } from './policy.routes.ts'
import { roleRoutes } from './role.routes.ts'
import { sessionRoutes } from './session.routes.ts'
import { tokenRoutes } from './token.routes.ts'

/** Every route of identity. */
export function identityRoutes(server: HttpServer, deps: IdentityDeps): void {
  sessionRoutes(server, deps)
  oidcRoutes(server, deps)
  firstRunRoutes(server, deps)
  accountRoutes(server, deps)
  roleRoutes(server, deps)
  handoverRoutes(server, deps)
  tokenRoutes(server, deps)
  policyRoutes(server, deps)
}
