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
  expect(() => readConfig({ HOST: '0.0.0.0', TLS_CERT_FILE: 'a', TLS_KEY_FILE: 'b' })).not.toThrow()
})
