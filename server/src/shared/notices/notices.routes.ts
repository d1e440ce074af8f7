import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { pageQuery } from '#ground/paging/index.ts'
import { noticeSchema } from './notices.schema.ts'
import type { Bell } from './notices.service.ts'
import type { ChangeStream } from './stream.ts'

/** A stream is cut after this time and the browser asks again: whoever may no longer listen is refused then. */
const longestStream = 50_000
const heartbeat = 20_000

export interface NoticesDependencies {
  readonly bell: Bell
  readonly stream: ChangeStream
}

/** The bell: one's own notices, and the stream that says when something changed. */
export function noticesRoutes(http: HttpServer, { bell, stream }: NoticesDependencies): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  server.get(
    '/api/v1/notices',
    {
      config: { permission: 'signed-in' },
      schema: {
        tags: ['notices'],
        summary: "The caller's notices, newest first, and how many are unread",
        querystring: pageQuery.extend({ unread: z.stringbool().optional() }),
        response: {
          200: z.object({
            items: z.array(noticeSchema),
            next: z.string().nullable(),
            unread: z.number().int(),
          }),
        },
      },
    },
    (request) => bell.list(callerOf(request), request.query),
  )
  server.post(
    '/api/v1/notices/read',
    {
      config: { permission: 'signed-in' },
      schema: {
        tags: ['notices'],
        summary: 'Mark notices read: those named, or all',
        body: z.object({ noticeIds: z.array(z.uuid()).max(500).optional() }),
        response: { 200: z.object({ unread: z.number().int() }) },
      },
    },
    (request) => bell.read(callerOf(request), request.body.noticeIds),
  )
  streamRoute(http, stream)
}

function streamRoute(http: HttpServer, stream: ChangeStream): void {
  http.get(
    '/api/v1/stream',
    {
      config: { permission: 'signed-in' },
      schema: {
        tags: ['notices'],
        summary: 'Server-sent events: something changed (topic and readable ids)',
      },
    },
    (request, reply) => {
      const caller = callerOf(request)
      reply.hijack()
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
      })
      reply.raw.write('retry: 1000\nevent: hello\ndata: {}\n\n')
      const close = stream.open(caller, (event) => {
        reply.raw.write(`event: ${event.topic}\ndata: ${JSON.stringify({ ids: event.ids })}\n\n`)
      })
      const beat = setInterval(() => reply.raw.write(':\n\n'), heartbeat)
      const cut = setTimeout(() => reply.raw.end(), longestStream)
      reply.raw.on('close', () => {
        clearInterval(beat)
        clearTimeout(cut)
        close()
      })
    },
  )
}
