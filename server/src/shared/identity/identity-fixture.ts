import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openKeyRing } from '#ground/crypto/index.ts'
import { systemCaller } from '#ground/database/index.ts'
import { createHttpServer, type HttpServer } from '#ground/http/index.ts'
import { quietLog } from '#ground/log/index.ts'
import { createTestDatabase, type TestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { ensureRegions, ensureRootOrgan, syncUnits } from '#shared/organisation/index.ts'
import type { Role } from '#shared/permissions/index.ts'
import { insertAccount, type Place, scopeOf } from './accounts.store.ts'
import { createAuthority } from './authority.ts'
import { setPassword } from './credentials.store.ts'
import { insertHolding } from './holdings.store.ts'
import type { IdentityDeps } from './identity-deps.ts'
import { hashPassword } from './password-hash.ts'

export const goodPassword = 'Hai-tang7 kai'

/** A small installation for tests: the provincial organ, two units, a clock that stands still. */
export async function identityFixture(settings: Partial<IdentityDeps['settings']> = {}) {
  const database = await createTestDatabase()
  const clock = fakeClock('2026-11-24T02:00:00Z')
  const dataFolder = mkdtempSync(join(tmpdir(), 'qingfeng-identity-'))
  const deps: IdentityDeps = {
    database,
    clock,
    log: quietLog,
    keyRing: openKeyRing(join(dataFolder, 'keys'), 'default'),
    settings: {
      demo: false,
      organName: '试验省纪委监委',
      dataFolder,
      session: { idleMinutes: 30, absoluteHours: 12, onePerAccount: false },
      ...settings,
    },
  }
  await database.asCaller(systemCaller, async (trx) => {
    await ensureRegions(trx)
    await ensureRootOrgan(trx, '试验省纪委监委')
    const unit = (unit_code: string, region_code: string) => ({
      unit_code,
      unit_name: `单位${unit_code}`,
      region_code,
      valid_from: '2020-01-01',
    })
    await syncUnits(trx, [unit('001', '460100'), unit('002', '460200')])
  })
  return { deps, database, clock, dataFolder, addAccount: accountAdder(database, clock) }
}

function accountAdder(database: TestDatabase, clock: { now(): Date }) {
  /** Adds an account past all forms; returns its id. Roles are in force at once. */
  return async (
    username: string,
    roles: readonly Role[] = [],
    options: { place?: Place; password?: string; mustChange?: boolean } = {},
  ): Promise<string> => {
    const hash = await hashPassword(options.password ?? goodPassword)
    const place = options.place ?? { organCode: 'O46' }
    return database.asCaller(systemCaller, async (trx) => {
      const now = clock.now()
      const account = { username, displayName: `人员${username}`, place }
      const userId = await insertAccount(trx, account, await scopeOf(trx, place), systemCaller.userId, now)
      await setPassword(trx, userId, hash, now, options.mustChange ?? false)
      for (const role of roles) {
        const holding = { userId, role, validFrom: now, validTo: null, reason: 'test' }
        await insertHolding(trx, holding, systemCaller.userId, now, true)
      }
      return userId
    })
  }
}

/** A server with the real authority and the given routes, and somebody who keeps the cookie as a browser does. */
export async function identityServer(deps: IdentityDeps, ...routes: ((server: HttpServer) => void)[]) {
  const server = await createHttpServer({
    log: quietLog,
    authority: createAuthority(deps),
  })
  for (const add of routes) add(server)
  const browser = (remoteAddress = '127.0.0.1') => {
    let cookie: string | undefined
    const send = async (
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      url: string,
      payload?: object,
    ) => {
      const answer = await server.inject({
        method,
        url,
        remoteAddress,
        ...(payload ? { payload } : {}),
        ...(cookie ? { headers: { cookie } } : {}),
      })
      const set = answer.cookies[0] as { name: string; value: string } | undefined
      if (set) cookie = `${set.name}=${set.value}`
      return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json(), answer }
    }
    return {
      send,
      signIn: (username: string, password = goodPassword, code?: string) =>
        send('POST', '/api/v1/session', { username, password, ...(code ? { code } : {}) }),
      get cookie() {
        return cookie
      },
    }
  }
  return { server, browser }
}
