import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openKeyRing } from '#ground/crypto/index.ts'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { createHttpServer } from '#ground/http/index.ts'
import { quietLog } from '#ground/log/index.ts'
import type { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { isPermission, may } from '#shared/permissions/index.ts'
import { organisationRoutes } from './organisation.routes.ts'
import type { OrganisationDeps } from './organisation-deps.ts'
import { ensureRegions } from './regions.ts'
import type { UnitRow } from './unit-row.schema.ts'
import { syncUnits } from './units.store.ts'

export const unit = (unit_code: string, unit_name: string, region_code: string, more = {}): UnitRow => ({
  unit_code,
  unit_name,
  region_code,
  valid_from: '2020-01-01',
  kind: 'organ',
  ...more,
})

/** The organisation's routes over units of its own, asked as whoever is named. For tests. */
export async function anOrganisation(
  database: Awaited<ReturnType<typeof createTestDatabase>>,
  units: readonly UnitRow[],
  unitRegister?: OrganisationDeps['unitRegister'],
) {
  const clock = fakeClock('2026-11-24T02:00:00Z')
  await database.asCaller(systemCaller, async (trx) => {
    await ensureRegions(trx)
    await syncUnits(trx, units)
  })
  let caller: Caller = systemCaller
  const server = await createHttpServer({
    log: quietLog,
    authority: { authenticate: async () => caller, isPermission, may, onRefused: async () => {} },
  })
  const keys = openKeyRing(mkdtempSync(join(tmpdir(), 'qingfeng-organisation-')), 'default', () =>
    clock.now(),
  )
  const recoded: string[] = []
  organisationRoutes(server, {
    ...{ database, clock, keys, allowDemo: true },
    unitRegister:
      unitRegister ??
      (async (rows) => {
        await database.asCaller(systemCaller, (trx) => syncUnits(trx, rows))
      }),
    onUnitRecoded: async (_trx, from, to) => {
      recoded.push(`${from} → ${to}`)
    },
  })
  const answerOf = async (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) => {
    const answer = await server.inject({ method, url, ...(payload ? { payload } : {}) })
    return { status: answer.statusCode, body: answer.body ? answer.json() : undefined, text: answer.body }
  }
  return {
    server,
    clock,
    keys,
    recoded,
    as: (scope: string, ...roles: string[]) => {
      caller = { userId: '01900000-0000-7000-8000-000000000001', scope, roles }
    },
    get: (url: string) => answerOf('GET', url),
    post: (url: string, payload: object) => answerOf('POST', url, payload),
  }
}
