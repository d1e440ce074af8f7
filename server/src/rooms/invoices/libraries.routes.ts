import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf, type HttpServer } from '#ground/http/index.ts'
import { look, subjectsPermissions, unmasked } from '#rooms/subjects/index.ts'
import { invoicesPermissions as permissions } from './invoices.permissions.ts'
import {
  connection,
  creditCode,
  enterpriseDetail,
  enterprisePage,
  enterpriseQuery,
  invoiceDetail,
  invoiceKey,
  invoicePage,
  invoiceQuery,
} from './libraries.schema.ts'
import type { Libraries } from './libraries.service.ts'

/** The libraries of invoices and of enterprises. */
export function librariesRoutes(http: HttpServer, libraries: Libraries): void {
  invoiceRoutes(http, libraries)
  enterpriseRoutes(http, libraries)
}

function invoiceRoutes(http: HttpServer, libraries: Libraries): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const tags = ['invoices']
  server.get(
    '/api/v1/invoices',
    {
      config: { permission: permissions.read },
      schema: {
        tags,
        summary: 'Invoices to units in sight, newest first',
        querystring: invoiceQuery,
        response: { 200: invoicePage },
      },
    },
    (request) => libraries.invoices(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/invoices/:invoiceCode/:invoiceNo',
    {
      config: { permission: permissions.read },
      schema: {
        tags,
        summary: 'One invoice with its lines, seller, reimbursements and reversals, masked',
        params: invoiceKey,
        response: { 200: invoiceDetail },
      },
    },
    (request) => libraries.invoice(callerOf(request), request.params),
  )
  server.post(
    '/api/v1/invoices/:invoiceCode/:invoiceNo/unmask',
    {
      config: { permission: permissions.unmask },
      schema: {
        tags,
        summary: 'Full names on an invoice, saying why',
        params: invoiceKey,
        body: look,
        response: { 200: unmasked },
      },
    },
    (request) => libraries.unmaskInvoice(callerOf(request), request.params, request.body.reason),
  )
}

function enterpriseRoutes(http: HttpServer, libraries: Libraries): void {
  const server = http.withTypeProvider<ZodTypeProvider>()
  const tags = ['enterprises']
  server.get(
    '/api/v1/enterprises',
    {
      config: { permission: permissions.read },
      schema: {
        tags,
        summary: 'Enterprises as registered now',
        querystring: enterpriseQuery,
        response: { 200: enterprisePage },
      },
    },
    (request) => libraries.enterprises(callerOf(request), request.query),
  )
  server.get(
    '/api/v1/enterprises/:creditCode',
    {
      config: { permission: permissions.read },
      schema: {
        tags,
        summary: 'One enterprise over time, its shareholders and the units that bought from it, masked',
        params: creditCode,
        response: { 200: enterpriseDetail },
      },
    },
    (request) => libraries.enterprise(callerOf(request), request.params.creditCode),
  )
  server.post(
    '/api/v1/enterprises/:creditCode/unmask',
    {
      config: { permission: permissions.unmask },
      schema: {
        tags,
        summary: 'Full names and numbers of those who represent or hold an enterprise, saying why',
        params: creditCode,
        body: look,
        response: { 200: unmasked },
      },
    },
    (request) =>
      libraries.unmaskEnterprise(callerOf(request), request.params.creditCode, request.body.reason),
  )
  server.post(
    '/api/v1/enterprises/:creditCode/connections',
    {
      config: { permission: subjectsPermissions.search },
      schema: {
        tags,
        summary: 'Whom on the watch list an enterprise is connected with, saying why',
        params: creditCode,
        body: look,
        response: { 200: z.array(connection).readonly() },
      },
    },
    (request) => libraries.connections(callerOf(request), request.params.creditCode, request.body.reason),
  )
}
