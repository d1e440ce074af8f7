import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { pageOf, pageQuery } from '#ground/paging/index.ts'
import { isCalendarDate } from '#ground/time/index.ts'
import {
  configurationKinds,
  keywordGroupContent,
  proposalInput,
  proposalSchema,
} from './configuration.schema.ts'
import { levels } from './rule.schema.ts'
import { rulesPermissions } from './rules.permissions.ts'
import type { Rules } from './rules.ts'

const proposalId = z.object({ proposalId: z.uuid() })
const reason = z.string().trim().min(2).max(500)

const groupOutcome = z
  .object({
    group: z.string(),
    name: z.object({ zh: z.string(), en: z.string() }),
    outcome: z.enum(['hit', 'cancelled']),
    level: z.enum(levels),
    condition: z.string(),
    words: z.string(),
    stops: z.array(z.object({ group: z.string(), word: z.string() })).readonly(),
  })
  .meta({ id: 'KeywordOutcome' })

/** Changes of the configuration: proposed by one, decided by another; and keywords tried on a line. */
export function proposalsRoutes(http: HttpServer, rules: Rules): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const { configuration } = rules
  server.get(
    '/api/v1/rule-proposals',
    {
      config: { permission: rulesPermissions.read },
      schema: {
        tags: ['rules'],
        summary: 'Proposed changes of rules, newest first',
        querystring: pageQuery.extend({
          state: z.enum(['waiting', 'decided']).optional(),
          kind: z.enum(configurationKinds).optional(),
          object: z.string().max(40).optional(),
        }),
        response: { 200: pageOf(proposalSchema) },
      },
    },
    (request) => configuration.proposals(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/rule-proposals/:proposalId',
    {
      config: { permission: rulesPermissions.read },
      schema: {
        tags: ['rules'],
        summary: 'One proposed change',
        params: proposalId,
        response: { 200: proposalSchema },
      },
    },
    (request) => configuration.proposal(callerOf(request), request.params.proposalId),
  )
  server.post(
    '/api/v1/rule-proposals',
    {
      config: { permission: rulesPermissions.propose },
      schema: {
        tags: ['rules'],
        summary: 'Propose a change; it comes into force by the approval of another person',
        body: proposalInput,
        response: { 201: proposalSchema },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await configuration.propose(callerOf(request), request.body)),
  )
  decisions(http, rules)
  server.post(
    '/api/v1/keyword-groups/try',
    {
      config: { permission: rulesPermissions.read },
      schema: {
        tags: ['rules'],
        summary: 'Which groups an invoice line would hit, and which stop-words cancel them',
        body: z.object({
          itemName: z.string().trim().min(1).max(200),
          sellerName: z.string().trim().max(200).optional(),
          remark: z.string().trim().max(500).optional(),
          taxClassCode: z
            .string()
            .regex(/^\d{1,19}$/)
            .optional(),
          amount: z
            .string()
            .regex(/^\d{1,12}(\.\d{1,2})?$/)
            .optional(),
          issuedOn: z.string().refine(isCalendarDate).optional(),
          /** A group as it would be, in place of what is in force. */
          draft: z.object({ object: z.string().max(40), content: keywordGroupContent }).optional(),
        }),
        response: { 200: z.array(groupOutcome).readonly() },
      },
    },
    (request) => rules.tryLine(request.body),
  )
}

function decisions(http: HttpServer, { configuration }: Rules): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const documented = (summary: string) => ({
    tags: ['rules'],
    summary,
    params: proposalId,
    response: { 200: proposalSchema },
  })
  server.post(
    '/api/v1/rule-proposals/:proposalId/approve',
    {
      config: { permission: rulesPermissions.decide },
      schema: { ...documented('Approve a change'), body: z.object({ reason: reason.optional() }) },
    },
    (request) => configuration.approve(callerOf(request), request.params.proposalId, request.body.reason),
  )
  server.post(
    '/api/v1/rule-proposals/:proposalId/reject',
    {
      config: { permission: rulesPermissions.decide },
      schema: { ...documented('Reject a change'), body: z.object({ reason }) },
    },
    (request) => configuration.reject(callerOf(request), request.params.proposalId, request.body.reason),
  )
  server.post(
    '/api/v1/rule-proposals/:proposalId/withdraw',
    {
      config: { permission: rulesPermissions.propose },
      schema: {
        ...documented('Take back a change that waits'),
        body: z.object({ reason: reason.optional() }),
      },
    },
    (request) => configuration.withdraw(callerOf(request), request.params.proposalId, request.body.reason),
  )
}
