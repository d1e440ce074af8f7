import type { FastifyInstance, RouteOptions } from 'fastify'

/**
 * What a route asks of its caller. `public`: nobody need be signed in. `signed-in`: any person with an account. Otherwise the name of a
 * permission from the table of permissions.
 */
export type RouteAccess = 'public' | 'signed-in' | (string & {})

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: RouteAccess
  }
}

export interface DeclaredRoute {
  readonly method: string
  readonly url: string
  readonly permission: RouteAccess
}

const tables = new WeakMap<FastifyInstance, DeclaredRoute[]>()

/** Every route with the permission it declares: for the test that walks them and for the contract. */
export function routeTable(server: FastifyInstance): readonly DeclaredRoute[] {
  return tables.get(server) ?? []
}

/** Refuses, at start, a route that does not declare its permission, or declares one that is not in the table. */
export function requireDeclaredAccess(
  server: FastifyInstance,
  isKnown: (permission: string) => boolean,
): void {
  const routes: DeclaredRoute[] = []
  tables.set(server, routes)
  server.addHook('onRoute', (route: RouteOptions) => {
    const permission = route.config?.permission
    const methods = [route.method].flat().filter((method) => method !== 'HEAD')
    for (const method of methods) {
      if (!permission) throw new Error(`${method} ${route.url} does not declare its permission`)
      if (permission !== 'public' && permission !== 'signed-in' && !isKnown(permission)) {
        throw new Error(
          `${method} ${route.url} declares ${permission}, which is not in the table of permissions`,
        )
      }
      routes.push({ method, url: route.url, permission })
    }
  })
}
