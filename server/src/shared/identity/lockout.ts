import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { IdentityPolicy } from './policy.ts'

const minute = 60_000
const longestAccountLock = 24 * 60 * minute
const longestAddressWait = 30 * minute
/** Failures are forgotten after this long without another one. */
export const forgetAfter = 24 * 60 * minute

/** How long an account is locked after its n-th failure, in milliseconds; 0 is not at all. */
export function accountLock(
  failures: number,
  policy: Pick<IdentityPolicy, 'accountFailures' | 'accountLockMinutes'>,
): number {
  if (failures < policy.accountFailures) return 0
  const doublings = Math.min(failures - policy.accountFailures, 20)
  return Math.min(policy.accountLockMinutes * minute * 2 ** doublings, longestAccountLock)
}

/** How long an address has to wait after its n-th failure, in milliseconds. */
export function addressWait(failures: number, policy: Pick<IdentityPolicy, 'addressFailures'>): number {
  if (failures < policy.addressFailures) return 0
  const doublings = Math.min(failures - policy.addressFailures, 20)
  return Math.min(1000 * 2 ** doublings, longestAddressWait)
}

export interface AttemptKey {
  readonly kind: 'account' | 'address'
  readonly hash: Buffer
}

/** What an attempt is counted by. An IPv6 customer has a /64 to himself, so that is one address. */
export function attemptKeys(username: string, address: string): readonly AttemptKey[] {
  const name = username.normalize('NFKC').toLowerCase()
  const place =
    isIPv6(address) && !address.includes('.') ? firstHalf(address) : address.replace(/^::ffff:/i, '')
  return [
    { kind: 'account', hash: digest(name) },
    { kind: 'address', hash: digest(place) },
  ]
}

function firstHalf(address: string): string {
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
