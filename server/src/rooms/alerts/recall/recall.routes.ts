import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { alertsPermissions } from '../alerts.permissions.ts'
import { recallRows, ruleRecall } from './recall.schema.ts'
import type { Recall } from './recall.service.ts'

/** How much of what there was to find each rule found. */
export function recallRoutes(http: HttpServer, recall: Recall): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const read = { config: { permission: alertsPermissions.read_sample } }
  server.get(
    '/api/v1/rule-recall',
    {
      ...read,
      schema: {
        tags: ['rules'],
        summary: 'What each rule found of what is known',
        response: { 200: ruleRecall },
      },
    },
    (request) => recall.byRule(callerOf(request)),
  )
  server.get(
    '/api/v1/rule-recall/:rule',
    {
      ...read,
      schema: {
        tags: ['rules'],
        summary: 'The rows behind a rule’s recall',
        params: z.object({ rule: z.string().max(20) }),
        response: { 200: recallRows },
      },
    },
    (request) => recall.rows(callerOf(request), request.params.rule),
  )
}
