import { expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { anOrganisation, unit } from './organisation-fixture.ts'

const database = await createTestDatabase()
const { server, as, get } = await anOrganisation(database, [
  unit('001', '市水务局', '460100', { valid_to: '2023-12-31' }),
  unit('001', '市水务管理局', '460100', { valid_from: '2024-01-01', credit_code: '11460100000000001A' }),
  unit('002', '市园林所', '460100', { valid_to: '2025-06-30', successor_code: '001' }),
  unit('003', '秀英区水务站', '460105', { parent_code: '001' }),
  unit('004', '三亚市水务局', '460200'),
  unit('005', '市临时办', '460100', { valid_to: '2021-12-31' }),
])
const codes = (body: { items: { unitCode: string }[] }) => body.items.map((item) => item.unitCode)

test('units are searched by code, by present and by former names, and filtered', async () => {
  as('46', 'conduct_officer')
  expect(codes((await get('/api/v1/units')).body)).toEqual(['001', '002', '003', '004', '005'])
  expect(codes((await get('/api/v1/units?q=市水务局')).body)).toEqual(['001', '004'])
  expect(codes((await get('/api/v1/units?q=11460100000000001a')).body)).toEqual(['001'])
  expect(codes((await get('/api/v1/units?regionCode=460100&state=open')).body)).toEqual(['001', '003'])
  expect(codes((await get('/api/v1/units?state=closed')).body)).toEqual(['002', '005'])
  const [first] = (await get('/api/v1/units?asOf=2022-05-01')).body.items
  expect(first).toMatchObject({ unitCode: '001', unitName: '市水务局', state: 'open', versions: 2 })
})

test('a page ends where the next one begins', async () => {
  as('46', 'conduct_officer')
  const { body: one } = await get('/api/v1/units?limit=3')
  const { body: two } = await get(`/api/v1/units?limit=3&cursor=${one.next}`)
  expect([...codes(one), ...codes(two)]).toEqual(['001', '002', '003', '004', '005'])
  expect(two.next).toBeNull()
  expect(one.total).toEqual({ count: 5, capped: false })
})

test('a unit shows its history and what it came from and went over into', async () => {
  as('46', 'conduct_officer')
  const { body } = await get('/api/v1/units/001')
  expect(body).toMatchObject({
    unitName: '市水务管理局',
    regionName: '海口市',
    predecessors: [{ unitCode: '002', unitName: '市园林所' }],
    children: [{ unitCode: '003', unitName: '秀英区水务站' }],
  })
  expect(body.history.map((version: { unitName: string }) => version.unitName)).toEqual([
    '市水务管理局',
    '市水务局',
  ])
  expect((await get('/api/v1/units/002')).body).toMatchObject({
    state: 'merged',
    successor: { unitCode: '001' },
  })
  expect((await get('/api/v1/units/999')).status).toBe(404)
})

test('nobody finds units outside his part of the tree, a machine finds none', async () => {
  as('46.02', 'conduct_officer')
  expect(codes((await get('/api/v1/units')).body)).toEqual(['004'])
  expect((await get('/api/v1/units/001')).status).toBe(404)
  as('46.01.05', 'unit_finance')
  expect(codes((await get('/api/v1/units')).body)).toEqual(['003'])
  as('46', 'feed')
  expect((await get('/api/v1/units')).status).toBe(403)
})

test('the tree has every division once, parents first, with the units that one sees', async () => {
  as('46', 'principal')
  const { items } = (await get('/api/v1/regions')).body
  const seen = new Set<string>()
  for (const region of items) {
    if (region.parentCode) expect(seen).toContain(region.parentCode)
    seen.add(region.regionCode)
  }
  expect(seen.size).toBe(273)
  const byCode = new Map(items.map((region: { regionCode: string }) => [region.regionCode, region]))
  expect(byCode.get('460100')).toMatchObject({ name: '海口市', unitsHere: 3, unitsBelow: 4 })
  as('46.01.05', 'principal')
  const own = (await get('/api/v1/regions')).body.items
  expect(own.slice(0, 3).map((region: { regionCode: string }) => region.regionCode)).toEqual([
    '460000',
    '460100',
    '460105',
  ])
  expect(own[0].unitsBelow).toBe(1)
})

test('organs and offices are kept by the system administrator of their part of the tree', async () => {
  const post = async (payload: object) => {
    const answer = await server.inject({ method: 'POST', url: '/api/v1/organs', payload })
    return { status: answer.statusCode, body: answer.json() }
  }
  const organ = { organCode: 'O4601', name: '海口市纪委监委', regionCode: '460100' }
  as('46', 'principal')
  expect((await post(organ)).status).toBe(403)
  as('46.02', 'system_admin')
  expect((await post(organ)).body.code).toBe('organisation.out_of_sight')
  as('46', 'system_admin')
  expect((await post(organ)).body).toMatchObject({ orgPath: '46.01' })
  expect((await post(organ)).body.code).toBe('organisation.organ_code_taken')
  expect((await post({ ...organ, organCode: 'X' })).body.code).toBe('organisation.region_taken')
  const office = { ...organ, organCode: 'O4601_1', name: '第一监督检查室', parentCode: 'O4601' }
  expect((await post(office)).body).toMatchObject({ orgPath: '46.01.OO4601_1' })
  expect((await post({ ...office, organCode: 'Y', regionCode: '460200' })).body.code).toBe(
    'organisation.bad_parent',
  )
  const closed = await server.inject({
    method: 'PATCH',
    url: '/api/v1/organs/O4601_1',
    payload: { closedOn: '2026-12-31' },
  })
  expect(closed.json()).toMatchObject({ closedOn: '2026-12-31', name: '第一监督检查室' })
})
