import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashPassword, isPassword, randomPassword } from './password-hash.ts'
import { passwordFaults } from './password-rules.ts'

const policy = { minLength: 10, minClasses: 3 }
const sentences = (password: string, username = 'someone') =>
  passwordFaults(password, username, policy).map((fault) => fault.en)

test('good and bad passwords', () => {
  expect(sentences('Hai-tang7 kai')).toEqual([])
  expect(sentences('椰风海韵Ab-琼州春晓月')).toEqual([])
  expect(sentences('Short-1')).toEqual(['at least 10 characters'])
  expect(sentences('onlylowercaseletters')).toHaveLength(1)
  expect(sentences('Someone-1234x')).toEqual(['must not contain the user name'])
  expect(sentences('My-Password77')).toEqual(['contains a piece of a well-known password'])
})

const lower = fc.constantFrom(...'bcdfghjkmnp')
const upper = fc.constantFrom(...'BCDFGHJKMNP')
const digit = fc.constantFrom(...'0689')
const other = fc.constantFrom(...'-_ 琼')
const textOf = (...kinds: fc.Arbitrary<string>[]) =>
  fc
    .tuple(...kinds, fc.array(fc.oneof(...kinds), { minLength: 10, maxLength: 40 }))
    .map((parts) => parts.flat().join(''))

test('three classes pass and fewer never do, wherever the characters stand', () => {
  fc.assert(
    fc.property(textOf(lower, upper, digit), (password) => {
      expect(sentences(password)).toEqual([])
    }),
  )
  fc.assert(
    fc.property(fc.oneof(textOf(lower, digit), textOf(upper, other), textOf(lower)), (password) => {
      expect(sentences(password)).not.toEqual([])
    }),
  )
})

test('a password that carries the user name is refused in any case and width', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: lower, minLength: 3, maxLength: 8 }),
      textOf(lower, upper, digit),
      fc.nat(10),
      (username, rest, place) => {
        const password = rest.slice(0, place) + username.toUpperCase() + rest.slice(place)
        expect(sentences(password, username)).toContain('must not contain the user name')
      },
    ),
  )
})

test('no password is longer than can be checked, none shorter than the rules say', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (password) => {
      const length = [...password].length
      if (length < 10 || length > 128) expect(sentences(password)).not.toEqual([])
    }),
  )
})

test('random passwords always meet the strictest rules and never repeat', () => {
  const made = Array.from({ length: 500 }, randomPassword)
  expect(new Set(made).size).toBe(made.length)
  for (const password of made) {
    const faults = passwordFaults(password, 'xitong', { minLength: 16, minClasses: 4 })
    expect(faults.filter((fault) => !fault.en.includes('well-known'))).toEqual([])
  }
})

test('a hash is salted, knows its password and no other; nobody has an absent one', async () => {
  const [one, two] = await Promise.all([hashPassword('Hai-tang7 kai'), hashPassword('Hai-tang7 kai')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(two)
  expect(await isPassword(one, 'Hai-tang7 kai')).toBe(true)
  expect(await isPassword(one, 'Hai-tang7 kaj')).toBe(false)
  expect(await isPassword(undefined, 'Hai-tang7 kai')).toBe(false)
})
