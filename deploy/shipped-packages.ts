import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface LockedPackage {
  readonly dev?: boolean
}

/**
 * The folders of all installed packages that are not only for development, outermost ones: a package within another one's
 * folder comes along with it. Packages of other platforms are in the lockfile but not installed.
 */
export function shippedPackages(root: string): readonly string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, LockedPackage>>
  }
  const wanted = Object.entries(packages)
    .filter(([path, { dev }]) => path.startsWith('node_modules/') && !dev)
    .map(([path]) => path)
  const outermost = wanted.filter((path) => path.indexOf('/node_modules/') < 0)
  return outermost.filter((path) => existsSync(join(root, path))).sort()
}
