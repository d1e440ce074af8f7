import { readFileSync } from 'node:fs'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { Caller } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import type { Log } from '#ground/log/index.ts'
import { notSignedIn } from './caller.ts'
import { errorHandler, noSuchRoute } from './problem.ts'
import { requireDeclaredAccess } from './route-access.ts'

/** Who somebody is and what he may do: answered by the services above, asked here before every handler. */
export interface Authority {
  /** The caller behind the request's cookie or token, or undefined. Throws for a session that must end. */
  authenticate(request: FastifyRequest): Promise<Caller | undefined>
  isPermission(permission: string): boolean
  /** Also asked for `signed-in`: somebody known may still be no person. */
  may(caller: Caller, permission: string): boolean
  /** Called for every request that is refused for want of a permission, before the answer leaves. */
  onRefused(caller: Caller, permission: string, request: FastifyRequest): Promise<void>
}

export interface HttpOptions {
  readonly log: Log
  readonly authority: Authority
  readonly tls?: { readonly certificateFile: string; readonly keyFile: string } | undefined
  readonly trustProxy?: readonly string[] | undefined
  /** Largest request body in bytes; uploads have limits of their own. */
  readonly bodyLimit?: number
}

export type HttpServer = FastifyInstance

const forbidden = defineError(
  'http.forbidden',
  403,
  '您没有进行此项操作的权限。如工作需要，请向安全管理员申请。',
  'You do not have the permission for this. If your work needs it, ask the security administrator.',
)
const foreignOrigin = defineError(
  'http.foreign_origin',
  403,
  '请求并非来自本系统页面，已拒绝。',
  'The request did not come from a page of this system and was refused.',
)

/** A server with the manners that every listener of the product shares. Routes are added by the house. */
export async function createHttpServer(options: HttpOptions): Promise<HttpServer> {
  const server = fastify({
    logger: false,
    bodyLimit: options.bodyLimit ?? 8 * 1024 * 1024,
    trustProxy: options.trustProxy ? [...options.trustProxy] : false,
    forceCloseConnections: 'idle',
    ...(options.tls
      ? { https: { cert: readFileSync(options.tls.certificateFile), key: readFileSync(options.tls.keyFile) } }
      : {}),
  }).withTypeProvider<ZodTypeProvider>()
  server.setValidatorCompiler(validatorCompiler)
  server.setSerializerCompiler(serializerCompiler)
  server.setErrorHandler(errorHandler(options.log))
  server.setNotFoundHandler(() => {
    throw noSuchRoute()
  })
  server.decorateRequest('caller', undefined)
  requireDeclaredAccess(server, options.authority.isPermission)
  await addSecurityHeaders(server, options.tls !== undefined)
  await server.register(cookie)
  await server.register(compress, { threshold: 2048, encodings: ['gzip', 'identity'] })
  await server.register(multipart, {
    limits: { fileSize: 4 * 1024 ** 3, files: 20, fields: 40, fieldSize: 1_000_000 },
  })
  await server.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Qingfeng 清风', version: '1' } },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  guard(server, options.authority)
  return server as unknown as HttpServer
}

async function addSecurityHeaders(server: FastifyInstance, tls: boolean): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: tls,
    crossOriginEmbedderPolicy: false,
  })
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(self), geolocation=(), microphone=()')
    reply.header('cache-control', 'no-store')
  })
}

function guard(server: FastifyInstance, authority: Authority): void {
  server.addHook('onRequest', async (request) => {
    const permission = request.routeOptions.config.permission
    if (!permission || request.is404) return
    refuseForeignOrigin(request)
    if (permission === 'public') return
    const caller = await authority.authenticate(request)
    if (!caller) throw notSignedIn()
    request.caller = caller
    if (authority.may(caller, permission)) return
    await authority.onRefused(caller, permission, request)
    throw forbidden()
  })
}

/** Browsers say where a request comes from; one that changes something must come from our own pages (CSRF). */
function refuseForeignOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const sameHost = origin === undefined || hostOf(origin) === request.host
  if ((site === undefined || site === 'same-origin' || site === 'none') && sameHost) return
  throw foreignOrigin()
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host
}
