import { createHash, randomInt } from 'node:crypto'
import { toSVG } from 'bwip-js/node'
import { generateSecret, generateURI, verify } from 'otplib'

const period = 30

export function newTotpSecret(): string {
  return generateSecret({ length: 20 })
}

/**
 * The time step whose code this is (RFC 6238, six digits, 30 s, SHA-1 as every authenticator app has it), one step of
 * clock difference allowed in each direction; undefined for a wrong code.
 */
export async function totpStep(secret: string, code: string, now: Date): Promise<number | undefined> {
  if (!/^\d{6}$/.test(code)) return undefined
  const epoch = Math.floor(now.getTime() / 1000)
  const result = await verify({ secret, token: code, epoch, epochTolerance: period })
  return result.valid ? Math.floor(epoch / period) + result.delta : undefined
}

/** The address that an authenticator app reads from the QR code. */
export function totpUri(secret: string, username: string, issuer: string): string {
  return generateURI({ secret, label: username, issuer })
}

/** The QR code as SVG, drawn here so that the secret goes nowhere else. */
export function qrSvg(text: string): string {
  return toSVG({ bcid: 'qrcode', text, scale: 4 })
}

const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'

/** Ten codes for the day the telephone is lost, each good once; about 49 bits each. */
export function newRecoveryCodes(): readonly string[] {
  const part = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: 10 }, () => `${part()}-${part()}`)
}

export function recoveryHash(code: string): Buffer {
  return createHash('sha256').update(code.trim().toLowerCase()).digest()
}
