/** Builds the faces of the product into `dist/web`, unless nothing changed since the last time: `npm run build:web`. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const stamp = join(root, 'dist/web/.built')
const faces = ['console']

function sourceHash(): string {
  const hash = createHash('sha256')
  const files = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' }).sort()
  for (const file of ['../package-lock.json', ...files]) {
    const path = join(root, 'web', file)
    if (statSync(path).isFile()) hash.update(file).update(readFileSync(path))
  }
  return hash.digest('hex')
}

const wanted = sourceHash()
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  for (const face of faces) {
    const built = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/vite/bin/vite.js'),
        'build',
        '--config',
        `web/vite.${face}.config.ts`,
        '--logLevel',
        'warn',
      ],
      { cwd: root, stdio: 'inherit' },
    )
    if (built.status !== 0) process.exit(1)
  }
  mkdirSync(join(root, 'dist/web'), { recursive: true })
  writeFileSync(stamp, wanted)
}
