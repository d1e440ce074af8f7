import { expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { anOrganisation, unit } from './organisation-fixture.ts'

const database = await createTestDatabase()
let registerIsOpen = true
const registered: string[] = []
const { as, get, post, recoded } = await anOrganisation(
  database,
  [
    unit('001', '市水务局', '460100', { credit_code: '11460100000000001A' }),
    unit('002', '市园林所', '460100'),
    unit('003', '秀英区水务站', '460105', { parent_code: '001' }),
    unit('004', '三亚市水务局', '460200'),
    unit('005', '市临时办', '460100'),
    unit('006', '市档案馆', '460100'),
  ],
  async (rows, reference) => {
    if (!registerIsOpen) throw new Error('the register is away')
    registered.push(reference)
    const { syncUnits } = await import('./units.store.ts')
    const { systemCaller } = await import('#ground/database/index.ts')
    await database.asCaller(systemCaller, (trx) => syncUnits(trx, rows))
  },
)
const change = (code: string, wanted: object, effectiveOn = '2026-07-01', more = {}) =>
  post(`/api/v1/units/${code}/changes`, { change: wanted, effectiveOn, reason: '机构改革', ...more })
const kept = (query: string) => database.owner<Record<string, unknown>>(query)

test('only the system administrator of the part changes units', async () => {
  for (const role of ['security_admin', 'audit_admin', 'principal', 'unit_head', 'information_officer']) {
    as('46', role)
    expect([role, (await change('002', { kind: 'close' })).status]).toEqual([role, 403])
  }
  as('46.02', 'system_admin')
  expect((await change('002', { kind: 'close' })).status).toBe(404)
  expect(await kept('select change_id from organisation.unit_change')).toEqual([])
})

test('a renamed unit shows both names with their days, the document and the reason', async () => {
  as('46.01', 'system_admin')
  const { status, body } = await change('001', { kind: 'rename', unitName: '市水务管理局' }, '2026-07-01', {
    documentNo: '编办〔2026〕3号',
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({ unitName: '市水务管理局', versions: 2, creditCode: '11460100000000001A' })
  expect(body.history).toMatchObject([
    { unitName: '市水务管理局', validFrom: '2026-07-01', validTo: null },
    { unitName: '市水务局', validFrom: '2020-01-01', validTo: '2026-06-30' },
  ])
  expect(body.changes).toMatchObject([
    {
      kind: 'rename',
      effectiveOn: '2026-07-01',
      was: '市水务局',
      became: '市水务管理局',
      documentNo: '编办〔2026〕3号',
    },
  ])
  expect((await get('/api/v1/units?q=市水务局')).body.items[0]).toMatchObject({ unitCode: '001' })
  const logged = await kept(
    `select purpose, unit_code from audit.entry where action = 'organisation.rename_unit'`,
  )
  expect(logged).toEqual([{ purpose: '机构改革', unit_code: '001' }])
})

test('a unit under another code is the same unit: its former code, its posts and its people go with it', async () => {
  as('46.01', 'system_admin')
  const { body: made } = await post('/api/v1/posts', { unitCode: '006', title: '馆长' })
  expect((await change('006', { kind: 'recode', unitCode: '004' })).body.code).toBe(
    'organisation.unit_code_taken',
  )
  expect((await change('006', { kind: 'recode', unitCode: '601' })).body).toMatchObject({
    state: 'merged',
    successor: { unitCode: '601' },
  })
  const { body } = await get('/api/v1/units/601')
  expect(body).toMatchObject({ unitName: '市档案馆', validFrom: '2026-07-01', state: 'open' })
  expect(body.formerCodes).toMatchObject([
    { unitCode: '006', unitName: '市档案馆', validFrom: '2020-01-01', validTo: '2026-06-30' },
  ])
  expect((await get('/api/v1/posts?unitCode=601')).body.items).toMatchObject([{ postId: made.postId }])
  expect(recoded).toEqual(['006 → 601'])
})

test('a merged unit names its successor, its posts end on the eve, and nothing can be changed any more', async () => {
  as('46.01', 'system_admin')
  const { body: made } = await post('/api/v1/posts', { unitCode: '002', title: '所长' })
  const given = await post(`/api/v1/posts/${made.postId}/holdings`, {
    name: '王小明',
    number: '469999197001010013',
    validFrom: '2024-01-01',
    reason: '任命',
  })
  expect(given.status).toBe(201)
  expect((await change('002', { kind: 'merge', successorCode: '004' })).body.code).toBe(
    'organisation.bad_other_unit',
  )
  expect((await change('002', { kind: 'merge', successorCode: '001' })).body).toMatchObject({
    state: 'merged',
    successor: { unitCode: '001', unitName: '市水务管理局' },
    validTo: '2026-06-30',
  })
  const { body } = await get('/api/v1/posts?unitCode=002')
  expect(body.items).toMatchObject([
    { closedOn: '2026-07-01', holdings: [{ validTo: '2026-06-30', state: 'past' }] },
  ])
  expect((await get('/api/v1/units/001')).body.predecessors).toEqual([
    { unitCode: '002', unitName: '市园林所' },
  ])
  expect((await get('/api/v1/units/001')).body.formerCodes).toEqual([])
  expect((await change('002', { kind: 'close' })).body.code).toBe('organisation.unit_closed')
})

test('a unit with open units below it is closed after they were moved', async () => {
  as('46', 'system_admin')
  expect((await change('001', { kind: 'close' }, '2026-11-01')).body.code).toBe('organisation.children_left')
  expect((await change('005', { kind: 'move', parentCode: '003' })).status).toBe(200)
  // 005 now lies below 003: 003 cannot go below it.
  expect((await change('003', { kind: 'move', parentCode: '005' })).body.code).toBe(
    'organisation.bad_other_unit',
  )
  expect((await change('003', { kind: 'move', parentCode: null })).body).toMatchObject({ parent: null })
  expect((await change('001', { kind: 'close' }, '2026-11-01')).body).toMatchObject({
    state: 'closed',
    successor: null,
  })
})

test('where the register cannot take it, nothing of the change stays', async () => {
  as('46', 'system_admin')
  registerIsOpen = false
  const before = await kept('select count(*) from organisation.unit_change')
  expect((await change('004', { kind: 'close' })).status).toBe(500)
  expect(await kept('select count(*) from organisation.unit_change')).toEqual(before)
  expect(
    await kept(
      `select purpose from audit.entry where action = 'organisation.close_unit' and unit_code = '004'`,
    ),
  ).toEqual([])
  registerIsOpen = true
  expect((await change('004', { kind: 'close' })).status).toBe(200)
  expect(new Set(registered).size).toBe(registered.length)
})
