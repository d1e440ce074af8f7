import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { identityRoutes } from './identity.routes.ts'
import { identityFixture, identityServer } from './identity-fixture.ts'
import type { WorkItem, WorkSource } from './work-source.ts'

const { deps: bare, database, addAccount } = await identityFixture()
await database.owner(`update identity.policy set settings = settings || '{"secondFactor":"optional"}'`)

/** A room whose work lies in a table, as a real one's does. */
await database.owner(`create table public.duty (duty_id text primary key, assignee uuid, title text);
  grant select, update on public.duty to qf_app`)
const duties: WorkSource = {
  room: 'duties',
  openWorkOf: async (trx, userId) => {
    const { rows } = await sql<Omit<WorkItem, 'room'>>`
      select 'duty' as kind, duty_id as "itemId", title from public.duty where assignee = ${userId}
      order by 2`.execute(trx)
    return rows
  },
  handOver: async (trx, items, fromUser, toUser) => {
    await sql`update public.duty set assignee = ${toUser}
      where assignee = ${fromUser} and duty_id = any (${items.map((item) => item.itemId)})`.execute(trx)
  },
}
const deps = { ...bare, work: [duties] }
const { browser } = await identityServer(deps, (server) => {
  identityRoutes(server, deps)
  server.get('/work', { config: { permission: 'signed-in' } }, () => ({ ok: true }))
})

await addAccount('sys', ['system_admin'])
await addAccount('sys2', ['system_admin'])
const head = await addAccount('head', ['principal'])
const system = browser()
await system.signIn('sys')

const give = (userId: string, ...dutyIds: string[]) =>
  database.owner(
    `insert into public.duty select d, $1, '督办 ' || d from unnest($2::text[]) d
     on conflict (duty_id) do update set assignee = excluded.assignee`,
    [userId, dutyIds],
  )
const assignee = async (dutyId: string) =>
  (await database.owner('select assignee from public.duty where duty_id = $1', [dutyId]))[0]!.assignee
const depart = (userId: string, body: object) =>
  system.send('POST', `/api/v1/accounts/${userId}/departure`, body)

test('who leaves is out with the next request, in every session, and cannot come back', async () => {
  const leaver = await addAccount('leaver', ['case_manager'])
  const [desk, phone] = [browser(), browser()]
  await desk.signIn('leaver')
  await phone.signIn('leaver')
  expect((await desk.send('GET', '/work')).status).toBe(200)
  const gone = await depart(leaver, { kind: 'leave', reason: '调离系统' })
  expect(gone.body).toEqual({ handoverId: null, endedSessions: 2 })
  expect((await desk.send('GET', '/work')).status).toBe(401)
  expect((await phone.send('GET', '/work')).status).toBe(401)
  expect((await browser().signIn('leaver')).status).toBe(401)
  const { body } = await system.send('GET', `/api/v1/accounts/${leaver}`)
  expect(body).toMatchObject({ state: 'left', roles: [] })
  expect((await depart(leaver, { kind: 'leave', reason: '再次' })).status).toBe(409)
})

test('the end of access is announced for connections that stay open', async () => {
  const userId = await addAccount('streamer')
  const heard: string[] = []
  const stop = await database.listen('identity_sessions_ended', (payload) => heard.push(payload))
  await browser().signIn('streamer')
  await depart(userId, { kind: 'disable', reason: '停职' })
  await expect.poll(() => heard).toContain(userId)
  await stop()
})

test('a suspended person gets his roles back with his access, one who moves does not', async () => {
  const userId = await addAccount('suspended', ['case_manager'])
  await depart(userId, { kind: 'disable', reason: '停职' })
  expect((await browser().signIn('suspended')).status).toBe(401)
  expect((await system.send('POST', `/api/v1/accounts/${userId}/enable`, { reason: '复职' })).status).toBe(
    204,
  )
  const page = browser()
  expect((await page.signIn('suspended')).status).toBe(200)
  expect((await page.send('GET', '/api/v1/session')).body.roles).toHaveLength(1)
  await depart(userId, { kind: 'move', reason: '调动', unitCode: '001' })
  expect((await page.send('GET', '/work')).status).toBe(401)
  await page.signIn('suspended')
  expect((await page.send('GET', '/api/v1/session')).body).toMatchObject({
    user: { scope: '46.01.U001', unitCode: '001', organCode: null },
    roles: [],
  })
})

test('open work needs a successor who may see it', async () => {
  const giver = await addAccount('giver')
  const inUnit = await addAccount('narrow', ['unit_finance'], { place: { unitCode: '001' } })
  await give(giver, 'A1', 'A2')
  expect((await depart(giver, { kind: 'leave', reason: '退休' })).body).toMatchObject({
    code: 'identity.successor_needed',
    detail: { zh: expect.stringContaining('2') },
  })
  for (const successorId of [giver, inUnit]) {
    expect((await depart(giver, { kind: 'leave', reason: '退休', successorId })).body.code).toBe(
      'identity.bad_successor',
    )
  }
  expect((await browser().signIn('giver')).status).toBe(200)
})

test('giver and receiver sign the list before he goes, then the work is the receiver’s', async () => {
  const giver = await addAccount('orderly')
  const receiver = await addAccount('receiver')
  await give(giver, 'B1', 'B2')
  const [from, to] = [browser(), browser()]
  await from.signIn('orderly')
  await to.signIn('receiver')
  const { body: made } = await from.send('POST', '/api/v1/handovers', {
    successorId: receiver,
    reason: '退休',
  })
  const list = (await to.send('GET', `/api/v1/handovers/${made.handoverId}`)).body
  expect(list.items.map((item: WorkItem) => item.title)).toEqual(['督办 B1', '督办 B2'])
  const awaited = async (who: typeof from) =>
    (await who.send('GET', '/api/v1/handovers?open=true')).body.items
      .filter((one: { awaitsMe: boolean }) => one.awaitsMe)
      .map((one: { handoverId: string }) => one.handoverId)
  expect([await awaited(from), await awaited(to)]).toEqual([[made.handoverId], [made.handoverId]])
  const sign = (who: typeof from, digest: string) =>
    who.send('POST', `/api/v1/handovers/${made.handoverId}/signature`, { digest })
  expect((await sign(from, '0'.repeat(64))).body.code).toBe('identity.list_changed')
  expect((await sign(to, list.digest)).status).toBe(200)
  expect((await sign(to, list.digest)).status).toBe(403)
  expect(await assignee('B1')).toBe(giver)
  expect([await awaited(from), await awaited(to)]).toEqual([[made.handoverId], []])
  const signed = await sign(from, list.digest)
  expect(signed.body).toMatchObject({ giverSignedBy: giver, completedAt: expect.any(String) })
  expect(await assignee('B1')).toBe(receiver)
  expect((await depart(giver, { kind: 'leave', reason: '退休' })).body.handoverId).toBeNull()
})

test('where he has gone already, a leader of the place signs in his stead, nobody else', async () => {
  const giver = await addAccount('sudden')
  const receiver = await addAccount('heir')
  await addAccount('colleague', ['case_manager'])
  await give(giver, 'C1')
  const { body: gone } = await depart(giver, { kind: 'leave', reason: '开除', successorId: receiver })
  const open = async (name: string) => {
    const page = browser()
    await page.signIn(name)
    return page
  }
  const path = `/api/v1/handovers/${gone.handoverId}`
  const leader = await open('head')
  const { digest, awaitsMe } = (await leader.send('GET', path)).body
  expect(awaitsMe).toBe(true)
  const sign = async (name: string) => (await open(name)).send('POST', `${path}/signature`, { digest })
  expect((await sign('colleague')).status).toBe(404)
  expect((await sign('sys2')).status).toBe(403)
  expect((await sign('heir')).status).toBe(200)
  expect(await assignee('C1')).toBe(giver)
  expect((await sign('head')).body).toMatchObject({ giverSignedBy: head, completedAt: expect.any(String) })
  expect(await assignee('C1')).toBe(receiver)
})

test('a list that has changed wants new signatures', async () => {
  const giver = await addAccount('busy')
  const receiver = await addAccount('taker')
  await give(giver, 'D1')
  const from = browser()
  await from.signIn('busy')
  const { body: made } = await from.send('POST', '/api/v1/handovers', {
    successorId: receiver,
    reason: '调动',
  })
  const path = `/api/v1/handovers/${made.handoverId}`
  const { digest } = (await from.send('GET', path)).body
  await from.send('POST', `${path}/signature`, { digest })
  await give(giver, 'D2')
  const gone = await depart(giver, { kind: 'leave', reason: '调动' })
  expect(gone.body.handoverId).toBe(made.handoverId)
  const to = browser()
  await to.signIn('taker')
  const after = (await to.send('GET', path)).body
  expect(after).toMatchObject({ giverSignedAt: null, itemCount: 2 })
  expect(after.digest).not.toBe(digest)
})

test('an administrator sees that work is handed over, and how much, but not what', async () => {
  const { body } = await system.send('GET', '/api/v1/handovers?open=true')
  const busy = body.items.find((item: { fromName: string }) => item.fromName === '人员busy')
  expect(busy.itemCount).toBe(2)
  expect((await system.send('GET', `/api/v1/handovers/${busy.handoverId}`)).body.items).toEqual([])
})
