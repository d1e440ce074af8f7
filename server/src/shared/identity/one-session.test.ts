import { expect, test } from 'vitest'
import { identityFixture, identityServer } from './identity-fixture.ts'
import { sessionRoutes } from './session.routes.ts'

async function installation(onePerAccount: boolean) {
  const session = { idleMinutes: 30, absoluteHours: 12, onePerAccount }
  const { deps, database, addAccount } = await identityFixture({ session })
  const { browser } = await identityServer(deps, (server) => {
    sessionRoutes(server, deps)
    server.get('/work', { config: { permission: 'signed-in' } }, () => ({ ok: true }))
  })
  await addAccount('li.ming', ['conduct_officer'])
  await addAccount('zhao.yi', ['conduct_officer'])
  return { database, browser }
}

test('where an account has one session, a second sign-in ends the first at once and nobody else’s', async () => {
  const { database, browser } = await installation(true)
  const [office, home, colleague] = [browser('10.0.0.1'), browser('10.0.0.2'), browser('10.0.0.3')]
  await office.signIn('li.ming')
  await colleague.signIn('zhao.yi')
  expect((await office.send('GET', '/work')).status).toBe(200)
  expect((await home.signIn('li.ming', 'wrong')).status).toBe(401)
  // A failed attempt throws nobody out.
  expect((await office.send('GET', '/work')).status).toBe(200)
  expect((await home.signIn('li.ming')).status).toBe(200)
  expect((await office.send('GET', '/work')).status).toBe(401)
  expect((await home.send('GET', '/work')).status).toBe(200)
  expect((await colleague.send('GET', '/work')).status).toBe(200)
  expect(
    await database.owner(`select address, ended_because from identity.session s join identity.account using (user_id)
      where username = 'li.ming' order by s.started_at, s.ended_at nulls last`),
  ).toEqual([
    { address: '10.0.0.1', ended_because: 'another_sign_in' },
    { address: '10.0.0.2', ended_because: null },
  ])
})

test('two who sign in at once do not both stay', async () => {
  const { browser } = await installation(true)
  const pages = Array.from({ length: 6 }, (_, index) => browser(`10.1.0.${index}`))
  await Promise.all(pages.map((page) => page.signIn('li.ming')))
  const statuses = await Promise.all(pages.map(async (page) => (await page.send('GET', '/work')).status))
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
})

test('otherwise both stay', async () => {
  const { browser } = await installation(false)
  const [office, home] = [browser(), browser()]
  await office.signIn('li.ming')
  await home.signIn('li.ming')
  expect((await office.send('GET', '/work')).status).toBe(200)
  expect((await home.send('GET', '/work')).status).toBe(200)
})
