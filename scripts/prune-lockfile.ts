/**
 * After `npm install`: takes optional platform packages out of the lockfile that the registry did not have, since
 * `npm ci` refuses a lockfile with edges that lead nowhere. Run it whenever package-lock.json was written anew.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Locked {
  optionalDependencies?: Record<string, string>
}

const file = join(import.meta.dirname, '..', 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Locked> }

/** Whether Node would find `name` from the package at `path`: in its own node_modules or one above. */
function isLocked(path: string, name: string): boolean {
  for (let place = path; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    if (`${place}${place ? '/' : ''}node_modules/${name}` in lock.packages) return true
    if (!place) return false
    if (!place.includes('/node_modules/')) return `node_modules/${name}` in lock.packages
  }
}

let pruned = 0
for (const [path, locked] of Object.entries(lock.packages)) {
  for (const name of Object.keys(locked.optionalDependencies ?? {})) {
    if (path === '' || isLocked(path, name)) continue
    delete locked.optionalDependencies![name]
    pruned += 1
  }
}
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${pruned} optional packages that the registry does not have were taken out of the lockfile`)
