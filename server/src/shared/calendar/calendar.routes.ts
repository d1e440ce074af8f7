import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { calendarPermissions } from './calendar.permissions.ts'
import { calendarYearSchema, correctionInput } from './calendar.schema.ts'
import type { Calendar } from './calendar.service.ts'

/** Reading a year of the working calendar, and correcting a day of it. */
export function calendarRoutes(http: HttpServer, calendar: Calendar): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  server.get(
    '/api/v1/calendar/:year',
    {
      config: { permission: 'signed-in' },
      schema: {
        tags: ['calendar'],
        summary: 'One year of the working calendar, with its corrections',
        params: z.object({ year: z.coerce.number().int().min(1990).max(2100) }),
        response: { 200: calendarYearSchema },
      },
    },
    (request) => calendar.year(callerOf(request), request.params.year),
  )
  server.post(
    '/api/v1/calendar/corrections',
    {
      config: { permission: calendarPermissions.correct },
      schema: {
        tags: ['calendar'],
        summary: 'Correct a day of the working calendar',
        body: correctionInput,
        response: { 201: calendarYearSchema },
      },
    },
    async (request, reply) => reply.status(201).send(await calendar.correct(callerOf(request), request.body)),
  )
}
