import { expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { anOrganisation, unit } from './organisation-fixture.ts'
import { ensureRootOrgan } from './organs.store.ts'

const database = await createTestDatabase()
const { as, get, post } = await anOrganisation(database, [
  unit('001', '市水务局', '460100', { valid_to: '2023-12-31' }),
  unit('001', '市水务管理局', '460100', { valid_from: '2024-01-01' }),
  unit('002', '三亚市水务局', '460200'),
  unit('003', '秀英区水务站', '460105', { parent_code: '001' }),
  unit('004', '市园林所', '460100', { valid_to: '2025-06-30', successor_code: '001' }),
])
await database.asCaller(systemCaller, (trx) => ensureRootOrgan(trx, '试验省纪委监委'))

const [wang, li] = [
  { name: '王小明', number: '469999197001010013' },
  { name: '李爱国', number: '469999198505050021' },
]
const make = async (place: object, title: string, more = {}) => {
  const { status, body } = await post('/api/v1/posts', { ...place, title, ...more })
  expect(status).toBe(201)
  return body.postId as string
}
const give = (postId: string, who: object, validFrom: string) =>
  post(`/api/v1/posts/${postId}/holdings`, { ...who, validFrom, reason: '经研究决定' })
const end = (holdingId: string, validTo: string) =>
  post(`/api/v1/post-holdings/${holdingId}/end`, { validTo, reason: '另有任用' })
const logged = (action: string) =>
  database.owner<{ object_id: string; purpose: string | null }>(
    'select object_id, purpose from audit.entry where action = $1 order by entry_id',
    [action],
  )
const chief = { unitCode: '001' }

test('a post has as many holders as seats, one after the other, and the same person once', async () => {
  as('46', 'system_admin')
  const postId = await make(chief, '局长')
  const first = await give(postId, wang, '2019-05-01')
  expect(first.status).toBe(201)
  expect((await give(postId, li, '2024-01-01')).body.code).toBe('organisation.post_full')
  expect((await give(postId, wang, '2024-01-01')).body.code).toBe('organisation.post_held_already')
  expect((await end(first.body.holdingId, '2019-04-30')).body.code).toBe('organisation.end_before_start')
  expect((await end(first.body.holdingId, '2023-12-31')).status).toBe(204)
  expect((await end(first.body.holdingId, '2024-12-31')).body.code).toBe('organisation.holding_ended')
  expect((await give(postId, li, '2023-12-31')).body.code).toBe('organisation.post_full')
  expect((await give(postId, li, '2024-01-01')).status).toBe(201)
})

test('a citizen number is one person: wrong ones, and another name for it, are refused', async () => {
  as('46', 'system_admin')
  const postId = await make({ unitCode: '002' }, '局长')
  expect((await give(postId, { name: '某某', number: '469999197001010014' }, '2024-01-01')).body.code).toBe(
    'organisation.bad_person_number',
  )
  expect((await give(postId, { ...wang, name: '王大明' }, '2024-01-01')).body.code).toBe(
    'organisation.name_differs',
  )
  expect((await give(postId, wang, '2024-01-01')).status).toBe(201)
  expect((await database.owner('select person_id from organisation.person')).length).toBe(2)
})

test('names and numbers are masked; the look is on record, the full name only for a reason', async () => {
  as('46.01', 'supervision_officer')
  const { body, text } = await get('/api/v1/posts?unitCode=001')
  const [{ holdings }] = body.items
  expect(holdings).toMatchObject([
    { name: '李＊＊', number: '4699**********0021', state: 'now', validFrom: '2024-01-01' },
    { name: '王＊＊', state: 'past', validTo: '2023-12-31' },
  ])
  expect(text).not.toMatch(/王小明|李爱国|469999197001010013/)
  expect((await logged('organisation.read_people')).at(-1)).toMatchObject({ object_id: '001' })
  const { personId } = holdings[0]
  const unmask = (reason: string) => post(`/api/v1/people/${personId}/unmask`, { reason })
  expect((await unmask('')).status).toBe(400)
  expect((await unmask('核对任职年限')).body).toMatchObject(li)
  expect(await logged('organisation.unmask_person')).toEqual([
    { object_id: personId, purpose: '核对任职年限' },
  ])
})

test("a person's posts over time are shown in one's own part of the tree, under the unit's name of then", async () => {
  as('46', 'deputy')
  const { body } = await get('/api/v1/posts?unitCode=001')
  const { personId } = body.items[0].holdings[1]
  const whole = await get(`/api/v1/people/${personId}`)
  expect(whole.body.posts).toMatchObject([
    { unitCode: '002', placeName: '三亚市水务局', state: 'now' },
    { unitCode: '001', placeName: '市水务局', validFrom: '2019-05-01', validTo: '2023-12-31', state: 'past' },
  ])
  expect((await logged('organisation.read_person')).at(-1)).toMatchObject({ object_id: personId })
  as('46.01', 'deputy')
  const part = await get(`/api/v1/people/${personId}`)
  expect(part.body.posts.map((held: { unitCode: string }) => held.unitCode)).toEqual(['001'])
  as('46.01.05', 'deputy')
  expect((await get(`/api/v1/people/${personId}`)).status).toBe(404)
  expect((await get('/api/v1/posts?unitCode=001')).status).toBe(404)
})

test('who may look and who may give: wrong role and wrong place', async () => {
  const looks = async () => (await get('/api/v1/posts?unitCode=001')).status
  for (const role of [
    'unit_finance',
    'information_officer',
    'rule_editor',
    'security_admin',
    'audit_admin',
    'feed',
  ]) {
    as('46', role)
    expect([role, await looks()]).toEqual([role, 403])
  }
  as('46.01.U001', 'unit_head')
  expect(await looks()).toBe(200)
  as('46.01.05.U003', 'unit_head')
  expect(await looks()).toBe(404)
  as('46', 'system_admin')
  expect(await looks()).toBe(200)
  const { body } = await get('/api/v1/posts?unitCode=001')
  const { postId, holdings } = body.items[0]
  expect((await post(`/api/v1/people/${holdings[0].personId}/unmask`, { reason: '想看看' })).status).toBe(403)
  as('46', 'principal')
  expect((await post('/api/v1/posts', { unitCode: '001', title: '副局长' })).status).toBe(403)
  expect((await end(holdings[0].holdingId, '2026-01-01')).status).toBe(403)
  as('46.02', 'system_admin')
  expect((await post('/api/v1/posts', { unitCode: '001', title: '副局长' })).status).toBe(404)
  expect((await give(postId, wang, '2026-01-01')).status).toBe(404)
  expect((await end(holdings[0].holdingId, '2026-01-01')).status).toBe(404)
})

test('posts of an organ are given within its part; a closed post ends for who holds it', async () => {
  as('46.01', 'system_admin')
  expect((await post('/api/v1/posts', { organCode: 'O46', title: '主任' })).status).toBe(404)
  as('46', 'system_admin')
  const postId = await make({ organCode: 'O46' }, '主任', { seats: 2 })
  expect((await give(postId, li, '2025-01-01')).status).toBe(201)
  const close = (closedOn: string) => post(`/api/v1/posts/${postId}/close`, { closedOn, reason: '机构改革' })
  expect((await close('2025-01-01')).body.code).toBe('organisation.end_before_start')
  expect((await close('2026-01-01')).status).toBe(204)
  expect((await close('2026-02-01')).body.code).toBe('organisation.post_closed')
  expect((await give(postId, wang, '2026-01-01')).body.code).toBe('organisation.post_closed')
  expect((await get('/api/v1/posts?organCode=O46')).body.items).toMatchObject([
    { closedOn: '2026-01-01', holdings: [{ validTo: '2025-12-31', state: 'past' }] },
  ])
})

test('the tree opens node by node and shows no more than the caller sees', async () => {
  const children = async (kind?: string, code?: string) => {
    const { body } = await get(`/api/v1/organisation/tree${kind ? `?kind=${kind}&code=${code}` : ''}`)
    return body.items as { kind: string; code: string; units: number; state: string; expandable: boolean }[]
  }
  as('46', 'principal')
  expect(await children()).toMatchObject([{ kind: 'region', code: '460000', units: 3 }])
  const top = await children('region', '460000')
  expect(top.map(({ kind, code, units }) => [kind, code, units])).toEqual([
    ['organ', 'O46', 0],
    ['region', '460100', 2],
    ['region', '460200', 1],
  ])
  expect(await children('region', '460100')).toMatchObject([
    { code: '001', name: '市水务管理局', units: 1, expandable: true, state: 'open' },
    { code: '004', state: 'merged', expandable: false },
    { kind: 'region', code: '460105', units: 1 },
  ])
  expect((await children('unit', '001')).map(({ code }) => code)).toEqual(['003'])
  as('46.01.05', 'principal')
  expect(await children()).toMatchObject([{ code: '460105', units: 1 }])
  // Its superior is out of sight, so it stands in its division.
  expect((await children('region', '460105')).map(({ code }) => code)).toEqual(['003'])
  expect(await children('region', '460200')).toEqual([])
  as('46.01.U001', 'unit_finance')
  expect(await children()).toMatchObject([{ code: '460100', units: 1 }])
  expect((await children('region', '460100')).map(({ code }) => code)).toEqual(['001'])
})
