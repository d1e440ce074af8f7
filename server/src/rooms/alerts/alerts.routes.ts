import type { HttpServer } from '#ground/http/index.ts'
import { alertFilesRoutes } from './alert-files.routes.ts'
import type { Alerts } from './alerts.ts'
import { boardsRoutes } from './boards.routes.ts'
import { handlingRoutes } from './handling.routes.ts'
import { readingRoutes } from './reading.routes.ts'
import { unitRoutes } from './unit.routes.ts'
import { viewsRoutes } from './views.routes.ts'

/** Every route of the room. */
export function alertsRoutes(server: HttpServer, alerts: Alerts): void {
  readingRoutes(server, alerts)
  handlingRoutes(server, alerts)
  unitRoutes(server, alerts)
  boardsRoutes(server, alerts)
  viewsRoutes(server, alerts)
  alertFilesRoutes(server, alerts)
}
