import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { openDuckdb } from '#ground/warehouse/index.ts'
import { createTable, datasets } from '#shared/datasets/index.ts'
import { linkPerson } from '#shared/permissions/index.ts'
import { createWatchList } from './watch-list.service.ts'

const database = await createTestDatabase()
const warehouse = await openDuckdb({ path: ':memory:' })
/** Stands for the keyed hash: the same number gives the same key, and nothing is read off it. */
const personKey = (number: string) =>
  [...number]
    .map((sign) => sign.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('')
    .padEnd(64, '0')
    .slice(0, 64)
const watchList = createWatchList({ database, warehouse, keyRing: { personKey } })

const he = '469999197001010011'
const wife = '469999197101010029'
const she = '469999198001010045'
const far = '469999198501010061'

const caller = (number: number, roles: readonly string[], scope = '46'): Caller => ({
  userId: `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  scope,
  roles,
})
const officer = caller(1, ['supervision_officer'])
const haikou = caller(2, ['conduct_officer'], '46.01')

beforeAll(async () => {
  await database.owner(`insert into organisation.unit (unit_code, valid_from, unit_name, region_code) values
    ('U1', '2020-01-01', '甲局', '460100'), ('U2', '2020-01-01', '乙局', '460200')`)
  await warehouse.writing(async (session) => {
    for (const dataset of datasets) await session.run(createTable(dataset))
    await session.insert(
      'watch_person',
      ['person_id', 'person_name', 'unit_code', 'post', 'valid_from'],
      [
        [he, '欧阳文远', 'U1', '局长', '2020-01-01'],
        [she, '符清', 'U1', '科长', '2020-01-01'],
        [far, '云山', 'U2', '局长', '2020-01-01'],
      ],
    )
    await session.insert(
      'watch_relative',
      ['person_id', 'relative_id', 'relative_name', 'relation', 'valid_from'],
      [[he, wife, '梁静', 'spouse', '2020-01-01']],
    )
    await session.insert(
      'enterprise',
      [
        ...['credit_code', 'enterprise_name', 'legal_rep_name', 'legal_rep_id', 'established_on'],
        ...['enterprise_state', 'valid_from'],
      ],
      [['91460100MA00000001', '静心茶业有限公司', '梁静', wife, '2019-01-01', 'active', '2019-01-01']],
    )
  })
  await watchList.prepare()
})
afterAll(() => warehouse.close())

const search = (who: Caller, more: object = {}) =>
  watchList.search(who, { reason: '核查线索', limit: 50, ...more })
const names = async (who: Caller, more: object = {}) =>
  (await search(who, more)).items.map((item) => item.name)
const logged = () =>
  database.owner<{ action: string; purpose: string; detail: { shown?: string[] } }>(
    `select action, purpose, detail from audit.entry where action like 'subjects.%' order by 1`,
  )

test('names and numbers are masked, and the search is on record with its reason and whom it showed', async () => {
  const { items } = await search(officer, { text: '欧阳' })
  expect(items).toMatchObject([
    { name: '欧＊＊＊', number: '4699**********0011', unitName: '甲局', relatives: 1 },
  ])
  const [entry] = await logged()
  expect(entry).toMatchObject({ action: 'subjects.search', purpose: '核查线索' })
  expect(entry?.detail.shown).toEqual([personKey(he)])
  expect(JSON.stringify(entry)).not.toContain('欧阳')
})

test('only the own part of the tree is found, and only by the offices that watch', async () => {
  expect((await names(officer)).length).toBe(3)
  expect((await names(haikou)).length).toBe(2)
  await expect(watchList.look(haikou, personKey(far), '核查')).rejects.toMatchObject({
    code: 'subjects.no_such_person',
  })
  for (const role of ['finance_supervisor', 'system_admin', 'audit_admin', 'unit_finance', 'case_manager']) {
    expect(await names(caller(9, [role]))).toEqual([])
  }
})

test('pages follow each other without gaps or doubles', async () => {
  const first = await search(officer, { limit: 2 })
  const second = await search(officer, { limit: 2, cursor: first.next })
  expect(new Set([...first.items, ...second.items].map((item) => item.personKey)).size).toBe(3)
  expect(second.next).toBeNull()
})

test('a person is shown with relatives and the enterprises of either; unmasking is an act of its own', async () => {
  const detail = await watchList.look(officer, personKey(he), '核查线索')
  expect(detail).toMatchObject({
    name: '欧＊＊＊',
    relatives: [{ name: '梁＊', relation: 'spouse' }],
    enterprises: [{ enterpriseName: '静心茶业有限公司', role: 'legal_rep', through: 'spouse' }],
  })
  expect(JSON.stringify(detail)).not.toContain(wife)
  const { persons } = await watchList.unmask(officer, personKey(he), '制作谈话提纲')
  expect(persons.map(({ name, number }) => [name, number])).toEqual([
    ['欧阳文远', he],
    ['梁静', wife],
  ])
  expect((await logged()).map(({ action }) => action)).toContain('subjects.unmask')
})

test('nobody finds himself, nor his kin', async () => {
  const husband = caller(3, ['supervision_officer'])
  await database.asCaller(systemCaller, (trx) => linkPerson(trx, husband.userId, personKey(wife)))
  expect(await names(husband)).toEqual(['符＊', '云＊'])
  await expect(watchList.look(husband, personKey(he), '核查')).rejects.toMatchObject({
    code: 'subjects.no_such_person',
  })
  const self = caller(4, ['supervision_officer'])
  await database.asCaller(systemCaller, (trx) => linkPerson(trx, self.userId, personKey(she)))
  expect(await names(self)).not.toContain('符＊')
})

test('a register that changed changes what is found', async () => {
  await warehouse.writing(async (session) => {
    await session.run(`delete from watch_person where person_id = '${far}'`)
    await watchList.follow('watch_person', session)
  })
  expect((await names(officer)).length).toBe(2)
})
