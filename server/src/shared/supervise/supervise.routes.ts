import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { pageQuery } from '#ground/paging/index.ts'
import { attachmentSchema } from '#shared/files/index.ts'
import { type SlipAction, slipStates } from './slip.rules.ts'
import { supervisePermissions } from './supervise.permissions.ts'
import type { Supervision } from './supervise.service.ts'

const slipSchema = z
  .object({
    slipId: z.string(),
    number: z.string(),
    room: z.string(),
    subjectId: z.string(),
    subjectTitle: z.string(),
    link: z.string(),
    orgPath: z.string(),
    demand: z.string(),
    state: z.enum(slipStates),
    termDays: z.number().int(),
    issuedOn: z.string(),
    dueOn: z.string(),
    overdue: z.boolean(),
    rung: z.number().int(),
    reply: z.string().nullable(),
    replyFiles: z.array(z.string()),
    version: z.number().int(),
  })
  .meta({ id: 'SupervisionSlip' })

const slipDetail = slipSchema
  .extend({
    events: z.array(z.object({ at: z.string(), kind: z.string(), note: z.string().nullable() })),
    attachments: z.array(attachmentSchema),
  })
  .meta({ id: 'SupervisionSlipDetail' })

const answer = z.object({
  text: z.string().trim().min(2).max(4000),
  files: z.array(z.uuid()).max(20).default([]),
})

const stepRoutes: readonly (readonly [SlipAction, string, string, string])[] = [
  ['reply', 'reply', 'Answer a slip', supervisePermissions.reply],
  ['send_back', 'send-back', 'Send an answer back for more', supervisePermissions.decide],
  ['accept', 'accept', 'Accept an answer and close the slip', supervisePermissions.decide],
  ['withdraw', 'withdraw', 'Withdraw a slip', supervisePermissions.decide],
]

/** Supervision slips (督办单) of every room. */
export function superviseRoutes(http: HttpServer, supervision: Supervision): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  server.get(
    '/api/v1/supervision',
    {
      config: { permission: supervisePermissions.read },
      schema: {
        tags: ['supervision'],
        summary: 'Slips in sight, newest first',
        querystring: pageQuery.extend({
          state: z.enum(slipStates).optional(),
          room: z.string().max(20).optional(),
          subjectId: z.string().max(60).optional(),
          overdue: z.stringbool().optional(),
        }),
        response: { 200: z.object({ items: z.array(slipSchema), next: z.string().nullable() }) },
      },
    },
    (request) => supervision.list(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/supervision/:slipId',
    {
      config: { permission: supervisePermissions.read },
      schema: {
        tags: ['supervision'],
        summary: 'One slip with its story',
        params: z.object({ slipId: z.uuid() }),
        response: { 200: slipDetail },
      },
    },
    (request) => supervision.detail(callerOf(request), request.params.slipId) as never,
  )
  for (const [action, path, summary, permission] of stepRoutes) {
    server.post(
      `/api/v1/supervision/:slipId/${path}`,
      {
        config: { permission },
        schema: {
          tags: ['supervision'],
          summary,
          params: z.object({ slipId: z.uuid() }),
          body: answer,
          response: { 200: slipSchema },
        },
      },
      (request) => supervision.step(callerOf(request), request.params.slipId, action, request.body),
    )
  }
}
