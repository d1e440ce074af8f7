import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { alertsPermissions } from './alerts.permissions.ts'
import type { AlertAction } from './alerts.rules.ts'
import { fileIds, judgement, note, yuan } from './alerts.schema.ts'
import type { Alerts } from './alerts.ts'

const byId = z.object({ alertId: z.uuid() })
const many = z.object({ alertIds: z.array(z.uuid()).min(1).max(1000) })
const written = z.object({ note, files: fileIds, version: z.number().int().optional() })
const done = z.object({ done: z.number().int() })

/** Steps on many alerts at once: all of them, or none. */
const bulkSteps = [
  ['dispatch', 'Dispatch alerts to their units', many.extend({ note: note.optional() })],
  ['hold', 'Hold alerts back from dispatch, with a reason', many.extend({ note })],
  ['release', 'Release held alerts', many.extend({ note: note.optional() })],
] as const

/** Steps on one alert with a written reason that goes to its story. */
const writtenSteps = [
  ['send_back', 'send-back', 'Ask the unit for a better explanation', 'dispatch'],
  ['reject_rectification', 'reject-rectification', 'Ask for more rectification', 'judge'],
  ['reopen', 'reopen', 'Open a closed alert again', 'reopen'],
] as const satisfies readonly (readonly [AlertAction, string, string, keyof typeof alertsPermissions])[]

/** The office's steps of the loop. */
export function handlingRoutes(http: HttpServer, alerts: Alerts): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  for (const [action, summary, body] of bulkSteps) {
    server.post(
      `/api/v1/alerts/${action}`,
      {
        config: { permission: alertsPermissions.dispatch },
        schema: { tags: ['alerts'], summary, body, response: { 200: done } },
      },
      async (request) => {
        const input = request.body
        const changes = action === 'hold' ? { heldReason: input.note ?? null } : {}
        const step = { action, note: input.note ?? null, changes }
        return { done: (await alerts.handling.take(callerOf(request), input.alertIds, step)).length }
      },
    )
  }
  for (const [action, path, summary, permission] of writtenSteps) {
    server.post(
      `/api/v1/alerts/:alertId/${path}`,
      {
        config: { permission: alertsPermissions[permission] },
        schema: { tags: ['alerts'], summary, params: byId, body: written, response: { 200: done } },
      },
      async (request) => {
        const step = { action, ...request.body, changes: action === 'reopen' ? { reopens: true } : {} }
        return {
          done: (await alerts.handling.take(callerOf(request), [request.params.alertId], step)).length,
        }
      },
    )
  }
  judgingRoutes(http, alerts)
  clueRoutes(http, alerts)
}

function clueRoutes(http: HttpServer, alerts: Alerts): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const reason = z.object({ reason: note })
  server.post(
    '/api/v1/alerts/:alertId/hand-on',
    {
      config: { permission: alertsPermissions.hand_on },
      schema: {
        tags: ['alerts'],
        summary: 'Hand an alert on as a clue; the unit notices nothing',
        params: byId,
        body: reason,
        response: { 200: z.object({ number: z.string() }) },
      },
    },
    (request) => alerts.clues.handOn(callerOf(request), request.params.alertId, request.body.reason),
  )
  server.post(
    '/api/v1/alerts/:alertId/take-back',
    {
      config: { permission: alertsPermissions.take_back },
      schema: {
        tags: ['alerts'],
        summary: 'Give a clue back to the office',
        params: byId,
        body: reason,
        response: { 200: done },
      },
    },
    async (request) => {
      await alerts.clues.takeBack(callerOf(request), request.params.alertId, request.body.reason)
      return { done: 1 }
    },
  )
}

function judgingRoutes(http: HttpServer, alerts: Alerts): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  server.post(
    '/api/v1/alerts/:alertId/judge',
    {
      config: { permission: alertsPermissions.judge },
      schema: {
        tags: ['alerts'],
        summary: 'Judge an alert: normal, irregular, violation or doubtful',
        params: byId,
        body: judgement,
        response: { 200: done },
      },
    },
    async (request) => {
      await alerts.judging.judge(callerOf(request), request.params.alertId, request.body)
      return { done: 1 }
    },
  )
  server.post(
    '/api/v1/alerts/:alertId/close',
    {
      config: { permission: alertsPermissions.judge },
      schema: {
        tags: ['alerts'],
        summary: 'Confirm the rectification and close',
        params: byId,
        body: z.object({ note, recoveredAmount: yuan.optional(), version: z.number().int().optional() }),
        response: { 200: done },
      },
    },
    async (request) => {
      await alerts.judging.close(callerOf(request), request.params.alertId, request.body)
      return { done: 1 }
    },
  )
}
