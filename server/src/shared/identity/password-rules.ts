import type { FieldFault } from '#ground/errors/index.ts'
import type { IdentityPolicy } from './policy.ts'

/** What a longer text costs to hash is no concern, but a body of megabytes is: nobody types more than this. */
export const longestPassword = 128

const classes: readonly RegExp[] = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

/** Beginnings of what is tried first by whoever guesses. */
const guessed = [
  'password',
  'passw0rd',
  'qwerty',
  '12345',
  '54321',
  'abcde',
  'admin',
  'qingfeng',
  '1qaz',
  'iloveyou',
]

/**
 * What is wrong with a new password, in sentences for the user; empty when nothing is. Characters are counted as code
 * points, so that a Chinese character counts as one.
 */
export function passwordFaults(
  password: string,
  username: string,
  policy: Pick<IdentityPolicy, 'minLength' | 'minClasses'>,
): readonly FieldFault[] {
  const length = [...password].length
  const fault = (zh: string, en: string): FieldFault => ({ path: 'body/password', zh, en })
  const used = classes.filter((one) => one.test(password)).length
  const folded = password.normalize('NFKC').toLowerCase()
  const name = username.normalize('NFKC').toLowerCase()
  return [
    ...(length < policy.minLength
      ? [fault(`口令至少 ${policy.minLength} 个字符`, `at least ${policy.minLength} characters`)]
      : []),
    ...(length > longestPassword
      ? [fault(`口令至多 ${longestPassword} 个字符`, `at most ${longestPassword} characters`)]
      : []),
    ...(used < policy.minClasses
      ? [
          fault(
            `须含小写字母、大写字母、数字、其他字符中的至少 ${policy.minClasses} 类`,
            `at least ${policy.minClasses} of lower case, upper case, digits and other characters`,
          ),
        ]
      : []),
    ...(name !== '' && folded.includes(name)
      ? [fault('口令不得包含用户名', 'must not contain the user name')]
      : []),
    ...(guessed.some((word) => folded.includes(word))
      ? [fault('口令含常见弱口令片段', 'contains a piece of a well-known password')]
      : []),
  ]
}
