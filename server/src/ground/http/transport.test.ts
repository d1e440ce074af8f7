import { request as plainly } from 'node:http'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { quietLog } from '#ground/log/index.ts'
import { selfSigned } from '#ground/testing/index.ts'
import { type Authority, createHttpServer, type HttpOptions, type HttpServer } from './server.ts'

const authority: Authority = {
  authenticate: async () => undefined,
  isPermission: () => true,
  may: () => false,
  onRefused: async () => {},
}
const servers: HttpServer[] = []
afterAll(() => Promise.all(servers.map((server) => server.close())))

async function serve(options: Partial<HttpOptions>) {
  const server = await createHttpServer({ log: quietLog, authority, ...options })
  servers.push(server)
  server.get('/who', { config: { permission: 'public' } }, ({ ip, protocol }) => ({ ip, protocol }))
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as { port: number }
  return { server, port }
}

interface Heard {
  readonly body: string
  readonly headers: Readonly<Record<string, unknown>>
}

function ask(how: typeof plainly, options: object): Promise<Heard> {
  return new Promise((done, failed) => {
    const asked = how({ host: '127.0.0.1', path: '/who', ...options }, (answer) => {
      text(answer).then((body) => done({ body, headers: answer.headers }), failed)
    })
    asked.once('error', failed)
    asked.end()
  })
}

test('with a certificate the server speaks TLS 1.2 or newer and nothing else, and says that it always will', async () => {
  const { certificate, ...tls } = selfSigned()
  const { port } = await serve({ tls })
  const secure = { port, ca: certificate }
  const { body, headers } = await ask(request, secure)
  expect(JSON.parse(body)).toEqual({ ip: '127.0.0.1', protocol: 'https' })
  expect(headers['strict-transport-security']).toMatch(/^max-age=\d{7,}/)
  await expect(ask(request, { port })).rejects.toThrow(/self-signed/)
  await expect(ask(plainly, { port })).rejects.toThrow()
  await expect(
    ask(request, { ...secure, maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }),
  ).rejects.toThrow()
})

test('without one it does not promise encryption', async () => {
  const { port } = await serve({})
  expect((await ask(plainly, { port })).headers['strict-transport-security']).toBeUndefined()
})

test('where somebody comes from is believed from the named proxy only', async () => {
  const told = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'a.example',
  }
  const from = async (
    trustProxy: readonly string[] | undefined,
    remoteAddress: string,
    headers: object = told,
  ) => {
    const { server } = await serve({ trustProxy })
    return (await server.inject({ url: '/who', remoteAddress, headers: { ...headers } })).json()
  }
  expect(await from(undefined, '10.0.0.5')).toEqual({ ip: '10.0.0.5', protocol: 'http' })
  expect(await from(['10.0.0.5'], '10.0.0.5')).toEqual({ ip: '203.0.113.9', protocol: 'https' })
  expect(await from(['10.0.0.5'], '10.0.0.6')).toEqual({ ip: '10.0.0.6', protocol: 'http' })
  expect(await from(['10.0.0.0/24'], '10.0.0.77')).toMatchObject({ ip: '203.0.113.9' })
  expect(await from(['10.0.0.0/24'], '10.0.1.7')).toMatchObject({ ip: '10.0.1.7' })
  // What stands before the proxy's own addition is the visitor's word, and worth nothing.
  const forged = { 'x-forwarded-for': '127.0.0.1, 203.0.113.9' }
  expect(await from(['10.0.0.5'], '10.0.0.5', forged)).toMatchObject({ ip: '203.0.113.9' })
})
