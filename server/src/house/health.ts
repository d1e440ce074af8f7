import { sql } from 'kysely'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { systemCaller } from '#ground/database/index.ts'
import type { HttpServer } from '#ground/http/index.ts'
import type { House } from './house.ts'

/**
 * For the machines that watch the machine: alive, ready, figures. They say nothing about persons or cases, and are
 * open only to callers on this machine, since what is busy when can be telling too.
 */
export function healthRoutes(server: HttpServer, house: House): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'qingfeng_http_seconds',
    help: 'time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  const open = { config: { permission: 'public' }, schema: { hide: true } } as const
  server.get('/healthz', open, () => ({ alive: true }))
  server.get('/readyz', open, async (_request, reply) => {
    const ready = await isReady(house)
    return reply.status(ready ? 200 : 503).send({ ready })
  })
  server.get('/metrics', open, async (request, reply) => {
    if (!isLoopback(request.ip)) return reply.callNotFound()
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

async function isReady(house: House): Promise<boolean> {
  try {
    await house.database.asCaller(systemCaller, (trx) => sql`select 1`.execute(trx))
    const session = await house.warehouse.open()
    await session.rows('select 1 as one')
    await session.close()
    return true
  } catch (error) {
    house.log.warn({ cause: (error as Error).message }, 'not ready')
    return false
  }
}

function isLoopback(address: string): boolean {
  return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1'
}
