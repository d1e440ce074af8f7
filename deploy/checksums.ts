import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The lines of `sha256sum` for every regular file below a folder, in the order of their names. */
export function checksums(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file !== 'SHA256SUMS' && lstatSync(join(folder, file)).isFile())
    .sort()
  const lines = files.map(
    (file) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex')}  ${file}`,
  )
  return `${lines.join('\n')}\n`
}
