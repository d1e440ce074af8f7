import { expect, test } from 'vitest'
import type { Caller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { openDuckdb } from '#ground/warehouse/index.ts'
import { composableDatasets } from './composable-datasets.ts'
import type { ComposedContent } from './composed-rule.schema.ts'
import { createComposedRules } from './composed-rule.service.ts'
import { ruleOf } from './composed-rule.ts'
import { openExampleSession } from './examples.ts'
import { runRules } from './runner.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T08:00:00+08:00')
const rules = createComposedRules({ database, clock, connection: database.connection })

const person = (last: number, role: string): Caller => ({
  userId: `01900000-0000-7000-8000-00000000000${last}`,
  scope: '46',
  roles: [role],
})
const editor = person(1, 'rule_editor')
const approver = person(2, 'rule_approver')
const officer = person(3, 'conduct_officer')

const example = (zh: string, record: ComposedContent['examples'][number]['record'], hit: boolean) => ({
  name: { zh, en: `example ${zh.length}` },
  record,
  hit,
})

const content: ComposedContent = {
  dataset: 'payment',
  title: { zh: '大额会议费', en: 'Large meeting expenses' },
  level: 'yellow',
  query: {
    combinator: 'and',
    rules: [
      { field: 'amount', operator: '>=', value: '20000' },
      { field: 'purpose', operator: 'contains', value: '会议' },
    ],
  },
  message: {
    zh: '{on_date}向{payee_name}支付{amount}元，用途“{purpose}”，疑似大额会议费。',
    en: 'On {on_date} {amount} yuan were paid to {payee_name} for {purpose}: a suspected large meeting expense.',
  },
  basis: [{ zh: '会议费管理办法', en: 'Rules on meeting expenses', certainty: 'practice' }],
  examples: [
    example('正好两万', { amount: '20000.00', purpose: '年度工作会议' }, true),
    example('三万余元', { amount: 30000.5, purpose: '会议场租' }, true),
    example('差一分', { amount: '19999.99', purpose: '会议场租' }, false),
    example('用途不是会议', { amount: '50000.00', purpose: '设备采购' }, false),
  ],
}

test('a rule is drawn up, runs on trial, and is put in force by another person', async () => {
  const [drafted] = await rules.compose(editor, content)
  expect(drafted).toMatchObject({ code: 'ZD01', version: 1, state: 'draft' })
  expect(drafted!.reading).toEqual({
    zh: '支付金额（元）不低于20000，且用途包含“会议”',
    en: 'amount (yuan) at least 20000 and purpose contains "会议"',
  })
  expect(await rules.running()).toEqual([])
  await expect(rules.approve(approver, 'ZD01', 1, null)).rejects.toMatchObject({
    code: 'rules.composed_not_in_this_state',
  })
  await rules.propose(editor, 'ZD01', '近期会议费偏高')
  expect(await rules.running()).toMatchObject([{ mode: 'trial', version: 1, rule: { code: 'ZD01' } }])
  const both = { ...editor, roles: ['rule_editor', 'rule_approver'] }
  await expect(rules.approve(both, 'ZD01', 1, null)).rejects.toMatchObject({ code: 'rules.own_composition' })
  await expect(rules.redraft(editor, 'ZD01', content)).rejects.toMatchObject({
    code: 'rules.composed_not_in_this_state',
  })
  await rules.approve(approver, 'ZD01', 1, '同意')
  expect(await rules.running()).toMatchObject([{ mode: 'live', version: 1 }])
})

test('the next version takes the place of the one in force when it is approved, and a rule can be ended', async () => {
  await rules.redraft(editor, 'ZD01', { ...content, level: 'red' })
  await rules.propose(editor, 'ZD01', '改为红色')
  expect(await rules.running()).toMatchObject([{ mode: 'live', version: 1 }])
  // What was looked at before is not what would be put in force.
  await expect(rules.approve(approver, 'ZD01', 1, null)).rejects.toMatchObject({
    code: 'rules.composed_not_in_this_state',
  })
  await rules.approve(approver, 'ZD01', 2, null)
  expect((await rules.versions(officer, 'ZD01')).map(({ version, state }) => [version, state])).toEqual([
    [2, 'live'],
    [1, 'superseded'],
  ])
  expect((await rules.running())[0]!.rule.levels[0]!.level).toBe('red')
  await rules.end(approver, 'ZD01', 2, '规定已废止')
  expect(await rules.running()).toEqual([])
  expect(await rules.list(officer)).toMatchObject([{ code: 'ZD01', state: 'ended', live: null }])
})

test('a rule whose examples do not hold is not proposed', async () => {
  const wrong = {
    ...content,
    examples: [...content.examples, example('说反了', { amount: '1', purpose: '会议' }, true)],
  }
  const checked = await rules.check(editor, wrong)
  expect(checked.ready).toBe(false)
  expect(checked.examples.map(({ holds }) => holds)).toEqual([true, true, true, true, false])
  expect(checked.examples[4]!.faults.map(({ engine }) => engine)).toEqual(['duckdb', 'postgres'])
  const [drafted] = await rules.compose(editor, wrong)
  await expect(rules.propose(editor, drafted!.code, '试试看看')).rejects.toMatchObject({
    code: 'rules.unusable_composition',
  })
  expect((await rules.versions(editor, drafted!.code))[0]).toMatchObject({ state: 'draft' })
})

test('a message that names nothing known, and one that does not say that it suspects, are faults', async () => {
  const paths = async (change: Partial<ComposedContent>) =>
    (await rules.check(editor, { ...content, ...change })).faults.map(({ path }) => path)
  expect(await paths({ message: { zh: '疑似{batch_id}', en: 'suspected' } })).toEqual(['message.zh'])
  expect(await paths({ message: { zh: '违规付款', en: 'a violation' } })).toEqual([
    'message.zh',
    'message.en',
  ])
  expect(await paths({ examples: content.examples.slice(0, 2) })).toEqual(['examples'])
  await expect(rules.compose(editor, { ...content, dataset: 'keyword' })).rejects.toMatchObject({
    code: 'rules.unusable_composition',
  })
})

test('the database itself keeps what was proposed, and who may do what', async () => {
  const [drafted] = await rules.compose(editor, content)
  await rules.propose(editor, drafted!.code, '近期会议费偏高')
  const change = (caller: Caller, set: string) =>
    database.asCaller(caller, async () => {
      const client = await database.pool.connect()
      try {
        await client.query('begin')
        await client.query(
          `select set_config('app.user_id', $1, true), set_config('app.scope', '46', true), set_config('app.roles', $2, true)`,
          [caller.userId, caller.roles.join(',')],
        )
        const done = await client.query(`update rules.composed_version set ${set} where code = $1`, [
          drafted!.code,
        ])
        return done.rowCount
      } finally {
        await client.query('rollback')
        client.release()
      }
    })
  await expect(change(editor, "state = 'draft'")).rejects.toMatchObject({ code: '42501' })
  await expect(change(editor, "content = '{}'")).rejects.toMatchObject({ code: '42501' })
  await expect(change(editor, "state = 'live', decided_by = app.user_id()")).rejects.toMatchObject({
    code: '42501',
  })
  expect(await change(officer, "state = 'live'")).toBe(0)
  const admin = person(4, 'system_admin')
  expect(
    await database.asCaller(admin, (trx) =>
      trx.selectFrom('rules.composed_version').select('code').execute(),
    ),
  ).toEqual([])
  await expect(rules.compose(officer, content)).rejects.toMatchObject({ code: '42501' })
  await rules.withdraw(editor, drafted!.code)
})

type Cells = ComposedContent['examples'][number]['record']

const someQuery: Readonly<Record<string, ComposedContent['query']>> = {
  payment: content.query,
  contract: { combinator: 'and', rules: [{ field: 'amount', operator: '>', value: '1' }] },
  budget_indicator: { combinator: 'and', rules: [{ field: 'fund_kind', operator: '=', value: 'project' }] },
  budget_adjustment: { combinator: 'and', rules: [{ field: 'approval_no', operator: 'null' }] },
  invoice: { combinator: 'and', rules: [{ field: 'seller_name', operator: 'contains', value: '商行' }] },
  invoice_line: { combinator: 'and', rules: [{ field: 'item_name', operator: 'contains', value: '砚' }] },
  reimbursement: { combinator: 'and', rules: [{ field: 'claimant_name', operator: 'notNull' }] },
}

test.each(composableDatasets.map(({ dataset }) => dataset.name))(
  'a rule over %s holds its examples on both engines',
  async (name) => {
    const records: Readonly<Record<string, readonly [object, object]>> = {
      payment: [
        { amount: '30000', purpose: '会议' },
        { amount: '1', purpose: '会议' },
      ],
      contract: [{ amount: '2' }, { amount: '1' }],
      budget_indicator: [{ fund_kind: 'project' }, { fund_kind: 'office' }],
      budget_adjustment: [{}, { approval_no: '批1号' }],
      invoice: [{ seller_name: '某商行' }, { seller_name: '某书店' }],
      invoice_line: [{ item_name: '端砚' }, { item_name: '毛笔' }],
      reimbursement: [{ claimant_name: '李某' }, {}],
    }
    const [hit, miss] = records[name] as unknown as readonly [Cells, Cells]
    const checked = await rules.check(editor, {
      ...content,
      dataset: name,
      query: someQuery[name]!,
      message: { zh: '{on_date}金额{amount}元，疑似异常。', en: '{amount} yuan on {on_date}, suspected.' },
      examples: [
        example('一', hit, true),
        example('一二', hit, true),
        example('一二三', miss, false),
        example('一二三四', miss, false),
      ],
    })
    expect(checked).toMatchObject({ faults: [], ready: true })
  },
)

test('it runs beside the shipped rules, with unit, evidence and sentence', async () => {
  const warehouse = await openDuckdb({ path: ':memory:' })
  const session = await openExampleSession(warehouse)
  await session.insert(
    'unit',
    ['unit_code', 'unit_name', 'credit_code', 'region_code', 'valid_from'],
    [['U1', '某局', '914600000000000001', '460100', '2020-01-01']],
  )
  await session.insert(
    'invoice',
    ['invoice_no', 'invoice_kind', 'issued_on', 'buyer_tax_no', 'seller_name', 'total', 'invoice_state'],
    [
      ['00000001', 'vat_ordinary', '2026-05-04', '914600000000000001', '某商行', '800.00', 'normal'],
      ['00000002', 'vat_ordinary', '2026-05-04', '914600000000000001', '某商行', '900.00', 'void'],
    ],
  )
  const rule = ruleOf('ZD09', {
    ...content,
    dataset: 'invoice',
    query: someQuery.invoice!,
    message: {
      zh: '{seller_name}开票{amount}元，疑似异常。',
      en: '{seller_name}: {amount} yuan, suspected.',
    },
  })
  const [outcome] = await runRules(session, [rule], {
    asOf: '2026-11-24',
    available: new Set(['invoice', 'unit', 'reimbursement']),
    modes: { ZD09: 'trial' },
  })
  expect(outcome).toMatchObject({ state: 'ok', mode: 'trial' })
  expect(outcome!.hits).toMatchObject([
    {
      rule: 'ZD09',
      unitCode: 'U1',
      level: 'yellow',
      amount: '800.00',
      evidence: { seller_name: '某商行' },
      message: { zh: '某商行开票800.00元，疑似异常。' },
    },
  ])
  await session.close()
  await warehouse.close()
})

test('every act is on record', async () => {
  const acts = await database.owner<{ action: string }>('select distinct action from audit.entry order by 1')
  expect(acts.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      'rules.approve_composed',
      'rules.compose_composed',
      'rules.end_composed',
      'rules.propose_composed',
      'rules.redraft_composed',
      'rules.withdraw_composed',
    ]),
  )
})
