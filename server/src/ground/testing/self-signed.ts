import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A value of ASN.1 in DER: tag, length, contents. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const [sequence, set, integer, bits, oid, utf8, utcTime] = [0x30, 0x31, 0x02, 0x03, 0x06, 0x0c, 0x17]
const text = (tag: number, value: string) => der(tag, Buffer.from(value))
const [commonName, ecdsaWithSha256, alternativeName] = ['550403', '2a8648ce3d040302', '551d11'].map((hex) =>
  der(oid, Buffer.from(hex, 'hex')),
) as [Buffer, Buffer, Buffer]

/** A certificate for 127.0.0.1 that signs itself, with its key, as files. For tests of encrypted connections. */
export function selfSigned() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = der(sequence, der(set, der(sequence, commonName, text(utf8, 'qingfeng.test'))))
  const algorithm = der(sequence, ecdsaWithSha256)
  // GeneralName [7], an address.
  const address = der(sequence, der(0x87, Buffer.from([127, 0, 0, 1])))
  const extensions = der(0xa3, der(sequence, der(sequence, alternativeName, der(0x04, address))))
  const content = der(
    sequence,
    der(0xa0, der(integer, Buffer.from([2]))),
    der(integer, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    der(sequence, text(utcTime, '200101000000Z'), text(utcTime, '491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  )
  const signature = createSign('SHA256').update(content).sign(privateKey)
  const whole = der(sequence, content, algorithm, der(bits, Buffer.concat([Buffer.from([0]), signature])))
  const lines = whole.toString('base64').match(/.{1,64}/g)!
  const certificate = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-tls-'))
  const [certificateFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  writeFileSync(certificateFile, certificate)
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  return { certificate, certificateFile, keyFile }
}
