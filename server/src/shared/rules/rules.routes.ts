import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { pageOf, pageQuery } from '#ground/paging/index.ts'
import {
  configuredObjectSchema,
  distributionSchema,
  ruleDetailSchema,
  ruleRowSchema,
  trialHitSchema,
} from './rule-page.schema.ts'
import { noThreshold } from './rules.errors.ts'
import { rulesPermissions } from './rules.permissions.ts'
import type { Rules } from './rules.ts'

const code = z.object({ code: z.string().regex(/^[A-Z]{1,3}\d{2}$/) })

/** Rules as people see them: what they say, how they are configured, and how they went. */
export function rulesRoutes(http: HttpServer, rules: Rules): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const read = { config: { permission: rulesPermissions.read } }
  server.get(
    '/api/v1/rules',
    {
      ...read,
      schema: {
        tags: ['rules'],
        summary: 'Every rule with its configuration and its last run',
        response: { 200: z.array(ruleRowSchema) },
      },
    },
    (request) => rules.pages.list(callerOf(request)),
  )
  server.get(
    '/api/v1/rules/:code',
    {
      ...read,
      schema: {
        tags: ['rules'],
        summary: 'One rule with basis, text, parameters, examples, versions and runs',
        params: code,
        response: { 200: ruleDetailSchema },
      },
    },
    (request) => rules.pages.detail(callerOf(request), request.params.code),
  )
  server.get(
    '/api/v1/rules/:code/trial-hits',
    {
      config: { permission: rulesPermissions.read_trial_hits },
      schema: {
        tags: ['rules'],
        summary: 'What a rule found on trial; no alert was raised of it',
        params: code,
        querystring: pageQuery,
        response: { 200: pageOf(trialHitSchema) },
      },
    },
    (request) => rules.pages.trialHits(callerOf(request), request.params.code, request.query),
  )
  server.get(
    '/api/v1/rules/:code/distribution',
    {
      ...read,
      schema: {
        tags: ['rules'],
        summary:
          "The past year's amounts about the rule's main threshold, and the hits that others would give",
        params: code,
        response: { 200: distributionSchema },
      },
    },
    async (request) => {
      const found = await rules.pages.distribution(callerOf(request), request.params.code)
      if (!found) throw noThreshold({ code: request.params.code })
      return found
    },
  )
  for (const [path, kind, summary] of [
    ['keyword-groups', 'keyword_group', 'Keyword groups with their versions'],
    ['decision-tables', 'grading', 'How hits become a level, for each pack, with the versions'],
  ] as const) {
    server.get(
      `/api/v1/${path}`,
      { ...read, schema: { tags: ['rules'], summary, response: { 200: z.array(configuredObjectSchema) } } },
      (request) => rules.pages.objects(callerOf(request), kind),
    )
  }
}
