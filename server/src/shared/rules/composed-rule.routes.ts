import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { composedRulePermissions } from './composed-rule.permissions.ts'
import {
  composableDataset,
  composedCheck,
  composedContent,
  composedSummary,
  composedVersion,
} from './composed-rule.schema.ts'
import { type ComposedRules, describeComposable } from './composed-rule.service.ts'

const byCode = z.object({ code: z.string().regex(/^ZD\d{2,3}$/) })
const versions = z.array(composedVersion).readonly()
const reasoned = z.object({ reason: z.string().trim().min(4).max(500) })
/** The version that was looked at. */
const version = z.number().int().min(1)
const tags = ['rules']
const base = '/api/v1/composed-rules'

/** Rules composed with the query builder: look, draw up, propose, decide, end. */
export function composedRuleRoutes(http: HttpServer, rules: ComposedRules): void {
  lookingRoutes(http, rules)
  decidingRoutes(http, rules)
  const server = http.withTypeProvider<ZodTypeProvider>()
  const config = { permission: composedRulePermissions.compose }
  server.post(
    `${base}/check`,
    {
      config,
      schema: {
        tags,
        summary: 'Check a draft and run its examples on both engines',
        body: composedContent,
        response: { 200: composedCheck },
      },
    },
    (request) => rules.check(callerOf(request), request.body),
  )
  server.post(
    base,
    {
      config,
      schema: { tags, summary: 'Draw up a new rule', body: composedContent, response: { 201: versions } },
    },
    async (request, reply) => reply.status(201).send(await rules.compose(callerOf(request), request.body)),
  )
  server.put(
    `${base}/:code/draft`,
    {
      config,
      schema: {
        tags,
        summary: 'Write the draft of the next version',
        params: byCode,
        body: composedContent,
        response: { 200: versions },
      },
    },
    (request) => rules.redraft(callerOf(request), request.params.code, request.body),
  )
  server.post(
    `${base}/:code/propose`,
    {
      config,
      schema: {
        tags,
        summary: 'Put the draft on trial and before the approvers',
        params: byCode,
        body: reasoned,
        response: { 200: versions },
      },
    },
    (request) => rules.propose(callerOf(request), request.params.code, request.body.reason),
  )
  server.post(
    `${base}/:code/withdraw`,
    {
      config,
      schema: { tags, summary: 'Take a proposal back', params: byCode, response: { 200: versions } },
    },
    (request) => rules.withdraw(callerOf(request), request.params.code),
  )
}

function lookingRoutes(http: HttpServer, rules: ComposedRules): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const config = { permission: composedRulePermissions.read_composed }
  server.get(
    base,
    {
      config,
      schema: { tags, summary: 'Composed rules', response: { 200: z.array(composedSummary).readonly() } },
    },
    (request) => rules.list(callerOf(request)),
  )
  server.get(
    `${base}/:code`,
    {
      config,
      schema: {
        tags,
        summary: 'Every version of a composed rule',
        params: byCode,
        response: { 200: versions },
      },
    },
    (request) => rules.versions(callerOf(request), request.params.code),
  )
  server.get(
    '/api/v1/composable-datasets',
    {
      config,
      schema: {
        tags,
        summary: 'Datasets over which rules can be composed',
        response: { 200: z.array(composableDataset) },
      },
    },
    () => describeComposable(),
  )
}

function decidingRoutes(http: HttpServer, rules: ComposedRules): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const config = { permission: composedRulePermissions.decide_composed }
  server.post(
    `${base}/:code/approve`,
    {
      config,
      schema: {
        tags,
        summary: 'Put a rule in force',
        params: byCode,
        body: z.object({ version, decision: z.string().trim().max(500).optional() }),
        response: { 200: versions },
      },
    },
    (request) =>
      rules.approve(
        callerOf(request),
        request.params.code,
        request.body.version,
        request.body.decision ?? null,
      ),
  )
  server.post(
    `${base}/:code/reject`,
    {
      config,
      schema: {
        tags,
        summary: 'Refuse a rule',
        params: byCode,
        body: reasoned.extend({ version }),
        response: { 200: versions },
      },
    },
    (request) =>
      rules.reject(callerOf(request), request.params.code, request.body.version, request.body.reason),
  )
  server.post(
    `${base}/:code/end`,
    {
      config,
      schema: {
        tags,
        summary: 'End a rule that is in force',
        params: byCode,
        body: reasoned.extend({ version }),
        response: { 200: versions },
      },
    },
    (request) => rules.end(callerOf(request), request.params.code, request.body.version, request.body.reason),
  )
}
