export { callerOf, notSignedIn } from './caller.ts'
export { errorNumber, problemSchema } from './problem.ts'
export { type RouteAccess, routeTable } from './route-access.ts'
export { type Authority, createHttpServer, type HttpOptions, type HttpServer } from './server.ts'
