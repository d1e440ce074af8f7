import { expect, test } from 'vitest'
import { auditRoutes } from '#shared/audit/index.ts'
import { idOfUsername, namesOf } from './directory.ts'
import { identityRoutes } from './identity.routes.ts'
import { identityFixture, identityServer } from './identity-fixture.ts'

const { deps, database, addAccount } = await identityFixture()
await database.owner(`update identity.policy set settings = settings || '{"secondFactor":"optional"}'`)
const { browser } = await identityServer(deps, (server) => {
  identityRoutes(server, deps)
  auditRoutes(server, { database, actors: { namesOf, idOf: idOfUsername } })
})
await addAccount('aud', ['audit_admin'])
const security = await addAccount('sec', ['security_admin'])

test('the auditor reads who it was by name, and looks for somebody by the name he signs in with', async () => {
  await browser().signIn('sec')
  const auditor = browser()
  await auditor.signIn('aud')
  const found = async (actor: string) =>
    (await auditor.send('GET', `/api/v1/audit?actor=${actor}`)).body.items
  const byName: { actorId: string; actorName: string | null }[] = await found('sec')
  expect(byName.length).toBeGreaterThan(0)
  expect(new Set(byName.map(({ actorId }) => actorId))).toEqual(new Set([security]))
  const [account] = await database.owner<{ display_name: string }>(
    'select display_name from identity.account where user_id = $1',
    [security],
  )
  expect(byName[0]!.actorName).toBe(account!.display_name)
  expect(await found(security)).toEqual(byName)
  expect(await found('nobody')).toEqual([])
})
