import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import { aCaller, aFeed, aHit, aServer, asker, noFiles, placeUnits, trialPolicy } from './alerts.builders.ts'
import { alertsRoutes } from './alerts.routes.ts'
import { createAlerts } from './alerts.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-09-01T02:00:00Z')
const feed = aFeed()
const policies = new Map([['trial', trialPolicy]])
const alerts = createAlerts({ database, clock, feed, policies, files: noFiles })
const server = await aServer()
alertsRoutes(server, alerts)
const ask = asker(server)
const officer = aCaller(1, ['conduct_officer'])
const city = aCaller(5, ['conduct_officer'], '46.02')
const finance = aCaller(2, ['unit_finance'], '46.01.UU001')

type Row = { alertId: string; state: string }
type Figure = {
  key: string
  count: number
  amount: string
  recovered: string
  filter: Record<string, unknown>
}

beforeAll(async () => {
  await createCalendar({ database }).load()
  await placeUnits(database)
  await database.owner(`insert into organisation.unit (unit_code, valid_from, unit_name, region_code)
    values ('U003', '2020-01-01', '丙厅', '460000'), ('U004', '2020-01-01', '丁局', '469001')`)
  await alerts.prepare()
  await fill()
})

/** Three months of alerts of all levels in three places, with two rules on some, handled to all ends. */
async function fill(): Promise<void> {
  for (const [month, day] of [
    ['09', '01'],
    ['10', '12'],
    ['11', '20'],
  ]) {
    clock.set(`2026-${month}-${day}T02:00:00Z`)
    for (const [index, unitCode] of ['U001', 'U001', 'U002', 'U003', 'U004'].entries()) {
      const anchor = `payment_id=${month}${index}`
      for (const level of ['red', 'yellow'] as const)
        feed.put(aHit({ level, unitCode, anchor: `${anchor}${level}`, amount: `${index + 1}000.50` }))
      feed.put(
        aHit({ level: 'blue', unitCode, anchor: `${anchor}both`, rule: 'TR02', economicCode: '30216' }),
      )
      feed.put(aHit({ level: 'blue', unitCode, anchor: `${anchor}both`, rule: 'TR03' }))
    }
    await alerts.arrivals.takeAll()
  }
  const { body } = await ask(officer, 'GET', '/api/v1/alerts?unit=U001&state=dispatched&limit=200')
  for (const [index, { alertId }] of (body.items as Row[]).entries()) {
    await ask(finance, 'POST', `/api/v1/unit-alerts/${alertId}/explanation`, { text: '情况说明。' })
    if (index % 3 === 0) {
      await ask(officer, 'POST', `/api/v1/alerts/${alertId}/judge`, { verdict: 'normal', reason: '正常。' })
    } else if (index % 3 === 1) {
      const violation = { verdict: 'violation', reason: '违规。', irregularity: 'over_standard' }
      await ask(officer, 'POST', `/api/v1/alerts/${alertId}/judge`, violation)
      const answer = { text: '已退。', recoveredAmount: '123.45' }
      await ask(finance, 'POST', `/api/v1/unit-alerts/${alertId}/rectification`, answer)
      await ask(officer, 'POST', `/api/v1/alerts/${alertId}/close`, { note: '属实。' })
    }
  }
  clock.set('2026-12-15T02:00:00Z')
}

const queryOf = (filter: Record<string, unknown>) =>
  new URLSearchParams(
    Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  ).toString()

/** Everything that a list shows for a filter, page after page. */
async function rowsOf(caller: typeof officer, filter: Record<string, unknown>) {
  const rows: { amount: string; recoveredAmount: string }[] = []
  let cursor: string | null = null
  do {
    const query: string = queryOf({ ...filter, limit: 7, ...(cursor ? { cursor } : {}) })
    const { body } = await ask(caller, 'GET', `/api/v1/alerts?${query}`)
    rows.push(...body.items)
    cursor = body.next
  } while (cursor)
  return rows
}

const fen = (rows: readonly string[]) => rows.reduce((sum, yuan) => sum + Math.round(Number(yuan) * 100), 0)

for (const [name, caller, filter] of [
  ['the whole province', officer, {}],
  ['one city', city, {}],
  ['a period within months', officer, { raisedFrom: '2026-09-01', raisedTo: '2026-10-20' }],
  ['red ones below a city', officer, { level: 'red', under: '46.01' }],
  ['one state, which some figures set aside', officer, { state: 'closed,raised' }],
] as const) {
  test(`every figure of the board agrees with the rows it leads to: ${name}`, async () => {
    const { body } = await ask(caller, 'GET', `/api/v1/alert-board?${queryOf(filter)}`)
    const figures = Object.values(body as Record<string, Figure[]>).flat()
    expect(figures.length).toBeGreaterThan(20)
    for (const figure of figures) {
      const rows = await rowsOf(caller, figure.filter)
      expect([figure.key, rows.length]).toEqual([figure.key, figure.count])
      expect(fen(rows.map((row) => row.amount))).toBe(fen([figure.amount]))
      expect(fen(rows.map((row) => row.recoveredAmount))).toBe(fen([figure.recovered]))
    }
  })
}

test('a trend by the day of what happened leads to the alerts of that month', async () => {
  const { body } = await ask(officer, 'GET', '/api/v1/alert-board?of=trend&by=occurred&onDateFrom=2026-11-10')
  expect(Object.keys(body)).toEqual(['trend'])
  expect((body.trend as Figure[]).map((figure) => figure.key)).toContain('2026-11 red')
  for (const figure of body.trend as Figure[]) {
    expect(figure.filter).toMatchObject({ onDateFrom: '2026-11-10', onDateTo: '2026-11-30' })
    expect((await rowsOf(officer, figure.filter)).length).toBe(figure.count)
  }
})

test('single days count what was raised on them, and lead to it', async () => {
  const { body } = await ask(
    officer,
    'GET',
    '/api/v1/alert-board?of=days&raisedFrom=2026-10-01&raisedTo=2026-11-30',
  )
  const figures: Figure[] = body.days
  expect(new Set(figures.map(({ key }) => key.split(' ')[0]))).toEqual(new Set(['2026-10-12', '2026-11-20']))
  for (const { count, filter } of figures) {
    const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]))
    const rows = await ask(officer, 'GET', `/api/v1/alerts?${query}&limit=1`)
    expect(rows.body.total.count).toBe(count)
  }
})

test('the divisions add up to the whole, the province’s own units and its own counties among them', async () => {
  const { body } = await ask(officer, 'GET', '/api/v1/alert-board')
  const divisions = body.divisions as Figure[]
  expect(divisions.map((figure) => figure.key)).toEqual(['46', '46.01', '46.02', '46.90.01'])
  expect(divisions.reduce((sum, figure) => sum + figure.count, 0)).toBe(body.headline[0].count)
})

test('the precision of a rule counts its verdicts and leads to them', async () => {
  const { body } = await ask(officer, 'GET', '/api/v1/alert-precision?rule=TR01')
  expect(body.length).toBe(3)
  for (const line of body as { month: string; confirmed: number; normal: number; precision: string }[]) {
    const month = { rule: 'TR01', raisedFrom: `${line.month}-01`, raisedTo: `${line.month}-30` }
    expect((await rowsOf(officer, { ...month, verdict: 'violation,irregular' })).length).toBe(line.confirmed)
    expect((await rowsOf(officer, { ...month, verdict: 'normal' })).length).toBe(line.normal)
    const judged = line.confirmed + line.normal
    expect(line.precision).toBe(judged ? (line.confirmed / judged).toFixed(4) : null)
  }
})

test('who works on rules knows how often each was right, and sees no alert', async () => {
  const editor = aCaller(7, ['rule_editor'])
  const { body } = await ask(editor, 'GET', '/api/v1/rule-precision')
  const months = (await ask(officer, 'GET', '/api/v1/alert-precision')).body
  const sumOf = (rule: string, key: 'raised' | 'confirmed' | 'normal') =>
    (months as Record<string, never>[])
      .filter((line) => line.rule === rule)
      .reduce((sum, line) => sum + Number(line[key]), 0)
  expect(body.length).toBeGreaterThan(1)
  for (const { rule, raised, confirmed, normal } of body) {
    expect([raised, confirmed, normal]).toEqual([
      sumOf(rule, 'raised'),
      sumOf(rule, 'confirmed'),
      sumOf(rule, 'normal'),
    ])
  }
  expect((await ask(editor, 'GET', '/api/v1/alerts')).status).toBe(403)
  expect((await ask(finance, 'GET', '/api/v1/rule-precision')).status).toBe(403)
  const ofCity = (await ask({ ...editor, scope: '46.02' }, 'GET', '/api/v1/rule-precision')).body
  const [all, part] = [body, ofCity].map((lines) =>
    (lines as { raised: number }[]).reduce((sum, line) => sum + line.raised, 0),
  )
  expect(part).toBeLessThan(all!)
})

test('a facet says what its choice would leave, its own present choice set aside', async () => {
  const { body } = await ask(officer, 'GET', '/api/v1/alert-facets?level=red&of=level,state,rule')
  for (const { value, count } of body.level)
    expect((await rowsOf(officer, { level: value })).length).toBe(count)
  for (const { value, count } of body.state)
    expect((await rowsOf(officer, { level: 'red', state: value })).length).toBe(count)
  for (const { value, count } of body.rule)
    expect((await rowsOf(officer, { level: 'red', rule: value })).length).toBe(count)
  expect(body.level.length).toBe(2)
})

for (const [name, caller] of [
  ['the whole province', officer],
  ['one city', city],
] as const) {
  test(`a rule alone finds what it finds together with a filter that leaves nothing out: ${name}`, async () => {
    const { body } = await ask(caller, 'GET', '/api/v1/alert-facets?of=rule')
    for (const rule of ['TR01', 'TR02', 'TR03']) {
      const alone = await rowsOf(caller, { rule })
      expect(alone).toEqual(await rowsOf(caller, { rule, raisedFrom: '2000-01-01' }))
      const first = await ask(caller, 'GET', `/api/v1/alerts?rule=${rule}&limit=2`)
      expect(first.body.total).toEqual({ count: alone.length, capped: false })
      expect(body.rule.find(({ value }: { value: string }) => value === rule).count).toBe(alone.length)
    }
  })
}

test('the totals of a list are those of its rows', async () => {
  const { body } = await ask(officer, 'GET', '/api/v1/alert-totals?recovered=true')
  const rows = await rowsOf(officer, { recovered: true })
  expect(body).toMatchObject({ count: rows.length, recoveredAmount: (rows.length * 123.45).toFixed(2) })
  expect(rows.length).toBeGreaterThan(0)
})

test('what carries no economic category is counted by the first name in the column that its pack names', async () => {
  feed.put(aHit({ anchor: 'invoice=1', economicCode: null, evidence: { groups: '烟、酒' } }))
  feed.put(aHit({ anchor: 'invoice=2', economicCode: null, evidence: { groups: '' } }))
  feed.put(aHit({ anchor: 'invoice=3', economicCode: '30217', evidence: { groups: '烟' } }))
  await alerts.arrivals.takeAll()
  const rows = await database.owner<{ anchor: string; category: string | null }>(
    "select anchor, category from alerts.alert where anchor like 'invoice=%' order by anchor",
  )
  expect(rows.map(({ category }) => category)).toEqual(['烟', null, '30217'])
})
