import { createHash, createSign, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { identityRoutes } from './identity.routes.ts'
import { identityFixture, identityServer } from './identity-fixture.ts'

/** A provider as the standard describes it, on this machine; what it says of the person can be set. */
async function startProvider(clock: { now(): Date }) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const says = { claims: {} as Record<string, unknown>, forge: false }
  const journeys = new Map<string, { nonce: string; challenge: string }>()
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const idToken = (issuer: string, nonce: string) => {
    const now = Math.floor(clock.now().getTime() / 1000)
    const body = { iss: issuer, aud: 'console', sub: 'p-1', iat: now, exp: now + 300, nonce, ...says.claims }
    const signed = `${part({ alg: 'RS256', kid: 'k' })}.${part(body)}`
    const signature = createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')
    return `${signed}.${says.forge ? signature.replace(/^.{8}/, 'AAAAAAAA') : signature}`
  }
  const server = createServer(async (request, answer) => {
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const json = (body: object, status = 200) =>
      answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.url === '/.well-known/openid-configuration') {
      return json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      })
    }
    if (request.url === '/jwks') {
      return json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] })
    }
    const form = new URLSearchParams(await text(request))
    const journey = journeys.get(form.get('code') ?? '')
    const verifier = form.get('code_verifier') ?? ''
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    if (!journey || journey.challenge !== challenge) return json({ error: 'invalid_grant' }, 400)
    journeys.delete(form.get('code')!)
    return json({ access_token: 'a', token_type: 'Bearer', id_token: idToken(issuer, journey.nonce) })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  /** What the person does at the provider: agrees, and is sent back with a code. */
  const agree = (location: string) => {
    const asked = new URL(location).searchParams
    const code = `c${journeys.size}${Math.random()}`
    journeys.set(code, { nonce: asked.get('nonce')!, challenge: asked.get('code_challenge')! })
    return `/api/v1/oidc/callback?code=${code}&state=${asked.get('state')}`
  }
  return { issuer, says, agree, stop: () => new Promise((done) => server.close(done)) }
}

const clock = { now: () => new Date() }
const provider = await startProvider(clock)
afterAll(() => provider.stop())
const { deps: bare, database, addAccount } = await identityFixture()
const deps = {
  ...bare,
  clock,
  settings: {
    ...bare.settings,
    oidc: { issuer: provider.issuer, clientId: 'console', clientSecret: 's', claim: 'staff_no' },
  },
}
const { server } = await identityServer(deps, (one) => identityRoutes(one, deps))
const link = (userId: string, subject: string) =>
  database.owner('update identity.account set oidc_subject = $2 where user_id = $1', [userId, subject])
const officer = await addAccount('officer', ['conduct_officer'])
await link(officer, 'S-17')
await link(await addAccount('sysadmin', ['system_admin']), 'S-1')

type Tamper = (callback: string) => string

async function signOn(claims: Record<string, unknown>, tamper: Tamper = (address) => address) {
  provider.says.claims = claims
  const start = await server.inject('/api/v1/oidc/start')
  const cookies = Object.fromEntries(start.cookies.map((cookie) => [cookie.name, cookie.value]))
  const url = tamper(provider.agree(start.headers.location as string))
  const back = await server.inject({ url, cookies })
  const session = back.cookies.find((cookie) => cookie.name === 'qingfeng')
  const who = session
    ? (await server.inject({ url: '/api/v1/session', cookies: { qingfeng: session.value } })).json()
    : undefined
  return { location: back.headers.location, who }
}

test('the account that the claim names is signed in, none is ever made', async () => {
  const { location, who } = await signOn({ staff_no: 'S-17' })
  expect(location).toBe('/')
  expect(who).toMatchObject({ signedIn: true, user: { username: 'officer' } })
  const before = await database.owner('select count(*) from identity.account')
  expect(await signOn({ staff_no: 'S-99' })).toEqual({
    location: '/?fault=identity.oidc_unknown_account',
    who: undefined,
  })
  expect(await signOn({})).toMatchObject({ location: '/?fault=identity.oidc_unknown_account' })
  expect(await database.owner('select count(*) from identity.account')).toEqual(before)
})

test('who must have a second factor gets in only if the provider asked for one', async () => {
  expect((await signOn({ staff_no: 'S-1' })).location).toBe('/?fault=identity.oidc_second_factor')
  expect((await signOn({ staff_no: 'S-1', amr: ['pwd', 'otp'] })).who).toMatchObject({ stage: 'full' })
})

test('another state, another nonce, a forged signature or a missing journey lead nowhere', async () => {
  const refused = { location: '/?fault=identity.oidc_refused', who: undefined }
  expect(await signOn({ staff_no: 'S-17' }, (url) => url.replace(/state=.*/, 'state=other'))).toEqual(refused)
  expect(await signOn({ staff_no: 'S-17', nonce: 'other' })).toEqual(refused)
  provider.says.forge = true
  expect(await signOn({ staff_no: 'S-17' })).toEqual(refused)
  provider.says.forge = false
  const lost = await server.inject('/api/v1/oidc/callback?code=x&state=y')
  expect(lost.headers.location).toBe(refused.location)
})

test('a closed account stays closed, and without configuration there is no way in', async () => {
  await database.owner(`update identity.account set state = 'disabled' where user_id = $1`, [officer])
  expect((await signOn({ staff_no: 'S-17' })).location).toBe('/?fault=identity.oidc_unknown_account')
  const plain = await identityServer(bare, (one) => identityRoutes(one, bare))
  const answer = await plain.server.inject('/api/v1/oidc/start')
  expect(answer.headers.location).toBe('/?fault=identity.oidc_off')
})
