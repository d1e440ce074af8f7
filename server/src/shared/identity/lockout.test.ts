import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountLock, addressWait, attemptKeys } from './lockout.ts'

const policy = { accountFailures: 5, accountLockMinutes: 30, addressFailures: 20 }
const minute = 60_000

test('the lock of an account begins at five failures with half an hour and doubles up to a day', () => {
  expect([1, 4, 5, 6, 7, 50].map((failures) => accountLock(failures, policy) / minute)).toEqual([
    0, 0, 30, 60, 120, 1440,
  ])
})

test('the wait of an address begins with a second and doubles up to half an hour', () => {
  expect([19, 20, 21, 25, 99].map((failures) => addressWait(failures, policy) / 1000)).toEqual([
    0, 1, 2, 32, 1800,
  ])
})

test('more failures never mean a shorter wait', () => {
  fc.assert(
    fc.property(fc.nat(200), (failures) => {
      expect(accountLock(failures + 1, policy)).toBeGreaterThanOrEqual(accountLock(failures, policy))
      expect(addressWait(failures + 1, policy)).toBeGreaterThanOrEqual(addressWait(failures, policy))
    }),
  )
})

test('the same name in another writing and the same IPv6 network count together', () => {
  const hashes = (username: string, address: string) =>
    attemptKeys(username, address).map((key) => key.hash.toString('hex'))
  expect(hashes('ＬＩ.ming', '::ffff:10.0.0.1')).toEqual(hashes('li.MING', '10.0.0.1'))
  expect(hashes('a', '2001:db8:1:2::5')).toEqual(hashes('a', '2001:0db8:1:2:ffff::'))
  expect(hashes('a', '2001:db8:1:3::5')).not.toEqual(hashes('a', '2001:db8:1:2::5'))
  expect(hashes('a', '::1')).toEqual(hashes('a', '0:0:0:0:9::'))
})
