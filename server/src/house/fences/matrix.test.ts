import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { routeTable } from '#ground/http/index.ts'
import { callers } from './callers.ts'
import { fenceTable } from './fence-table.ts'
import { mayCall, runMatrix } from './matrix.ts'
import { arrangeMatters, type Matters } from './matters.ts'
import { type FenceWorld, openWorld } from './world.ts'

let world: FenceWorld
let matters: Matters

beforeAll(async () => {
  world = await openWorld(inject('postgresSocket'))
  matters = await arrangeMatters(world)
})
afterAll(() => world?.close())

const nobody = callers.find(({ role }) => role === 'nobody')!

test('every route stands in the matrix, and nothing else does', () => {
  const routes = routeTable(world.server).map(({ method, url }) => `${method} ${url}`)
  const missing = routes.filter((route) => !fenceTable[route])
  const gone = Object.keys(fenceTable).filter((route) => !routes.includes(route))
  const help = missing.map(
    (route) => `  '${route}': { may: [/* roles */], asks: once('${route.split(' ')[1]}') },`,
  )
  expect(
    missing,
    `add to a *.fence.ts in server/src/house/fences (see CONTRIBUTING.md):\n${help.join('\n')}`,
  ).toEqual([])
  expect(gone, 'routes that are no longer there').toEqual([])
})

test('every route says who may use it as the design does', () => {
  for (const { method, url, permission } of routeTable(world.server)) {
    const { may } = fenceTable[`${method} ${url}`] ?? {}
    const open = permission === 'public' || permission === 'signed-in'
    expect([url, typeof may === 'string' ? may : 'roles']).toEqual([url, open ? permission : 'roles'])
  }
})

test('a page of another site changes nothing, whoever is signed in', async () => {
  const foreign = { origin: 'http://elsewhere.example', 'sec-fetch-site': 'cross-site' }
  for (const [route, entry] of Object.entries(fenceTable)) {
    const [method, url] = route.split(' ') as [string, string]
    if (method === 'GET') continue
    for (const caller of [nobody, ...callers.filter((one) => mayCall(entry, one)).slice(0, 2)]) {
      const answer = await world.ask(caller, method, url, {}, foreign)
      expect([route, answer.status, (answer.body as { code?: string }).code]).toEqual([
        route,
        403,
        'http.foreign_origin',
      ])
    }
  }
})

test('everybody gets what he may see from every route, and nothing else', async () => {
  const before = await contents()
  const started = performance.now()
  const { cells, wrong } = await runMatrix(world, matters, fenceTable)
  const routes = Object.keys(fenceTable).length
  process.stdout.write(
    `no-leak matrix: ${routes} routes × ${callers.length} callers, ${cells} cells, ${Math.round((performance.now() - started) / 1000)} s\n`,
  )
  expect(wrong.slice(0, 40)).toEqual([])
  expect(cells).toBeGreaterThan(15_000)
  expect(await contents(), 'looking and being refused changed something').toEqual(before)
}, 300_000)

/** What stands in the tables of business, to be compared before and after. */
async function contents(): Promise<unknown> {
  const digests: [string, unknown][] = []
  for (const table of [
    'alerts.alert',
    'alerts.unit_item',
    'alerts.event',
    'alerts.clue',
    'supervise.slip',
    'notices.notice',
    'identity.account',
    'identity.role_holding',
    'identity.api_token',
    'identity.handover',
    'organisation.organ',
    'organisation.person',
    'organisation.post',
    'organisation.post_holding',
    'organisation.unit_change',
    'intake.batch',
    'intake.invoice_conflict',
    'intake.dropped_file',
  ]) {
    const rows = await world.database.superuser(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${table} t`,
    )
    digests.push([table, rows[0]])
  }
  return digests
}
