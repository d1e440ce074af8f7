import type { Caller } from '#ground/database/index.ts'
import type { Bilingual } from '#shared/datasets/index.ts'
import type { Role } from './roles.ts'

export interface Permission extends Bilingual {
  /** The roles that have it. Default deny: a role that is not listed may not. */
  readonly roles: readonly Role[]
}

const table = new Map<string, Permission>()

/**
 * Declares a room's permissions, once, as sentences: `definePermissions('alerts', { judge: { zh: '认定预警', en: 'judge
 * alerts', roles: ['conduct_officer'] } })` declares `alerts.judge`. Returns the full names, for the routes.
 */
export function definePermissions<const Declared extends Readonly<Record<string, Permission>>>(
  room: string,
  declared: Declared,
): { readonly [Name in keyof Declared & string]: string } {
  const names = Object.entries(declared).map(([name, permission]) => {
    const full = `${room}.${name}`
    if (table.has(full)) throw new Error(`permission ${full} is declared twice`)
    table.set(full, permission)
    return [name, full]
  })
  return Object.fromEntries(names)
}

/** Whether the permission is in the table. */
export function isPermission(permission: string): boolean {
  return table.has(permission)
}

/** Whether one of the caller's roles has the permission, or `signed-in` is asked of a person. Where the rows lie is the database's matter, not this one's. */
export function may(caller: Pick<Caller, 'roles'>, permission: string): boolean {
  // What every account may do is for people: a machine has a token for its data and nothing else.
  if (permission === 'signed-in') return !caller.roles.includes('feed')
  const holders: readonly string[] = table.get(permission)?.roles ?? []
  return caller.roles.some((role) => holders.includes(role))
}

/** The names of everything the caller may do, sent to the web so that it never computes permissions itself. */
export function permissionsOf(caller: Pick<Caller, 'roles'>): readonly string[] {
  return [...table.keys()].filter((permission) => may(caller, permission)).sort()
}

/** The whole table, for the administration pages and the tests. */
export function permissionTable(): ReadonlyMap<string, Permission> {
  return table
}
