import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineError } from '#ground/errors/index.ts'
import { quietLog } from '#ground/log/index.ts'
import { type Authority, createHttpServer } from './server.ts'

const caller = { userId: '01900000-0000-7000-8000-000000000001', scope: '46', roles: ['clerk'] }
const refusals: string[] = []
const authority: Authority = {
  authenticate: async (request) => (request.headers['x-who'] ? caller : undefined),
  isPermission: (permission) => ['things.read', 'things.write'].includes(permission),
  may: (_caller, permission) => permission === 'things.read',
  onRefused: async (_caller, permission) => {
    refusals.push(permission)
  },
}
const odd = defineError('test.odd', 409, '第{n}件已办结。', 'Item {n} is closed.')

async function build() {
  const server = await createHttpServer({ log: quietLog, authority })
  const body = z.object({ n: z.number().int() })
  server.get('/open', { config: { permission: 'public' } }, () => ({ ok: true }))
  server.get('/things', { config: { permission: 'things.read' } }, () => ({ ok: true }))
  server.post('/things', { config: { permission: 'things.write' }, schema: { body } }, () => ({ ok: true }))
  server.post('/odd', { config: { permission: 'public' }, schema: { body } }, (request) => {
    throw odd({ n: (request.body as { n: number }).n })
  })
  server.get('/bug', { config: { permission: 'public' } }, () => {
    throw new Error('the password is 1234')
  })
  return server
}

test('a route without a permission, or with an unknown one, stops the start', async () => {
  const server = await createHttpServer({ log: quietLog, authority })
  expect(() => server.get('/naked', () => 'x')).toThrow(/does not declare its permission/)
  expect(() => server.get('/typo', { config: { permission: 'thing.read' } }, () => 'x')).toThrow(
    /not in the table/,
  )
})

test('who is not signed in, or may not, is refused, and the refusal is reported', async () => {
  const server = await build()
  expect((await server.inject('/open')).statusCode).toBe(200)
  expect((await server.inject('/things')).json()).toMatchObject({ status: 401, code: 'http.not_signed_in' })
  expect((await server.inject({ url: '/things', headers: { 'x-who': '1' } })).statusCode).toBe(200)
  const refused = await server.inject({
    method: 'POST',
    url: '/things',
    headers: { 'x-who': '1' },
    payload: { n: 1 },
  })
  expect(refused.json()).toMatchObject({ status: 403, code: 'http.forbidden' })
  expect(refusals).toEqual(['things.write'])
})

test('errors come as problems in both languages with a number, bugs without their message', async () => {
  const server = await build()
  const told = await server.inject({ method: 'POST', url: '/odd', payload: { n: 7 } })
  expect(told.headers['content-type']).toContain('application/problem+json')
  expect(told.json()).toMatchObject({ status: 409, detail: { zh: '第7件已办结。', en: 'Item 7 is closed.' } })
  expect(told.json().number).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
  const field = await server.inject({ method: 'POST', url: '/odd', payload: { n: 'x' } })
  expect(field.json()).toMatchObject({ status: 400, fields: [{ path: 'body/n' }] })
  const bug = await server.inject('/bug')
  expect(bug.statusCode).toBe(500)
  expect(bug.body).not.toContain('1234')
})

test('a page of another site cannot change anything', async () => {
  const server = await build()
  const foreign = { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }
  expect(
    (await server.inject({ method: 'POST', url: '/odd', headers: foreign, payload: { n: 1 } })).json(),
  ).toMatchObject({ code: 'http.foreign_origin' })
})

test('every answer carries the security headers, whatever its status', async () => {
  const server = await build()
  server.get('/elsewhere', { config: { permission: 'public' } }, (_request, reply) => reply.redirect('/open'))
  const signed = { 'x-who': '1' }
  const asked = [
    { url: '/open', status: 200 },
    { url: '/elsewhere', status: 302 },
    { method: 'POST' as const, url: '/odd', payload: { n: 'x' }, status: 400 },
    {
      method: 'POST' as const,
      url: '/odd',
      payload: '{',
      headers: { 'content-type': 'application/json' },
      status: 400,
    },
    { url: '/things', status: 401 },
    { method: 'POST' as const, url: '/things', headers: signed, payload: { n: 1 }, status: 403 },
    { url: '/nowhere', status: 404 },
    { method: 'POST' as const, url: '/odd', payload: { n: 1 }, status: 409 },
    {
      method: 'POST' as const,
      url: '/odd',
      payload: 'x'.repeat(9_000_000),
      headers: { 'content-type': 'application/json' },
      status: 413,
    },
    {
      method: 'POST' as const,
      url: '/odd',
      payload: 'x',
      headers: { 'content-type': 'application/x-odd' },
      status: 400,
    },
    { url: '/bug', status: 500 },
  ]
  for (const { status, ...request } of asked) {
    const { statusCode, headers } = await server.inject(request)
    expect([request.url, statusCode]).toEqual([request.url, status])
    const policy = String(headers['content-security-policy'])
    for (const part of [
      "default-src 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "base-uri 'none'",
    ]) {
      expect(policy, `${request.url} ${status}`).toContain(part)
    }
    expect(policy).not.toContain('unsafe-eval')
    expect(headers, `${request.url} ${status}`).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
      'cache-control': 'no-store',
    })
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers.server).toBeUndefined()
  }
})
