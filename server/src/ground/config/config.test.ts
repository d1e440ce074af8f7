import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

test('an empty environment is a working local installation', () => {
  const config = readConfig({})
  expect(config.http).toMatchObject({ host: '127.0.0.1', consolePort: 8080 })
  expect(config.demo).toBe(false)
})

test('an unusable setting is named, its value is not repeated', () => {
  const wrong = { DATABASE_URL: 'mysql://root:secret@db/x', CONSOLE_PORT: '99999' }
  expect(() => readConfig(wrong)).toThrow(/CONSOLE_PORT[\s\S]*|DATABASE_URL/)
  try {
    readConfig(wrong)
  } catch (error) {
    expect((error as Error).message).toContain('DATABASE_URL')
    expect((error as Error).message).toContain('CONSOLE_PORT')
    expect((error as Error).message).not.toContain('secret')
  }
})

test('the demo refuses an address that others can reach', () => {
  expect(() => readConfig({ HOST: '0.0.0.0', TRUST_PROXY: '10.0.0.1' }, { demo: true })).toThrow(ConfigError)
  expect(() => readConfig({}, { demo: true })).not.toThrow()
})

test('a server open to others without encryption is refused', () => {
  expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow(/TLS_CERT_FILE/)
  expect(() => readConfig({ HOST: '0.0.0.0', TLS_CERT_FILE: 'a' })).toThrow(/TLS_KEY_FILE/)
  const file = import.meta.filename
  expect(() => readConfig({ HOST: '0.0.0.0', TLS_CERT_FILE: 'a', TLS_KEY_FILE: file })).toThrow(
    /TLS_CERT_FILE/,
  )
  expect(() => readConfig({ HOST: '0.0.0.0', TLS_CERT_FILE: file, TLS_KEY_FILE: 'b' })).toThrow(
    /TLS_KEY_FILE/,
  )
  expect(() => readConfig({ HOST: '0.0.0.0', TLS_CERT_FILE: file, TLS_KEY_FILE: file })).not.toThrow()
})

test.each([
  ['DATABASE_URL', 'mysql://x/y'],
  ['DATABASE_APP_URL', 'db'],
  ['WAREHOUSE_URL', 'db'],
  ['WAREHOUSE_MEMORY_MB', '12'],
  ['CONSOLE_PORT', 'eighty'],
  ['PUBLIC_URL', 'console'],
  ['TRUST_PROXY', 'proxy.local'],
  ['TRUST_PROXY', '10.0.0.0/33'],
  ['TRUST_PROXY', '*'],
  ['CRYPTO_SUITE', 'rot13'],
  ['LOG_LEVEL', 'loud'],
  ['ORGAN_NAME', '名'.repeat(61)],
  ['SESSION_IDLE_MINUTES', '-7'],
  ['SESSION_ABSOLUTE_HOURS', '48'],
  ['ONE_SESSION_PER_ACCOUNT', 'maybe'],
  ['OIDC_ISSUER', 'sso.local'],
  ['OIDC_ACCOUNT_CLAIM', 'c'.repeat(61)],
  ['SMS_URL', 'sms.local'],
  ['DROP_MODE', 'some'],
  ['DROP_SETTLE_SECONDS', '1.5'],
])('an unusable %s has one line of its own, in both languages', (name, value) => {
  const refusal = (() => {
    try {
      readConfig({ [name]: value })
    } catch (error) {
      return error as Error
    }
  })()
  expect(refusal).toBeInstanceOf(ConfigError)
  const [, ...lines] = refusal!.message.split('\n')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(new RegExp(`^  ${name}：须为：.+。It must be .+\\.$`))
  expect(lines[0]).not.toContain(value)
})

test('addresses and networks of a proxy are taken', () => {
  expect(readConfig({ TRUST_PROXY: '10.0.0.1, 10.1.0.0/16, ::1' }).http.trustProxy).toEqual([
    '10.0.0.1',
    '10.1.0.0/16',
    '::1',
  ])
})
