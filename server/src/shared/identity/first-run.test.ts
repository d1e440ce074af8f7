import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDemoAccounts, demoAccounts } from './demo-accounts.ts'
import { setupCode } from './first-run.ts'
import { identityRoutes } from './identity.routes.ts'
import { identityFixture, identityServer } from './identity-fixture.ts'

const { deps, database, dataFolder } = await identityFixture()
const { browser } = await identityServer(deps, (server) => identityRoutes(server, deps))

const person = (username: string) => ({
  username,
  displayName: username,
  password: `Wen-chang ${username} 8`.replace(username, username.split('').reverse().join('')),
})
const people = {
  system_admin: person('xitong'),
  security_admin: person('anquan'),
  audit_admin: person('shenji'),
}

test('the first run takes the code of the console, makes three administrators, and is over', async () => {
  const page = browser()
  expect((await page.send('GET', '/api/v1/session')).body).toMatchObject({ firstRun: true })
  const code = (await setupCode(deps))!
  const file = join(dataFolder, 'setup-code')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await setupCode(deps)).toBe(code)
  const run = (setup: string, who: object = people) =>
    page.send('POST', '/api/v1/first-run', { setupCode: setup, ...who })
  expect((await run('0'.repeat(32))).body.code).toBe('identity.wrong_setup_code')
  expect((await run(code, { ...people, audit_admin: people.system_admin })).body.code).toBe(
    'identity.same_person',
  )
  const weak = { ...people, audit_admin: { ...people.audit_admin, password: 'short' } }
  expect((await run(code, weak)).body.fields[0].path).toBe('body/audit_admin/password')
  const answers = await Promise.all([run(code), run(code)])
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
  expect(existsSync(file)).toBe(false)
  expect((await run(code)).status).toBe(409)
  expect((await page.send('GET', '/api/v1/session')).body).toMatchObject({ firstRun: false })
  const holdings = await database.owner(
    `select username, role from identity.role_holding join identity.account using (user_id) order by 1`,
  )
  expect(holdings).toEqual([
    { username: 'anquan', role: 'security_admin' },
    { username: 'shenji', role: 'audit_admin' },
    { username: 'xitong', role: 'system_admin' },
  ])
  expect((await browser().signIn('xitong', people.system_admin.password)).body).toEqual({
    state: 'must_change_password',
  })
})

test('demo accounts have random passwords, cover every role, and can be printed again', async () => {
  const demo = await identityFixture({ demo: true })
  const made = await createDemoAccounts(demo.deps, ['001', '002'])
  const roles = new Set(made.map((account) => account.role))
  for (const role of [
    'system_admin',
    'security_admin',
    'audit_admin',
    'principal',
    'unit_finance',
    'unit_head',
  ]) {
    expect(roles).toContain(role)
  }
  expect(roles.size).toBe(15)
  expect(new Set(made.map((account) => account.password)).size).toBe(made.length)
  expect(statSync(join(demo.dataFolder, 'demo-accounts.json')).mode & 0o777).toBe(0o600)
  expect(demoAccounts(demo.deps)).toEqual(made)
  expect(await createDemoAccounts(demo.deps, ['001', '002'])).toEqual(made)
  const { browser: demoBrowser } = await identityServer(demo.deps, (server) =>
    identityRoutes(server, demo.deps),
  )
  for (const account of [made[0]!, made.at(-1)!]) {
    const page = demoBrowser()
    expect((await page.signIn(account.username, account.password)).body).toEqual({ state: 'ok' })
    const { body } = await page.send('GET', '/api/v1/session')
    expect(body).toMatchObject({ demo: true, roles: [{ role: account.role }] })
  }
  const text = readFileSync(join(import.meta.dirname, 'demo-accounts.ts'), 'utf8')
  for (const account of made) expect(text).not.toContain(account.password)
  rmSync(join(demo.dataFolder, 'demo-accounts.json'))
  const fresh = await createDemoAccounts(demo.deps, ['001', '002'])
  expect((await demoBrowser().signIn(fresh[0]!.username, fresh[0]!.password)).status).toBe(200)
})

test('demo accounts are refused outside a demo', async () => {
  await expect(createDemoAccounts(deps)).rejects.toThrow(/demo installation/)
})
