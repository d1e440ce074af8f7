import { expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { definePermissions, linkPerson } from '#shared/permissions/index.ts'
import { mobilesOf, namesOf } from './directory.ts'
import { identityRoutes } from './identity.routes.ts'
import { goodPassword, identityFixture, identityServer } from './identity-fixture.ts'

const { deps, database, clock, addAccount } = await identityFixture()
// The second factor has tests of its own; here administrators come in with their passwords.
await database.owner(`update identity.policy set settings = settings || '{"secondFactor":"optional"}'`)
const { browser } = await identityServer(deps, (server) => identityRoutes(server, deps))

const ids = {
  system: await addAccount('sys', ['system_admin']),
  system2: await addAccount('sys2', ['system_admin']),
  security: await addAccount('sec', ['security_admin']),
  audit: await addAccount('aud', ['audit_admin']),
}
const system = browser()
const security = browser()
await system.signIn('sys')
await security.signIn('sec')

const grant = async (userId: string, role: string) => {
  const asked = await system.send('POST', `/api/v1/accounts/${userId}/roles`, { role, reason: '工作需要' })
  if (asked.status !== 201) return asked
  const holding = asked.body.holdingId
  return security.send('POST', `/api/v1/role-holdings/${holding}/decision`, { approve: true, reason: '同意' })
}

test('a new account gets a password that is shown once and must be changed', async () => {
  const made = await system.send('POST', '/api/v1/accounts', {
    username: '王小明',
    displayName: '王小明',
    organCode: 'O46',
    staffNo: 'A-17',
    mobile: '13800000000',
  })
  expect(made.status).toBe(201)
  const page = browser()
  expect((await page.signIn('王小明', made.body.password)).body).toEqual({ state: 'must_change_password' })
  const { body: list } = await system.send('GET', '/api/v1/accounts?q=A-17')
  expect(list.items).toMatchObject([
    { username: '王小明', placeName: '试验省纪委监委', state: 'active', hasMobile: true, roles: [] },
  ])
  expect(list.items[0].lastSignInAt).toBe('2026-11-24T02:00:00Z')
  await security.send('GET', `/api/v1/accounts/${made.body.userId}`)
  const looks = await database.owner(
    `select actor_id, action, object_id, detail from audit.entry
      where action in ('identity.search_accounts', 'identity.read_account') order by at, entry_id`,
  )
  expect(looks).toEqual([
    {
      actor_id: ids.system,
      action: 'identity.search_accounts',
      object_id: null,
      detail: { by: ['q'], shown: 1 },
    },
    { actor_id: ids.security, action: 'identity.read_account', object_id: made.body.userId, detail: {} },
  ])
  const [row] = await database.owner<{ text: string }>(
    'select a::text as text from identity.account a where user_id = $1',
    [made.body.userId],
  )
  expect(row!.text).not.toContain('13800000000')
  const numbers = await database.asCaller(systemCaller, (trx) => mobilesOf(deps, trx, [made.body.userId]))
  expect(numbers.get(made.body.userId)).toBe('13800000000')
  const again = await system.send('POST', '/api/v1/accounts', {
    username: '王小明',
    displayName: '另一人',
    organCode: 'O46',
  })
  expect(again.body).toMatchObject({ status: 409, code: 'identity.name_taken' })
})

test('the list pages through all accounts once', async () => {
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await system.send('GET', `/api/v1/accounts?limit=2${cursor}`)
    seen.push(...body.items.map((item: { username: string }) => item.username))
    cursor = body.next ? `&cursor=${body.next}` : ''
  } while (cursor)
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toEqual(expect.arrayContaining(['sys', 'sys2', 'sec', 'aud', '王小明']))
})

test('a role is in force only after a security administrator has approved it', async () => {
  const userId = await addAccount('officer')
  const page = browser()
  await page.signIn('officer')
  const rolesNow = async () =>
    (await page.send('GET', '/api/v1/session')).body.roles.map((held: { role: string }) => held.role)
  const asked = await system.send('POST', `/api/v1/accounts/${userId}/roles`, {
    role: 'conduct_officer',
    reason: '工作需要',
  })
  expect(asked.status).toBe(201)
  expect(await rolesNow()).toEqual([])
  const decide = `/api/v1/role-holdings/${asked.body.holdingId}/decision`
  expect((await system.send('POST', decide, { approve: true, reason: '自批' })).status).toBe(403)
  expect((await security.send('POST', decide, { approve: true, reason: '同意' })).status).toBe(204)
  expect(await rolesNow()).toEqual(['conduct_officer'])
  expect((await security.send('POST', decide, { approve: true, reason: '同意' })).status).toBe(404)
  const end = `/api/v1/role-holdings/${asked.body.holdingId}/end`
  expect((await security.send('POST', end, { reason: '收回' })).status).toBe(204)
  expect(await rolesNow()).toEqual([])
})

test('a role can be for a time', async () => {
  const userId = await addAccount('deputised')
  const validTo = new Date(clock.now().getTime() + 600_000).toISOString()
  const body = { role: 'deputy', reason: '代职', validTo }
  const asked = await system.send('POST', `/api/v1/accounts/${userId}/roles`, body)
  const decide = `/api/v1/role-holdings/${asked.body.holdingId}/decision`
  await security.send('POST', decide, { approve: true, reason: '同意' })
  const page = browser()
  await page.signIn('deputised')
  expect((await page.send('GET', '/api/v1/session')).body.roles).toHaveLength(1)
  clock.advance(600_000)
  expect((await page.send('GET', '/api/v1/session')).body.roles).toEqual([])
})

test.each([
  ['system_admin', 'audit_admin', 'identity.exclusive_roles'],
  ['security_admin', 'conduct_officer', 'identity.exclusive_roles'],
  ['rule_editor', 'rule_approver', 'identity.exclusive_roles'],
  ['conduct_officer', 'unit_finance', 'identity.role_of_other_place'],
  ['conduct_officer', 'conduct_officer', 'identity.role_held'],
  ['conduct_officer', 'feed', 'identity.role_of_other_place'],
])('%s and %s are not held together', async (first, second, code) => {
  const userId = await addAccount(`both.${first}.${second}`)
  expect((await grant(userId, first)).status).toBe(204)
  expect((await grant(userId, second)).body).toMatchObject({ status: 409, code })
})

test('no path in SQL leads around the separation of powers either', async () => {
  const insert = (userId: string, role: string, requestedBy: string, decidedBy: string | null) =>
    database.owner(
      `insert into identity.role_holding (user_id, role, state, valid_from, requested_by, requested_at, reason,
         decided_by, decided_at)
       values ($1, $2, $3, $4, $5, $4, 'x', $6, $4)`,
      [userId, role, decidedBy ? 'active' : 'requested', clock.now(), requestedBy, decidedBy],
    )
  await expect(insert(ids.system, 'security_admin', ids.system2, ids.security)).rejects.toMatchObject({
    constraint: 'exclusive_roles',
  })
  await expect(insert(ids.audit, 'case_manager', ids.system, ids.security)).rejects.toMatchObject({
    constraint: 'exclusive_roles',
  })
  const free = await addAccount('free')
  await expect(insert(free, 'principal', free, ids.security)).rejects.toMatchObject({
    constraint: 'own_role',
  })
  await expect(insert(free, 'principal', ids.system, ids.system)).rejects.toMatchObject({
    constraint: 'same_person_twice',
  })
  await insert(free, 'principal', ids.system, null)
  await expect(
    database.owner(`update identity.role_holding set role = 'system_admin' where user_id = $1`, [free]),
  ).rejects.toMatchObject({ constraint: 'holding_changed' })
  // As a system administrator, with the application's own rights: asking is all that is possible.
  const caller = { userId: ids.system, scope: '46', roles: ['system_admin'] }
  await expect(
    database.asCaller(caller, (trx) =>
      trx
        .updateTable('identity.role_holding')
        .set({ state: 'active', decided_by: ids.security })
        .where('user_id', '=', free)
        .execute(),
    ),
  ).rejects.toMatchObject({ code: '42501' })
})

test('two grants at once cannot pass each other', async () => {
  const userId = await addAccount('raced')
  const ask = (role: string) =>
    system.send('POST', `/api/v1/accounts/${userId}/roles`, { role, reason: '工作需要' })
  const answers = await Promise.all([ask('rule_editor'), ask('rule_approver'), ask('rule_editor')])
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1)
})

test('the last holder of a power keeps it', async () => {
  const endOf = async (userId: string) => {
    const { body } = await system.send('GET', `/api/v1/role-holdings?userId=${userId}&state=active`)
    const path = `/api/v1/role-holdings/${body.items[0].holdingId}/end`
    return security.send('POST', path, { reason: '收回' })
  }
  const last = { status: 409, code: 'identity.last_administrator' }
  expect((await endOf(ids.audit)).body).toMatchObject(last)
  for (const kind of ['leave', 'disable']) {
    const body = { kind, reason: '离任' }
    expect((await system.send('POST', `/api/v1/accounts/${ids.audit}/departure`, body)).body).toMatchObject(
      last,
    )
  }
  expect((await endOf(ids.system2)).status).toBe(204)
  const second = await addAccount('aud2', ['audit_admin'])
  expect((await endOf(ids.audit)).status).toBe(204)
  expect((await endOf(second)).body).toMatchObject(last)
})

test('an administrator of a city sees and changes no account outside it', async () => {
  await database.owner(
    `insert into organisation.organ (organ_code, name, region_code) values ('O4601', '海口', '460100')`,
  )
  await addAccount('city.sys', ['system_admin'], { place: { organCode: 'O4601' } })
  const inCity = await addAccount('city.person', [], { place: { unitCode: '001' } })
  const elsewhere = await addAccount('other.person', [], { place: { unitCode: '002' } })
  const city = browser()
  await city.signIn('city.sys')
  const { body } = await city.send('GET', '/api/v1/accounts')
  expect(body.items.map((item: { username: string }) => item.username)).toEqual(['city.person', 'city.sys'])
  expect((await city.send('GET', `/api/v1/accounts/${elsewhere}`)).status).toBe(404)
  expect((await city.send('PATCH', `/api/v1/accounts/${elsewhere}`, { post: '科长' })).status).toBe(404)
  expect((await city.send('POST', `/api/v1/accounts/${elsewhere}/reset`, { reason: '忘记' })).status).toBe(
    404,
  )
  const ask = { role: 'unit_head', reason: '工作需要' }
  expect((await city.send('POST', `/api/v1/accounts/${elsewhere}/roles`, ask)).status).toBe(404)
  expect((await city.send('POST', `/api/v1/accounts/${inCity}/roles`, ask)).status).toBe(201)
  const above = { username: 'above', displayName: '上级', organCode: 'O46' }
  expect((await city.send('POST', '/api/v1/accounts', above)).status).not.toBe(201)
})

test('a reset gives a new one-time password, ends sessions, lifts the lock; one does not reset oneself', async () => {
  const userId = await addAccount('forgetful')
  const page = browser()
  await page.signIn('forgetful')
  for (let index = 0; index < 5; index += 1) await browser('10.9.0.1').signIn('forgetful', 'wrong')
  const account = () => system.send('GET', `/api/v1/accounts/${userId}`)
  expect((await account()).body.lockedUntil).not.toBeNull()
  const reset = await system.send('POST', `/api/v1/accounts/${userId}/reset`, {
    factor: true,
    reason: '忘记口令',
  })
  expect(reset.status).toBe(200)
  expect((await page.send('GET', '/api/v1/session/sessions')).status).toBe(401)
  expect((await account()).body.lockedUntil).toBeNull()
  expect((await browser().signIn('forgetful', goodPassword)).status).toBe(401)
  expect((await browser().signIn('forgetful', reset.body.password)).body).toEqual({
    state: 'must_change_password',
  })
  expect(
    (await system.send('POST', `/api/v1/accounts/${ids.system}/reset`, { reason: '自己' })).body,
  ).toMatchObject({ code: 'identity.own_account' })
})

test('the rules are versioned and take effect at once', async () => {
  const { body } = await security.send('GET', '/api/v1/identity-policy')
  const settings = { ...body.versions[0].settings, minLength: 14 }
  expect(body.bounds).toMatchObject({ minLength: { min: 10, max: 64 }, maxAgeDays: { min: 0, max: 365 } })
  expect(body.bounds.secondFactor).toBeUndefined()
  expect((await system.send('PUT', '/api/v1/identity-policy', { settings, reason: '越权' })).status).toBe(403)
  expect((await security.send('PUT', '/api/v1/identity-policy', { settings, reason: '加强' })).status).toBe(
    200,
  )
  await addAccount('strict')
  const page = browser()
  await page.signIn('strict')
  const change = { current: goodPassword, password: 'Dan-zhou7 li' }
  expect((await page.send('POST', '/api/v1/session/password', change)).body.fields[0].en).toContain('14')
  const { body: after } = await security.send('GET', '/api/v1/identity-policy')
  expect(after.versions[0]).toMatchObject({ changedBy: ids.security, reason: '加强', settings })
  expect(after.versions[0].changedByName).not.toBe('')
  const weak = { ...settings, minLength: 4 }
  expect(
    (await security.send('PUT', '/api/v1/identity-policy', { settings: weak, reason: '放宽' })).status,
  ).toBe(400)
  await security.send('PUT', '/api/v1/identity-policy', {
    settings: { ...settings, minLength: 10 },
    reason: '恢复',
  })
})

const trial = definePermissions('trial', { deliver: { zh: '报送', en: 'deliver', roles: ['feed'] } })

test('a machine gets in with an approved token only, for its datasets, until it ends', async () => {
  const expiresAt = new Date(clock.now().getTime() + 86_400_000).toISOString()
  const wanted = { name: '税务推送', organCode: 'O46', datasets: ['invoice'], expiresAt }
  const { body: made } = await system.send('POST', '/api/v1/api-tokens', wanted)
  const { server } = await identityServer(deps, (one) => {
    one.get('/who', { config: { permission: trial.deliver } }, (request) => request.caller)
    one.get('/people', { config: { permission: 'signed-in' } }, (request) => request.caller)
  })
  const call = (url = '/who') => server.inject({ url, headers: { authorization: `Bearer ${made.token}` } })
  expect((await call()).statusCode).toBe(401)
  const decide = `/api/v1/api-tokens/${made.tokenId}/decision`
  expect((await system.send('POST', decide, { approve: true, reason: '自批' })).status).toBe(403)
  expect((await security.send('POST', decide, { approve: true, reason: '同意' })).status).toBe(204)
  expect((await call()).json()).toMatchObject({ roles: ['feed'], scope: '46', datasets: ['invoice'] })
  expect((await call('/people')).statusCode, 'what is for people is not for machines').toBe(403)
  const stored = await database.owner<{ text: string }>('select t::text as text from identity.api_token t')
  expect(stored[0]!.text).not.toContain(made.token)
  const { body: shown } = await security.send('GET', '/api/v1/api-tokens')
  expect(shown.items[0]).toMatchObject({
    placeName: '试验省纪委监委',
    requestedBy: ids.system,
    decidedBy: ids.security,
    state: 'active',
  })
  expect([shown.items[0].requestedByName, shown.items[0].decidedByName]).not.toContain('')
  expect(shown.datasets).toContainEqual({ name: 'invoice', title: expect.objectContaining({ zh: '发票' }) })
  await system.send('DELETE', `/api/v1/api-tokens/${made.tokenId}`)
  expect((await call()).statusCode).toBe(401)
  const refused = { ...wanted, datasets: ['no-such'] }
  expect((await system.send('POST', '/api/v1/api-tokens', refused)).body.code).toBe(
    'identity.no_such_dataset',
  )
})

test('colleagues are called by their names', async () => {
  const userId = await addAccount('unit.finance', ['unit_finance'], { place: { unitCode: '001' } })
  const caller = { userId, scope: '46.01.U001', roles: ['unit_finance'] }
  const names = await database.asCaller(caller, (trx) => namesOf(trx, [ids.audit, systemCaller.userId]))
  expect([...names.values()]).toMatchObject([{ userId: ids.audit, displayName: '人员aud' }])
})

test('who has not said who he is sees nothing of identity; a person sees himself only', async () => {
  const caller = { userId: ids.audit, scope: '46', roles: ['conduct_officer'] }
  const own = await database.asCaller(caller, (trx) =>
    trx.selectFrom('identity.account').select('user_id').execute(),
  )
  expect(own).toEqual([{ user_id: ids.audit }])
  for (const table of ['credential', 'former_password', 'recovery_code', 'attempt'] as const) {
    const rows = await database.asCaller({ ...caller, roles: ['system_admin'] }, (trx) =>
      trx.selectFrom(`identity.${table}`).selectAll().execute(),
    )
    expect(rows).toEqual([])
  }
  for (const table of ['account', 'credential', 'session', 'role_holding', 'handover', 'api_token']) {
    await expect(database.pool.query(`select 1 from identity.${table}`)).rejects.toMatchObject({
      code: '42501',
    })
  }
  await expect(
    database.asCaller({ ...caller, roles: ['system'] }, (trx) =>
      trx.selectFrom('identity.session').selectAll().execute(),
    ),
  ).rejects.toMatchObject({ code: '42501' })
  await database.asCaller(systemCaller, (trx) => linkPerson(trx, ids.audit, null))
})
