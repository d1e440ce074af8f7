import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultSuite } from './default-suite.ts'
import { gmSuite } from './gm-suite.ts'
import { openKeyRing } from './key-ring.ts'
import { verifierOf } from './suites.ts'

const folder = () => join(mkdtempSync(join(tmpdir(), 'qingfeng-keys-')), 'keys')
const bytes = Buffer.from('关于某事的记录')

test('the hashes are those of the standards', () => {
  // FIPS 180-4 and GB/T 32905-2016, example 1: the text "abc".
  expect(defaultSuite.hash(Buffer.from('abc')).toString('hex')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
  expect(gmSuite.hash(Buffer.from('a'), Buffer.from('bc')).toString('hex')).toBe(
    '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
  )
})

test.each(['default', 'gm'] as const)(
  'suite %s: signs and verifies, also with published keys alone',
  (suite) => {
    const ring = openKeyRing(folder(), suite)
    const signature = ring.sign(bytes)
    expect(ring.verify(ring.signingKeyId, bytes, signature)).toBe(true)
    const outside = verifierOf(suite, ring.publicKeys())
    expect(outside.verify(ring.signingKeyId, bytes, signature)).toBe(true)
    expect(outside.verify(ring.signingKeyId, Buffer.from('另一记录'), signature)).toBe(false)
    expect(outside.verify('unknown-key', bytes, signature)).toBe(false)
    expect(outside.verify(ring.signingKeyId, bytes, Buffer.alloc(3))).toBe(false)
    const stranger = openKeyRing(folder(), suite)
    expect(ring.verify(ring.signingKeyId, bytes, stranger.sign(bytes))).toBe(false)
  },
)

test.each(['default', 'gm'] as const)('suite %s: opens only unaltered content in its own place', (suite) => {
  const ring = openKeyRing(folder(), suite)
  const sealed = ring.seal('秘密内容', 'identity.totp:1')
  expect(sealed.includes(Buffer.from('秘密内容'))).toBe(false)
  expect(ring.open(sealed, 'identity.totp:1').toString()).toBe('秘密内容')
  expect(() => ring.open(sealed, 'identity.totp:2')).toThrow()
  for (const place of [0, 5, 60, sealed.length - 1]) {
    const altered = Buffer.from(sealed)
    altered[place]! ^= 1
    expect(() => ring.open(altered, 'identity.totp:1')).toThrow()
  }
  expect(ring.open(ring.seal('', 'empty'), 'empty').toString()).toBe('')
})

test('what an older key made is still good after a rotation and a change of suite', () => {
  const place = folder()
  const first = openKeyRing(place, 'default')
  const sealed = first.seal('x', 'c')
  const signature = first.sign(bytes)
  const oldId = first.signingKeyId
  const person = first.personKey('11010519491231002x')
  expect(first.rotate('signing')).toBe(first.signingKeyId)
  expect(first.signingKeyId).not.toBe(oldId)
  first.rotate('sealing')
  const later = openKeyRing(place, 'gm')
  expect(later.open(sealed, 'c').toString()).toBe('x')
  expect(later.verify(oldId, bytes, signature)).toBe(true)
  expect(later.personKey('11010519491231002X')).toBe(person)
})

test('the keys are readable for their owner only; a damaged ring is told and not replaced', () => {
  const place = folder()
  openKeyRing(place, 'default')
  const file = join(place, 'ring.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(place).mode & 0o777).toBe(0o700)
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 50))
  expect(() => openKeyRing(place, 'default')).toThrow(/damaged/)
})
