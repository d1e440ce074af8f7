import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { rulesPermissions } from '#shared/rules/index.ts'
import { alertsPermissions } from './alerts.permissions.ts'
import { alertFilter } from './alerts.schema.ts'
import type { Alerts } from './alerts.ts'
import { type BoardPart, boardParts, facetNames, usualParts } from './boards.service.ts'

const figure = z
  .object({
    key: z.string(),
    titleZh: z.string().nullish(),
    titleEn: z.string().nullish(),
    count: z.number().int(),
    amount: z.string(),
    recovered: z.string(),
    /** Query of the alert list that shows the rows of this figure. */
    filter: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AlertFigure' })

const figures = z.array(figure).readonly()
const board = z
  .object(Object.fromEntries(boardParts.map((part) => [part, figures])) as Record<BoardPart, typeof figures>)
  .partial()
  .meta({ id: 'AlertBoard' })
const listOf = <Name extends string>(names: readonly Name[]) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',') : value),
    z.array(z.enum(names)).min(1),
  )

const facet = z.object({ value: z.string(), count: z.number().int(), capped: z.boolean() })
const totals = z
  .object({
    count: z.number().int(),
    amount: z.string(),
    violationAmount: z.string(),
    recoveredAmount: z.string(),
  })
  .meta({ id: 'AlertTotals' })
const precision = z
  .object({
    rule: z.string(),
    month: z.string(),
    raised: z.number().int(),
    confirmed: z.number().int(),
    normal: z.number().int(),
    precision: z.string().nullable(),
  })
  .meta({ id: 'RulePrecision' })
const precisionSoFar = precision.omit({ month: true }).meta({ id: 'RulePrecisionSoFar' })

/** Counts and sums over what the caller sees. */
export function boardsRoutes(http: HttpServer, alerts: Alerts): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const access = { config: { permission: alertsPermissions.read } }
  const documented = (summary: string) => ({ tags: ['alerts'], summary, querystring: alertFilter })
  server.get(
    '/api/v1/alert-board',
    {
      ...access,
      schema: {
        ...documented('A board whose figures lead to their rows'),
        querystring: alertFilter.extend({
          of: listOf(boardParts).default([...usualParts]),
          /** The day by which the trend counts: when alerts were raised, or when what they are about happened. */
          by: z.enum(['raised', 'occurred']).default('raised'),
        }),
        response: { 200: board },
      },
    },
    (request) => {
      const { of, by, ...filter } = request.query
      return alerts.boards.board(callerOf(request), filter, of, by)
    },
  )
  server.get(
    '/api/v1/alert-facets',
    {
      ...access,
      schema: {
        ...documented('How many alerts each choice would leave'),
        querystring: alertFilter.extend({
          of: listOf(facetNames).default(['level', 'state', 'pack', 'age', 'overdue']),
        }),
        response: { 200: z.record(z.string(), z.array(facet).readonly()) },
      },
    },
    (request) => {
      const { of, ...filter } = request.query
      return alerts.boards.facets(callerOf(request), filter, of)
    },
  )
  server.get(
    '/api/v1/alert-totals',
    { ...access, schema: { ...documented('Exact count and sums of a list'), response: { 200: totals } } },
    (request) => alerts.boards.totals(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/alert-precision',
    {
      ...access,
      schema: {
        ...documented('How often each rule was right, by month'),
        response: { 200: z.array(precision).readonly() },
      },
    },
    (request) => alerts.boards.precision(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/rule-precision',
    {
      config: { permission: rulesPermissions.read },
      schema: {
        tags: ['rules'],
        summary: 'How often each rule was right so far',
        response: { 200: z.array(precisionSoFar).readonly() },
      },
    },
    (request) => alerts.boards.precisionSoFar(callerOf(request)),
  )
}
