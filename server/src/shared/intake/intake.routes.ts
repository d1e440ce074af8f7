import type { MultipartFile } from '@fastify/multipart'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { intakePermissions } from './intake.permissions.ts'
import {
  batchDetailSchema,
  batchPage,
  batchQuery,
  batchSchema,
  datasetSchema,
  refusedSheetSchema,
} from './intake.schema.ts'
import type { Intake } from './intake.service.ts'
import { conflictRoutes } from './invoices/conflict.routes.ts'
import { idempotencyHeader, postedRecords, postedSchema, postMode } from './posting.schema.ts'
import type { SentFile } from './receiving.ts'
import { targets } from './targets.ts'
import { csvTemplate, xlsxTemplate } from './template.ts'

const byId = z.object({ batchId: z.uuid() })
const byName = z.object({ dataset: z.string().max(40) })
const tags = ['intake']
const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** Datasets with their templates; batches: upload and check, decide, undo, refused rows back. */
export function intakeRoutes(http: HttpServer, intake: Intake): void {
  datasetRoutes(http)
  conflictRoutes(http, intake.conflicts)
  const server = http.withTypeProvider<ZodTypeProvider>()
  const read = { permission: intakePermissions.read }
  const load = { permission: intakePermissions.load }
  server.post(
    '/api/v1/intake/:dataset/batches',
    {
      config: { permission: intakePermissions.upload },
      schema: {
        tags,
        summary: 'Upload a file, or several that belong together, and check it',
        consumes: ['multipart/form-data'],
        params: byName,
        response: { 201: batchSchema },
      },
    },
    async (request, reply) => {
      const sent = filesOf(request.files())
      return reply.status(201).send(await intake.check(callerOf(request), request.params.dataset, sent))
    },
  )
  postRoute(http, intake)
  server.get(
    '/api/v1/intake/batches',
    {
      config: read,
      schema: {
        tags,
        summary: 'Batches, newest first',
        querystring: batchQuery,
        response: { 200: batchPage },
      },
    },
    (request) => intake.list(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/intake/batches/:batchId',
    {
      config: read,
      schema: {
        tags,
        summary: 'One batch with its first faults',
        params: byId,
        response: { 200: batchDetailSchema },
      },
    },
    (request) => intake.detail(callerOf(request), request.params.batchId),
  )
  server.get(
    '/api/v1/intake/batches/:batchId/refused',
    {
      config: read,
      schema: {
        tags,
        summary: 'The first refused rows, with what is wrong with each cell',
        params: byId,
        response: { 200: refusedSheetSchema },
      },
    },
    (request) => intake.refusedSheet(callerOf(request), request.params.batchId),
  )
  for (const form of ['csv', 'xlsx'] as const) {
    server.get(
      `/api/v1/intake/batches/:batchId/refused.${form}`,
      { config: read, schema: { tags, summary: 'The refused rows with their reasons', params: byId } },
      async (request, reply) => {
        const rows = await intake.refusedRows(callerOf(request), request.params.batchId, form)
        return reply
          .type(contentTypes[form])
          .header('content-disposition', `attachment; filename="refused.${form}"`)
          .send(rows)
      },
    )
  }
  server.post(
    '/api/v1/intake/batches/:batchId/load',
    {
      config: load,
      schema: {
        tags,
        summary: 'Load a checked batch: all, or good rows only',
        params: byId,
        body: z.object({ mode: z.enum(['all', 'good']) }),
        response: { 200: batchSchema },
      },
    },
    (request) => intake.load(callerOf(request), request.params.batchId, request.body.mode),
  )
  server.post(
    '/api/v1/intake/batches/:batchId/undo',
    {
      config: load,
      schema: {
        tags,
        summary: 'Take a loaded batch out again',
        params: byId,
        response: { 200: batchSchema },
      },
    },
    (request) => intake.undo(callerOf(request), request.params.batchId),
  )
}

function postRoute(http: HttpServer, intake: Intake): void {
  http.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/intake/:dataset/records',
    {
      config: { permission: intakePermissions.post },
      // Five thousand invoices with their lines.
      bodyLimit: 32 * 1024 * 1024,
      schema: {
        tags,
        summary: 'Deliver up to 5,000 records: all or nothing, or the good ones; invoices with their `lines`',
        params: byName,
        headers: idempotencyHeader,
        querystring: postMode,
        body: postedRecords,
        response: { 201: postedSchema, 422: postedSchema },
      },
    },
    async (request, reply) => {
      const { status, answer, replayed } = await intake.post(callerOf(request), request.params.dataset, {
        mode: request.query.mode,
        key: request.headers['idempotency-key'],
        records: request.body.records,
      })
      if (replayed) reply.header('idempotent-replayed', 'true')
      return reply.status(status as 201 | 422).send(answer)
    },
  )
}

function datasetRoutes(http: HttpServer): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const read = { permission: intakePermissions.read }
  server.get(
    '/api/v1/intake/datasets',
    {
      config: read,
      schema: { tags, summary: 'Datasets that can be loaded', response: { 200: z.array(datasetSchema) } },
    },
    () =>
      targets.map(({ name, title, about, forms, layout, source }) => ({
        name,
        title,
        about,
        forms: [...forms],
        countsInvoices: layout !== undefined,
        columns: Object.entries(source.columns).map(
          ([column, { title: named, type, required, choices }]) => ({
            name: column,
            title: named,
            type,
            required,
            choices: Object.values(choices ?? {}),
          }),
        ),
      })),
  )
  for (const form of ['csv', 'xlsx'] as const) {
    server.get(
      `/api/v1/intake/datasets/:dataset/template.${form}`,
      { config: read, schema: { tags, summary: 'A file to be filled in', params: byName } },
      (request, reply) => {
        const { dataset } = request.params
        const template = form === 'csv' ? csvTemplate(dataset) : xlsxTemplate(dataset)
        return reply
          .type(contentTypes[form])
          .header('content-disposition', `attachment; filename="${dataset}.${form}"`)
          .send(template)
      },
    )
  }
}

async function* filesOf(parts: AsyncIterable<MultipartFile>): AsyncGenerator<SentFile> {
  for await (const { filename, file } of parts) yield { name: filename, content: file }
}
