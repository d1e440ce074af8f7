import { randomBytes, randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** Argon2id with 19 MiB and two passes: the library's defaults, which are OWASP's first recommendation. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Compared against when there is no such account, so that the answer takes as long. No password has this hash. */
const nobody = hash(randomBytes(32), cost)

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost)
}

/** Whether the password has that hash; with an absent hash it takes as long and is false. */
export async function isPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  const good = await verify(stored ?? (await nobody), password.normalize('NFC'))
  return good && stored != null
}

const alphabets = ['abcdefghjkmnpqrstuvwxyz', 'ABCDEFGHJKMNPQRSTUVWXYZ', '23456789', '-+=#%']

/** A random password of 16 characters (more than 80 bits) with every class in it and no look-alikes. */
export function randomPassword(): string {
  const all = alphabets.join('')
  for (;;) {
    const text = Array.from({ length: 16 }, () => all[randomInt(all.length)]).join('')
    if (alphabets.every((alphabet) => [...alphabet].some((character) => text.includes(character))))
      return text
  }
}
