import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { listeningFault } from '#ground/config/index.ts'
import { createHttpServer, type HttpServer } from '#ground/http/index.ts'
import {
  alertExportRoutes,
  alertsRoutes,
  exceptionRoutes,
  explainRoutes,
  packsRoutes,
  recallRoutes,
  samplingRoutes,
} from '#rooms/alerts/index.ts'
import { fiscalRoutes } from '#rooms/fiscal/index.ts'
import { librariesRoutes } from '#rooms/invoices/index.ts'
import { watchListRoutes } from '#rooms/subjects/index.ts'
import { auditExportRoutes, auditRoutes } from '#shared/audit/index.ts'
import { calendarRoutes } from '#shared/calendar/index.ts'
import { exportsRoutes } from '#shared/exports/index.ts'
import { filesRoutes } from '#shared/files/index.ts'
import { createAuthority, identityRoutes, idOfUsername, namesOf } from '#shared/identity/index.ts'
import { dropRoutes, intakeRoutes } from '#shared/intake/index.ts'
import { noticesRoutes } from '#shared/notices/index.ts'
import { organisationRoutes } from '#shared/organisation/index.ts'
import { composedRuleRoutes, proposalsRoutes, replayRoutes, rulesRoutes } from '#shared/rules/index.ts'
import { slipFilesRoutes, superviseRoutes } from '#shared/supervise/index.ts'
import { apiDocsRoutes } from './api-docs.ts'
import { healthRoutes } from './health.ts'
import type { House } from './house.ts'
import { askForDraw } from './rule-quality.ts'
import { ruleRunsRoutes } from './rule-runs.routes.ts'
import { servePages } from './web-pages.ts'

export interface Listener {
  readonly address: string
  close(): Promise<void>
}

/** The console's server with every route of every room, not yet listening: the contract is made from it. */
export async function buildConsole(house: House): Promise<HttpServer> {
  const { identity } = house
  const server = await createHttpServer({
    log: house.log,
    authority: createAuthority(identity),
    tls: house.config.http.tls as { certificateFile: string; keyFile: string } | undefined,
    trustProxy: house.config.http.trustProxy,
  })
  server.withTypeProvider<ZodTypeProvider>()
  healthRoutes(server, house)
  identityRoutes(server, identity)
  organisationRoutes(server, house.organisation)
  auditRoutes(server, { database: house.database, actors: { namesOf, idOf: idOfUsername } })
  auditExportRoutes(server, {
    database: house.database,
    clock: house.clock,
    seal: house.sealAudit,
    publicKeys: house.keys.publicKeys,
  })
  calendarRoutes(server, house.calendar)
  filesRoutes(server, house.files)
  exportsRoutes(server, house.exports)
  intakeRoutes(server, house.intake)
  dropRoutes(server, house.drop)
  noticesRoutes(server, house)
  rulesRoutes(server, house.rules)
  proposalsRoutes(server, house.rules)
  ruleRunsRoutes(server, house)
  replayRoutes(server, house.replays)
  composedRuleRoutes(server, house.composedRules)
  superviseRoutes(server, house.supervision)
  slipFilesRoutes(server, house)
  fiscalRoutes(server, house.fiscal)
  alertsRoutes(server, house.alerts)
  watchListRoutes(server, house.watchList)
  librariesRoutes(server, house.libraries)
  explainRoutes(server, house.explaining)
  exceptionRoutes(server, house.exceptions)
  alertExportRoutes(server, house.alertExports)
  packsRoutes(server, house.policies)
  samplingRoutes(server, house.sampling, askForDraw(house.jobs))
  recallRoutes(server, house.recall)
  apiDocsRoutes(server, house.config.demo)
  return server
}

/** Serves the console: its pages and its interface. */
export async function openConsole(house: House): Promise<Listener> {
  const server = await buildConsole(house)
  await servePages(server, 'console')
  const { host, consolePort } = house.config.http
  const address = await server.listen({ host, port: consolePort }).catch((error: unknown) => {
    throw listeningFault(error, host, consolePort)
  })
  return { address, close: () => server.close() }
}
