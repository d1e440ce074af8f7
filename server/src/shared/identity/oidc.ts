import * as client from 'openid-client'
import { z } from 'zod'
import { defineError } from '#ground/errors/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { type Credentials, credentialsBySubject, rolesAt } from './credentials.store.ts'
import { type IdentityDeps, type OidcSettings, productAt } from './identity-deps.ts'
import { currentPolicy } from './policy.ts'
import { type Door, enter, needsSecondFactor } from './sign-in.ts'

export const oidcOff = defineError(
  'identity.oidc_off',
  404,
  '未启用单点登录。',
  'Single sign-on is not configured.',
)
const oidcUnavailable = defineError(
  'identity.oidc_unavailable',
  502,
  '统一认证平台暂时无法使用，请用口令登录或稍后再试。',
  'The identity provider cannot be reached; sign in with your password or try again later.',
  'operational',
)
const oidcRefused = defineError(
  'identity.oidc_refused',
  401,
  '单点登录未完成或已超时，请重新登录。',
  'Single sign-on was not completed or took too long; start again.',
)
const oidcUnknown = defineError(
  'identity.oidc_unknown_account',
  403,
  '统一认证身份尚未对应到本系统账号，请联系系统管理员。',
  'No account here belongs to this identity; ask the system administrator.',
)
const oidcSecondFactor = defineError(
  'identity.oidc_second_factor',
  403,
  '您的账号须使用第二认证因素，而统一认证未作多因素认证，请用口令和动态验证码登录。',
  'Your account needs a second factor and the provider asked for none; sign in with password and code.',
)

/** What is kept in the browser, sealed, while it is at the provider. */
const journeySchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  startedAt: z.number(),
})

const journeyContext = 'identity.oidc'
export const journeyMilliseconds = 10 * 60_000

/** Methods (RFC 8176) that say that the provider asked for more than a password. */
const strongMethods = ['mfa', 'otp', 'hwk', 'swk', 'sc']

const configurations = new WeakMap<OidcSettings, Promise<client.Configuration>>()
const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The provider's description, read once; a failure is not kept, so that the next attempt asks again. */
function configurationOf(settings: OidcSettings): Promise<client.Configuration> {
  const known = configurations.get(settings)
  if (known) return known
  const issuer = new URL(settings.issuer)
  const unencrypted = issuer.protocol === 'http:' && loopback.has(issuer.hostname)
  const execute = [client.enableNonRepudiationChecks, ...(unencrypted ? [client.allowInsecureRequests] : [])]
  const found = client
    .discovery(issuer, settings.clientId, settings.clientSecret, undefined, { execute, timeout: 10 })
    .catch((cause) => {
      configurations.delete(settings)
      throw oidcUnavailable({}, { cause })
    })
  configurations.set(settings, found)
  return found
}

/** Begins single sign-on: where the browser goes, and what it brings back (the cookie's value). */
export async function beginOidc(
  deps: IdentityDeps,
  redirectUri: string,
): Promise<{ location: string; journey: string }> {
  const settings = deps.settings.oidc
  if (!settings) throw oidcOff()
  const configuration = await configurationOf(settings)
  const journey = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    startedAt: deps.clock.now().getTime(),
  }
  const location = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid profile',
    state: journey.state,
    nonce: journey.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(journey.verifier),
    code_challenge_method: 'S256',
  })
  const sealed = deps.keyRing.seal(JSON.stringify(journey), journeyContext).toString('base64url')
  return { location: location.href, journey: sealed }
}

/**
 * Ends single sign-on: checks what came back, finds the account that the claim belongs to and opens its session. No
 * account is ever made here. Returns the session's token.
 */
export async function finishOidc(
  deps: IdentityDeps,
  redirectUri: string,
  query: string,
  journey: string | undefined,
  door: Door,
): Promise<string> {
  const settings = deps.settings.oidc
  if (!settings) throw oidcOff()
  const claims = await claimsOf(deps, settings, `${redirectUri}${query}`, openJourney(deps, journey))
  const subject = claims[settings.claim ?? 'sub']
  const methods = Array.isArray(claims.amr) ? claims.amr : []
  const strong = methods.some((method) => strongMethods.includes(String(method)))
  const found = await deps.database.asCaller(productAt(door.address), async (trx) => {
    const account = typeof subject === 'string' ? await credentialsBySubject(trx, subject) : undefined
    const policy = await currentPolicy(trx)
    const roles = account ? await rolesAt(trx, account.userId, deps.clock.now()) : []
    const fault = faultOf(account, strong, account !== undefined && needsSecondFactor(roles, policy))
    if (fault) {
      const object = account ? { object: { kind: 'account', id: account.userId } } : {}
      const detail = { method: 'oidc', because: fault.code }
      await recordAudit(trx, { action: 'identity.sign_in', ...object, outcome: 'failed', detail })
    }
    return { account, policy, fault }
  })
  if (found.fault) throw found.fault
  const result = await enter(deps, found.account!, found.policy, door, [], 'oidc')
  if (!('token' in result)) throw oidcRefused()
  return result.token
}

function faultOf(account: Credentials | undefined, strong: boolean, needsFactor: boolean) {
  if (account?.state !== 'active') return oidcUnknown()
  return (account.totpConfirmed || needsFactor) && !strong ? oidcSecondFactor() : undefined
}

function openJourney(deps: IdentityDeps, sealed: string | undefined) {
  try {
    const text = deps.keyRing.open(Buffer.from(sealed ?? '', 'base64url'), journeyContext).toString('utf8')
    const journey = journeySchema.parse(JSON.parse(text))
    if (deps.clock.now().getTime() - journey.startedAt <= journeyMilliseconds) return journey
  } catch (cause) {
    throw oidcRefused({}, { cause })
  }
  throw oidcRefused()
}

async function claimsOf(
  deps: IdentityDeps,
  settings: OidcSettings,
  address: string,
  journey: z.infer<typeof journeySchema>,
): Promise<Readonly<Record<string, unknown>>> {
  const configuration = await configurationOf(settings)
  try {
    const tokens = await client.authorizationCodeGrant(configuration, new URL(address), {
      expectedState: journey.state,
      expectedNonce: journey.nonce,
      pkceCodeVerifier: journey.verifier,
      idTokenExpected: true,
    })
    return tokens.claims() ?? {}
  } catch (cause) {
    deps.log.info({ cause: (cause as Error).message }, 'single sign-on refused')
    throw oidcRefused({}, { cause })
  }
}
