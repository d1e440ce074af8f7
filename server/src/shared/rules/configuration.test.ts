import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { addDays, fakeClock } from '#ground/time/index.ts'
import { loadPack } from './catalogue.ts'
import {
  anAccount,
  approver,
  editor,
  limitsOf,
  officer,
  otherEditor,
  someRules,
  unitFinance,
} from './configuration.builders.ts'
import { contentFaults } from './content-faults.ts'
import { shippedKeywords } from './reference-relations.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T02:00:00Z')
let applied = 0
const { configuration } = await someRules(database, clock, async () => {
  applied += 1
})

beforeAll(async () => {
  for (const person of [editor, approver, officer, otherEditor]) await anAccount(database, person)
})

const inForce = async (day: string) => (await configuration.inForce(day)).parameters.ZF12!.single_limit
const approved = async (input: Parameters<typeof configuration.propose>[1]) => {
  const { proposalId } = await configuration.propose(editor, input)
  return configuration.approve(approver, proposalId)
}

test('what is shipped is in force until something else is approved, and keeps every check of a change', async () => {
  expect(await inForce('2026-11-24')).toBe(50000)
  expect(await inForce('1999-01-01')).toBe(50000)
  const groups = (await configuration.inForce()).keywords.groups
  expect(groups.map(({ code }) => code).sort()).toEqual(
    shippedKeywords()
      .groups.map(({ code }) => code)
      .sort(),
  )
  for (const { code, ...content } of groups) {
    expect(contentFaults('keyword_group', code, content, [])).toEqual([])
  }
})

test('a change comes into force by another person only, on its day, and the older one stays on record', async () => {
  const proposal = await configuration.propose(editor, limitsOf(60000, { effectiveFrom: '2026-12-01' }))
  expect(proposal).toMatchObject({
    state: 'waiting',
    own: true,
    title: { zh: 'ZF12 大额转入个人账户' },
    changes: [{ field: 'parameters.single_limit', before: 50000, after: 60000 }],
  })
  expect(await inForce('2026-12-02')).toBe(50000)
  expect(applied).toBe(0)
  const decided = await configuration.approve(approver, proposal.proposalId, '同意')
  expect(decided).toMatchObject({ state: 'approved', version: 1, decision: '同意', own: false })
  expect(applied).toBe(1)
  expect(await inForce('2026-11-30')).toBe(50000)
  expect(await inForce('2026-12-01')).toBe(60000)
  const versions = await database.asCaller(officer, (trx) => configuration.versions(trx, 'rule', 'ZF12'))
  expect(versions).toMatchObject([
    { version: 1, validFrom: '2026-12-01', validTo: null, proposedBy: { userId: editor.userId } },
    { version: 0, validTo: '2026-11-30', approvedBy: null },
  ])
  const told = await database.owner<{ user_id: string; kind: string }>(
    "select user_id, kind from notices.notice where kind like 'rules.%' order by notice_id",
  )
  expect(told).toEqual([
    { user_id: approver.userId, kind: 'rules.proposed' },
    { user_id: editor.userId, kind: 'rules.approved' },
  ])
})

test('a later decision supersedes a planned one from its own day on', async () => {
  await approved(limitsOf(70000, { baseVersion: 1, effectiveFrom: '2026-11-25' }))
  expect([await inForce('2026-11-24'), await inForce('2026-11-25'), await inForce('2026-12-01')]).toEqual([
    50000, 70000, 70000,
  ])
})

test('one change of an object at a time, drawn up on its newest version', async () => {
  const first = await configuration.propose(editor, limitsOf(80000, { baseVersion: 2 }))
  await expect(configuration.propose(otherEditor, limitsOf(81000, { baseVersion: 2 }))).rejects.toMatchObject(
    { code: 'rules.already_waiting' },
  )
  await expect(configuration.withdraw(otherEditor, first.proposalId)).rejects.toMatchObject({
    code: 'rules.not_your_proposal',
  })
  expect(await configuration.withdraw(editor, first.proposalId, '数据有误')).toMatchObject({
    state: 'withdrawn',
  })
  await expect(configuration.propose(editor, limitsOf(80000, { baseVersion: 1 }))).rejects.toMatchObject({
    code: 'rules.changed_meanwhile',
  })
  const both = await Promise.allSettled([
    configuration.propose(editor, limitsOf(82000, { baseVersion: 2 })),
    configuration.propose(otherEditor, limitsOf(83000, { baseVersion: 2 })),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const { items } = await configuration.proposals(officer, { state: 'waiting', limit: 10 })
  expect(items).toHaveLength(1)
  expect(await configuration.reject(approver, items[0]!.proposalId, '依据不足')).toMatchObject({
    state: 'rejected',
    decision: '依据不足',
    version: null,
  })
  await expect(configuration.approve(approver, items[0]!.proposalId)).rejects.toMatchObject({
    code: 'rules.already_decided',
  })
})

test('values out of bounds, of the wrong form, unknown, unchanged or backdated are refused with the field', async () => {
  const refusal = (single: number | string, given = {}) =>
    configuration.propose(editor, limitsOf(single, { baseVersion: 2, ...given })).catch((error) => error)
  expect(await refusal(999)).toMatchObject({
    code: 'rules.unusable_content',
    fields: [
      {
        path: 'content.parameters.single_limit',
        zh: '“单笔限额”须为金额（元，至多两位小数），不小于 1000、不大于 10000000 元',
        en: '“limit for one payment” must be an amount in yuan with at most two decimals of at least 1000 and at most 10000000',
      },
    ],
  })
  expect(await refusal('50000.001')).toMatchObject({ code: 'rules.unusable_content' })
  const foreign = { mode: 'live', parameters: { single_limit: 50000, single_red: 200000, stranger: 1 } }
  expect((await refusal(1, { content: foreign })).fields.map(({ path }: { path: string }) => path)).toEqual([
    'content.parameters.stranger',
    'content.parameters.month_limit',
  ])
  expect(await refusal('70000.00')).toMatchObject({ code: 'rules.nothing_changed' })
  expect(await refusal(50000, { effectiveFrom: '2026-11-23' })).toMatchObject({ code: 'rules.too_early' })
  expect(await refusal(50000, { object: 'ZF99' })).toMatchObject({ code: 'rules.not_found' })
})

test('nobody approves what he proposed, and the database says so too', async () => {
  const { proposalId } = await configuration.propose(editor, limitsOf(55000, { baseVersion: 2 }))
  const both = { ...editor, roles: ['rule_editor', 'rule_approver'] }
  await expect(configuration.approve(both, proposalId)).rejects.toMatchObject({ code: 'rules.own_proposal' })
  const update = (as: typeof editor, state: string) =>
    database.asCaller(as, (trx) =>
      trx
        .updateTable('rules.proposal')
        .set({ state, decided_by: as.userId, decided_at: new Date() })
        .where('proposal_id', '=', proposalId)
        .returning('state')
        .execute(),
    )
  await expect(update(both, 'approved')).rejects.toMatchObject({ code: '42501' })
  expect(await update(officer, 'approved')).toEqual([])
  const version = {
    kind: 'rule',
    object: 'ZF12',
    version: 3,
    content: '{}',
    valid_from: '2026-11-24',
    proposal_id: proposalId,
    approved_at: new Date(),
  }
  await expect(
    database.asCaller(approver, (trx) => trx.insertInto('rules.version').values(version).execute()),
  ).rejects.toMatchObject({ code: '42501' })
  await expect(
    database.asCaller(approver, (trx) => trx.deleteFrom('rules.version').execute()),
  ).rejects.toMatchObject({ code: '42501' })
  await configuration.reject(approver, proposalId, '不同意')
})

test('a change that lay waiting comes into force on the day of its approval at the earliest', async () => {
  const { proposalId } = await configuration.propose(editor, limitsOf(56000, { baseVersion: 2 }))
  clock.advance(3 * 86_400_000)
  await configuration.approve(approver, proposalId)
  expect([await inForce('2026-11-26'), await inForce('2026-11-27')]).toEqual([70000, 56000])
})

test('units see nothing of the configuration', async () => {
  const { items } = await configuration.proposals(unitFinance, { limit: 10 })
  expect(items).toEqual([])
  const seen = await database.asCaller(unitFinance, (trx) =>
    trx.selectFrom('rules.version').select('version').execute(),
  )
  expect(seen).toEqual([])
})

test('words of a keyword group count from the day of their version on, the others go on as they were', async () => {
  const { code, ...tobacco } = shippedKeywords().groups.find((group) => group.code === 'tobacco')!
  const words = tobacco.keywords.filter((word) => word !== '芙蓉王')
  const proposal = await configuration.propose(editor, {
    kind: 'keyword_group',
    object: code,
    baseVersion: 0,
    reason: '新增品牌',
    effectiveFrom: '2026-12-05',
    content: { ...tobacco, keywords: [...words, '钻石荷花'] },
  })
  expect(proposal.changes).toMatchObject([{ field: 'keywords', added: ['钻石荷花'], removed: ['芙蓉王'] }])
  await configuration.approve(approver, proposal.proposalId)
  const { groups } = await configuration.datedKeywords()
  expect(
    groups.filter((group) => group.code === 'tobacco').map(({ validFrom, validTo }) => [validFrom, validTo]),
  ).toEqual([
    ['1990-01-01', '2026-12-04'],
    ['2026-12-05', null],
  ])
})

test('a decision table must name rules that exist and be reachable to its last row', async () => {
  const rows = [
    { level: 'red' as const, title: { zh: '总是', en: 'always' } },
    {
      level: 'yellow' as const,
      title: { zh: '未知', en: 'unknown' },
      rules: ['ZF99'],
      conditions: ['ZF12.single'],
    },
  ]
  const refused = await configuration
    .propose(editor, {
      kind: 'grading',
      object: 'fiscal',
      baseVersion: 0,
      reason: '调整定级',
      effectiveFrom: '2026-12-01',
      content: { rows },
    })
    .catch((error) => error)
  expect(refused.fields.map(({ path }: { path: string }) => path)).toEqual([
    'content.rows.0',
    'content.rows.1',
  ])
})

test('on every day exactly one version is in force, the last decided of those that have begun', async () => {
  const object = 'ZF10'
  const [rule] = loadPack('fiscal').filter(({ code }) => code === object)
  const name = rule!.parameters.find(({ type }) => type === 'money')!.name
  const defaults = Object.fromEntries(rule!.parameters.map((one) => [one.name, one.default]))
  const begins: number[] = []
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 60 }),
      async (offset, day) => {
        const today = '2026-11-27'
        await approved({
          kind: 'rule',
          object,
          baseVersion: begins.length,
          reason: '性质检验',
          effectiveFrom: addDays(today, offset),
          content: { mode: 'live', parameters: { ...defaults, [name]: 2000 + begins.length } },
        })
        begins.push(offset)
        const { versions } = await configuration.inForce(addDays(today, day))
        const expected = begins.findLastIndex((begin) => begin <= day) + 1
        expect(versions[object]).toBe(expected)
      },
    ),
    { numRuns: 15 },
  )
})
