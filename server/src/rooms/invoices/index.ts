export { librariesRoutes } from './libraries.routes.ts'
export { createLibraries, type Libraries } from './libraries.service.ts'
