import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { HttpServer } from '#ground/http/index.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** Where `scripts/build-web.ts` puts a face of the product. */
export function builtFace(face: string): string {
  return join(root, 'dist', 'web', face)
}

/**
 * Serves a built face: files under `/assets` never change under their name and may be kept by browsers, every other
 * path is the page itself, which finds its way from the address.
 */
export async function servePages(server: HttpServer, face: string): Promise<void> {
  const folder = builtFace(face)
  if (!existsSync(join(folder, 'index.html'))) return
  await server.register(fastifyStatic, { root: folder, serve: false, cacheControl: false })
  const open = { config: { permission: 'public' }, schema: { hide: true } } as const
  server.get('/assets/*', open, (request, reply) => {
    reply.header('cache-control', 'public, max-age=31536000, immutable')
    return reply.sendFile(`assets/${(request.params as { '*': string })['*']}`)
  })
  server.get('/*', open, (request, reply) => {
    if (request.url.startsWith('/api/')) return reply.callNotFound()
    return reply.sendFile('index.html')
  })
}
