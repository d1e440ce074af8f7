import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { openDuckdb, openPostgresWarehouse, TimeLimitError, type Warehouse } from '#ground/warehouse/index.ts'
import type { Jobs } from '#shared/jobs/index.ts'
import { ensureRegions, syncUnits } from '#shared/organisation/index.ts'
import { linkPerson } from '#shared/permissions/index.ts'
import { loadPack } from './catalogue.ts'
import { createComposedRules } from './composed-rule.service.ts'
import { createConfiguration } from './configuration.service.ts'
import { openExampleSession } from './examples.ts'
import { effectiveParameters } from './parameters.ts'
import { shippedKeywords } from './reference-relations.ts'
import type { Replay } from './replay.schema.ts'
import { createReplays, type Replays } from './replay.service.ts'
import { queryHits } from './runner.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T08:00:00+08:00')
const editor = person('1', '46', 'rule_editor')
const reader = person('2', '46.01', 'conduct_officer')
const named = person('3', '46', 'finance_supervisor')
const payeeNumber = '469999199001010017'
const period = { from: '2026-01-01', to: '2026-10-31' }

function person(last: string, scope: string, role: string): Caller {
  return { userId: `01900000-0000-7000-8000-00000000000${last}`, scope, roles: [role] }
}

await database.asCaller(systemCaller, async (trx) => {
  await ensureRegions(trx)
  await syncUnits(
    trx,
    (
      [
        ['U1', '460100'],
        ['U2', '460200'],
      ] as const
    ).map(([unit_code, region_code]) => ({
      unit_code,
      unit_name: `${unit_code}局`,
      credit_code: null,
      region_code,
      parent_code: null,
      kind: 'organ',
      successor_code: null,
      valid_from: '2020-01-01',
      valid_to: null,
    })),
  )
  await linkPerson(trx, named.userId, keyOf(payeeNumber))
})

function keyOf(idNumber: string): string {
  return Buffer.from(idNumber).toString('hex').padEnd(64, '0')
}

const columns = [
  'payment_id',
  'unit_code',
  'paid_on',
  'amount',
  'settlement',
  'payee_kind',
  'payee_name',
  'payee_code',
  'payment_kind',
  'payment_state',
]

/** Cash payments of all sizes around every limit, of two units over ten months, from a fixed sequence. */
const payments = Array.from({ length: 900 }, (_, at) => {
  const month = String(1 + (at % 10)).padStart(2, '0')
  const day = String(1 + ((at * 7) % 28)).padStart(2, '0')
  const amount = `${300 + ((at * 7919) % 70_000)}.00`
  const code = at % 50 === 0 ? payeeNumber : null
  return [
    `P${String(at).padStart(4, '0')}`,
    at % 3 === 0 ? 'U1' : 'U2',
    `2026-${month}-${day}`,
    amount,
    'cash',
    'person',
    '王某某',
    code,
    'ordinary',
    'paid',
  ]
})

const engines: Readonly<Record<string, () => Promise<Warehouse>>> = {
  duckdb: () => openDuckdb({ path: ':memory:' }),
  postgres: () =>
    openPostgresWarehouse({
      connection: { host: inject('postgresSocket'), user: 'postgres', database: 'postgres' },
      schema: 'replay_test',
    }),
}

const verdicts = new Map([
  ['payment_id=P0001', 'violation'],
  ['payment_id=P0002', 'normal'],
])
const catalogue = [...loadPack('fiscal'), ...loadPack('invoices')]
const configuration = createConfiguration({
  database,
  clock,
  rules: catalogue,
  packs: [],
  keywords: shippedKeywords(),
  onApproved: async () => {},
})
await configuration.prepare()
const composed = createComposedRules({ database, clock, connection: database.connection })
const rule = catalogue.find(({ code }) => code === 'ZF10')!
const changed = { single_limit: '20000', single_red: '60000', month_times: 40, month_limit: '9000000' }

describe.each(Object.keys(engines))('on %s', (engine) => {
  let warehouse: Warehouse
  let replays: Replays
  const sent: string[] = []

  const build = (limits: { warehouse?: Warehouse; mostHits?: number } = {}) =>
    createReplays({
      database,
      warehouse,
      clock,
      jobs: {
        send: async (_trx, _name, { replayId }: { replayId: string }) => void sent.push(replayId),
      } as Jobs,
      verdicts: {
        verdicts: async (_trx, _rule, anchors) =>
          new Map(
            anchors.flatMap((anchor) => (verdicts.has(anchor) ? [[anchor, verdicts.get(anchor)!]] : [])),
          ),
      },
      personKey: keyOf,
      rules: catalogue,
      configuration,
      composed,
      timeLimitMilliseconds: 60_000,
      mostHits: 10_000,
      ...limits,
    })
  const request = {
    rule: 'ZF10',
    a: { kind: 'live' as const },
    b: { kind: 'values' as const, parameters: changed },
  }
  const run = async (work: Replays = replays): Promise<Replay> => {
    const { replayId } = await work.start(editor, { ...request, ...period })
    await work.work(replayId)
    return work.detail(editor, replayId)
  }
  const hitsOf = async (caller: Caller, replayId: string) => {
    const items = []
    let cursor: string | undefined
    do {
      const page = await replays.hits(caller, replayId, { limit: 100, cursor })
      items.push(...page.items)
      cursor = page.next ?? undefined
    } while (cursor)
    return items
  }

  beforeAll(async () => {
    warehouse = await engines[engine]!()
    const session = await openExampleSession(warehouse)
    await session.run('delete from payment')
    await session.insert('payment', columns, payments)
    await session.close()
    replays = build()
  })
  afterAll(() => warehouse.close())

  test('new, lost and kept are what both versions find one by one', async () => {
    const session = await warehouse.open()
    const found = async (values: object) =>
      new Map(
        (await queryHits(session, rule, effectiveParameters(rule, values as never), period.to)).map((hit) => [
          String(hit.keys.payment_id),
          hit,
        ]),
      )
    const [a, b] = [await found({}), await found(changed)]
    await session.close()
    const replay = await run()
    expect(replay).toMatchObject({ state: 'done', percent: 100, fault: null })
    const items = await hitsOf(editor, replay.replayId)
    expect(items).toHaveLength(new Set([...a.keys(), ...b.keys()]).size)
    for (const item of items) {
      const [before, after] = [a.get(item.record), b.get(item.record)]
      expect(item.outcome).toBe(before ? (after ? 'kept' : 'lost') : 'new')
      expect([item.levelA, item.levelB]).toEqual([before?.level ?? null, after?.level ?? null])
      expect(item.changed).toBe(
        before !== undefined &&
          after !== undefined &&
          (before.level !== after.level || before.condition !== after.condition),
      )
    }
    const outcomes = Map.groupBy(items, ({ outcome }) => outcome)
    const { total, judged, levels, months } = await replays.difference(editor, replay.replayId)
    expect(total).toMatchObject({
      new: outcomes.get('new')?.length ?? 0,
      lost: outcomes.get('lost')!.length,
      kept: outcomes.get('kept')!.length,
      changed: items.filter((item) => item.changed).length,
    })
    expect(judged.lostViolation + judged.keptViolation).toBe(1)
    expect(judged.lostNormal + judged.keptNormal).toBe(1)
    expect(levels.reduce((sum, { count }) => sum + count, 0)).toBe(items.length)
    expect(months.reduce((sum, month) => sum + month.new + month.lost + month.kept, 0)).toBe(items.length)
    expect(items.every(({ message }) => message.zh.includes('王**') && !message.zh.includes('王某某'))).toBe(
      true,
    )
  })

  test('it touches neither hits nor alerts, and leaves nothing in the warehouse', async () => {
    expect(await database.owner('select count(*)::int as n from rules.hit')).toEqual([{ n: 0 }])
    const session = await warehouse.open()
    await expect(session.rows('select 1 from replay_a')).rejects.toThrow()
    await session.close()
  })

  test('everyone sees only what lies in his part of the tree and does not concern him', async () => {
    const replay = await run()
    const all = await hitsOf(editor, replay.replayId)
    const mine = await hitsOf(reader, replay.replayId)
    expect(mine.length).toBeGreaterThan(0)
    expect(mine).toEqual(all.filter(({ unitCode }) => unitCode === 'U1'))
    const { total, units } = await replays.difference(reader, replay.replayId)
    expect(total.new + total.lost + total.kept).toBe(mine.length)
    expect(units.map(({ unitName }) => unitName)).toEqual(['U1局'])
    const concerned = new Set(payments.filter((row) => row[7] === payeeNumber).map((row) => row[0]))
    const others = await hitsOf(named, replay.replayId)
    expect(others).toEqual(all.filter(({ record }) => !concerned.has(record)))
    expect(others.length).toBeLessThan(all.length)
  })

  /** The same warehouse, where something happens before each statement that has a time limit. */
  const when = (happens: () => Promise<void>): Warehouse => ({
    ...warehouse,
    open: async () => {
      const session = await warehouse.open()
      return {
        ...session,
        within: async (milliseconds, work, signal) => {
          await happens()
          return session.within(milliseconds, work, signal)
        },
      }
    },
  })

  test('a side that takes too long ends it, and one with too many hits keeps none', async () => {
    const slow = when(() => Promise.reject(new TimeLimitError('longer than 1 ms')))
    expect(await run(build({ warehouse: slow }))).toMatchObject({ state: 'timed_out' })
    const many = await run(build({ mostHits: 10 }))
    expect(many.state).toBe('too_many')
    expect(await hitsOf(editor, many.replayId)).toEqual([])
  })

  test('one that runs is stopped by a cancellation, and so is what it would have kept', async () => {
    let replayId = ''
    let limited = 0
    const work = build({
      warehouse: when(async () => {
        limited += 1
        if (limited === 3) await work.cancel(editor, replayId)
      }),
    })
    replayId = (await work.start(editor, { ...request, ...period })).replayId
    await work.work(replayId)
    expect(await work.detail(editor, replayId)).toMatchObject({ state: 'cancelled' })
    expect(await hitsOf(editor, replayId)).toEqual([])
  })

  test('a cancelled one stays cancelled and can be run again', async () => {
    const { replayId } = await replays.start(editor, { ...request, ...period })
    expect(await replays.cancel(editor, replayId)).toMatchObject({ state: 'cancelled' })
    await replays.work(replayId)
    expect(await replays.detail(editor, replayId)).toMatchObject({ state: 'cancelled' })
    await expect(replays.cancel(editor, replayId)).rejects.toMatchObject({ code: 'rules.replay_not_running' })
    const again = await replays.again(editor, replayId)
    await replays.work(again.replayId)
    expect(await replays.detail(editor, again.replayId)).toMatchObject({ state: 'done' })
  })

  test('one that a stop cut off is marked as broken at the next start', async () => {
    const { replayId } = await replays.start(editor, { ...request, ...period })
    await database.owner("update rules.replay set state = 'running' where replay_id = $1", [replayId])
    await replays.recover()
    expect(await replays.detail(editor, replayId)).toMatchObject({ state: 'broken' })
  })

  test('what makes no sense is refused', async () => {
    const asked = { ...request, ...period }
    const refused = async (change: object, code: string) =>
      expect(replays.start(editor, { ...asked, ...change })).rejects.toMatchObject({ code })
    await refused({ b: { kind: 'live' } }, 'rules.sides_equal')
    await refused({ rule: 'ZF99' }, 'rules.no_replayable_rule')
    await refused({ b: { kind: 'values', parameters: { single_limit: 1 } } }, 'rules.unusable_values')
    await refused({ to: '2025-12-31' }, 'rules.wrong_period')
    await refused({ to: '2026-11-25' }, 'rules.wrong_period')
    await expect(replays.start(reader, asked)).rejects.toMatchObject({ code: '42501' })
  })

  test('a change that waits for a decision is replayed against what is in force', async () => {
    const content = { mode: 'live' as const, parameters: effectiveParameters(rule, changed) }
    const { proposalId } = await configuration.propose(editor, {
      kind: 'rule',
      object: 'ZF10',
      content,
      baseVersion: 0,
      reason: '限额调整测算',
      effectiveFrom: '2026-11-24',
    })
    const [choice] = (await replays.choices(editor)).filter(({ rule: code }) => code === 'ZF10')
    expect(choice!.proposals.map((proposal) => proposal.proposalId)).toEqual([proposalId])
    const asked = await replays.start(editor, { ...request, ...period, b: { kind: 'proposal', proposalId } })
    await replays.work(asked.replayId)
    const byValues = await run()
    const [one, other] = [asked.replayId, byValues.replayId].map((id) => replays.difference(editor, id))
    expect(await one).toEqual(await other)
    await configuration.withdraw(editor, proposalId)
    await expect(
      replays.start(editor, { ...request, ...period, rule: 'ZF12', b: { kind: 'proposal', proposalId } }),
    ).rejects.toMatchObject({ code: 'rules.useless_proposal' })
  })

  test('a composed rule is replayed against nothing, and one version against the other', async () => {
    const content = (amount: string) => ({
      dataset: 'payment',
      title: { zh: '现金五万', en: 'cash of 50000' },
      level: 'yellow' as const,
      query: {
        combinator: 'and' as const,
        rules: [{ field: 'amount', operator: '>=' as const, value: amount }],
      },
      message: { zh: '支付{amount}元，疑似异常。', en: '{amount} yuan, suspected.' },
      basis: [{ zh: '现金管理', en: 'cash', certainty: 'practice' as const }],
      examples: [],
    })
    const [first] = await composed.compose(editor, content('50000'))
    const { code } = first!
    const paid = (from: number) => payments.filter((row) => Number(row[3]) >= from).length
    const compare = async (a: object, b: object) => {
      const asked = await replays.start(editor, { rule: code, a, b, ...period } as never)
      await replays.work(asked.replayId)
      return (await replays.difference(editor, asked.replayId)).total
    }
    const version = { kind: 'version', version: 1 }
    expect(await compare({ kind: 'none' }, version)).toMatchObject({ new: paid(50_000), lost: 0, kept: 0 })
    await expect(compare({ kind: 'live' }, version)).rejects.toMatchObject({
      code: 'rules.no_version_to_replay',
    })
    const choice = (await replays.choices(editor)).find(({ rule: known }) => known === code)
    expect(choice).toMatchObject({ live: false, versions: [1], parameters: [] })
  })

  test('another keyword group changes what invoices are hit, for the replay alone', async () => {
    const session = await warehouse.open()
    await session.run('delete from invoice')
    await session.run('delete from invoice_line')
    await session.insert(
      'invoice',
      ['invoice_no', 'invoice_kind', 'issued_on', 'seller_name', 'total', 'invoice_state'],
      [['12345678', 'vat_ordinary', '2026-05-04', '某商行', '800.00', 'normal']],
    )
    await session.insert(
      'invoice_line',
      ['invoice_no', 'line_no', 'item_name', 'amount'],
      [['12345678', 1, '*杂项制品*墨绿方座', '800.00']],
    )
    const group = shippedKeywords().groups.find(({ level }) => level === 'yellow')!
    const { code, ...content } = group
    const { proposalId } = await configuration.propose(editor, {
      kind: 'keyword_group',
      object: code,
      content: { ...content, keywords: [...content.keywords, '墨绿方座'] },
      baseVersion: 0,
      reason: '增加关键词测算',
      effectiveFrom: '2026-11-24',
    })
    const asked = await replays.start(editor, {
      ...request,
      ...period,
      rule: 'R01',
      b: { kind: 'proposal', proposalId },
    })
    await replays.work(asked.replayId)
    const difference = await replays.difference(editor, asked.replayId)
    expect(difference.total).toMatchObject({ new: 1, lost: 0, kept: 0 })
    const [keyword] = await session.rows("select count(*) as n from keyword where word = '墨绿方座'")
    expect(Number(keyword!.n)).toBe(0)
    await configuration.withdraw(editor, proposalId)
    await session.close()
  })
})

test('units and administrators see no replay', async () => {
  for (const role of ['unit_finance', 'system_admin', 'information_officer']) {
    const caller = person('9', '46', role)
    const seen = await database.asCaller(caller, (trx) =>
      trx.selectFrom('rules.replay_hit').select('position').limit(1).execute(),
    )
    expect(seen).toEqual([])
  }
})
