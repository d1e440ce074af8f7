import { beforeAll, expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import { ensureRegions } from '#shared/organisation/index.ts'
import { createSupervision } from '#shared/supervise/index.ts'
import { aCaller, aFeed, aHit, noFiles, placeUnits, trialPolicy } from './alerts.builders.ts'
import { createAlerts } from './alerts.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T02:00:00Z')
const feed = aFeed()
const policies = new Map([['trial', trialPolicy]])
const alerts = createAlerts({ database, clock, feed, policies, files: noFiles })
const calendar = createCalendar({ database })
const supervision = createSupervision({ database, clock })
const officer = aCaller(1, ['conduct_officer'])
const cityOfficer = aCaller(4, ['conduct_officer'], '46.01')
const caseManager = aCaller(5, ['case_manager'])
const head = aCaller(3, ['unit_head'], '46.01.UU001')

/** An account of an organ with the caller's roles: slips and notices find its holder. */
async function anAccountOf({ userId, scope, roles }: typeof officer, organCode: string): Promise<void> {
  await database.asCaller(systemCaller, ensureRegions)
  await database.owner(
    `insert into organisation.organ (organ_code, name, region_code) values ($1, '市纪委', '460100')`,
    [organCode],
  )
  await database.owner(
    `insert into identity.account (user_id, username, display_name, organ_code, scope, created_at, created_by,
      state_changed_at) values ($1, $2, '某人', $3, $4, now(), $1, now())`,
    [userId, `o${userId.slice(-6)}`, organCode, scope],
  )
  for (const role of roles) {
    await database.owner(
      `insert into identity.role_holding (user_id, role, state, valid_from, requested_by, requested_at, reason, decided_by)
        values ($1, $2, 'active', '2020-01-01', $3, now(), '测试', $3)`,
      [userId, role, systemCaller.userId],
    )
  }
}

beforeAll(async () => {
  await calendar.load()
  await placeUnits(database)
  await alerts.prepare()
})

async function aRedAlert(): Promise<string> {
  clock.set('2026-11-24T02:00:00Z')
  const hit = aHit({ level: 'red' })
  feed.put(hit)
  await alerts.arrivals.takeAll()
  const [row] = await database.owner<{ alert_id: string }>(
    'select alert_id from alerts.alert_hit where hit_id = $1',
    [hit.hitId],
  )
  return row!.alert_id
}

const climbedBy = async (id: string) =>
  (await alerts.desk.detail(officer, id)).events
    .map((event) => event.kind)
    .filter((kind) => !['raised', 'dispatched'].includes(kind))

// Dispatched on Tuesday 24 November with three working days: due on Friday the 27th.
const rungs = [
  ['2026-11-25', []],
  ['2026-11-26', ['reminder']],
  ['2026-11-27', ['reminder']],
  ['2026-11-28', ['reminder']],
  ['2026-11-30', ['reminder', 'overdue']],
  ['2026-12-02', ['reminder', 'overdue', 'slip']],
  ['2026-12-04', ['reminder', 'overdue', 'slip', 'escalate']],
  ['2026-12-11', ['reminder', 'overdue', 'slip', 'escalate', 'escalate']],
] as const

test('each rung of the ladder is climbed on its working day, and once', async () => {
  const id = await aRedAlert()
  for (const [day, expected] of rungs) {
    clock.set(`${day}T02:00:00Z`)
    await alerts.ladder.climb()
    await alerts.ladder.climb()
    expect([day, await climbedBy(id)]).toEqual([day, [...expected]])
  }
  const { items } = await createSupervision({ database, clock }).list(head, { limit: 10, subjectId: id })
  expect(items).toMatchObject([{ state: 'issued', termDays: 3, issuedOn: '2026-12-02' }])
})

test('a product that was away for days climbs every missed rung, in order', async () => {
  const id = await aRedAlert()
  clock.set('2026-12-04T02:00:00Z')
  await alerts.ladder.climb()
  expect(await climbedBy(id)).toEqual(['reminder', 'overdue', 'slip', 'escalate'])
})

test('a day off announced later moves the end of open terms', async () => {
  const id = await aRedAlert()
  const admin = aCaller(9, ['information_officer'])
  await calendar.correct(admin, {
    onDate: '2026-11-26',
    isWorkday: false,
    holiday: null,
    reason: '台风停工通知',
  })
  await alerts.ladder.climb()
  expect((await alerts.desk.detail(officer, id)).dueOn).toBe('2026-11-30')
  expect((await alerts.units.detail(head, id)).dueOn).toBe('2026-11-30')
})

/** Takes an alert to the day on which its slip is issued, and returns the slip. */
async function slipOn(alertId: string, day: string) {
  clock.set(`${day}T02:00:00Z`)
  await alerts.ladder.climb()
  const { items } = await supervision.list(systemCaller, { limit: 10, subjectId: alertId })
  return items[0]!
}

const kindsOf = async (slipId: string) =>
  (await supervision.detail(systemCaller, slipId)).events.map(({ kind }) => kind)

test('a slip ends with its alert, whoever closes that, and climbs no further', async () => {
  const id = await aRedAlert()
  const slip = await slipOn(id, '2026-12-03')
  await supervision.climb()
  await alerts.judging.judge(cityOfficer, id, { verdict: 'normal', reason: '已当面说明。', files: [] })
  clock.set('2026-12-30T02:00:00Z')
  await supervision.climb()
  expect(await supervision.detail(head, slip.slipId)).toMatchObject({ state: 'ended' })
  expect(await kindsOf(slip.slipId)).toEqual(['issued', 'ended'])
  await expect(supervision.step(head, slip.slipId, 'reply', { text: '已说明。' })).rejects.toMatchObject({
    code: 'supervise.not_in_this_state',
  })
})

test('a slip to the office lies where the receiver works, who sees and answers it', async () => {
  await anAccountOf(cityOfficer, 'O4601')
  const id = await aRedAlert()
  await alerts.units.explain(head, id, { text: '情况说明。', files: [] })
  // Without the day off the judgement is due on 2 December; its slip comes three working days later.
  const slip = await slipOn(id, '2026-12-07')
  expect(slip).toMatchObject({ orgPath: '46.01', link: `/alerts/${id}` })
  expect((await supervision.list(cityOfficer, { limit: 10, subjectId: id })).items).toHaveLength(1)
  await expect(supervision.detail(head, slip.slipId)).rejects.toMatchObject({ code: 'supervise.not_found' })
  expect(await supervision.step(cityOfficer, slip.slipId, 'reply', { text: '正在核查。' })).toMatchObject({
    state: 'replied',
  })
})

test('with its handing on the office’s clock stops: not overdue, no slip; the unit’s matter stays as it was', async () => {
  const id = await aRedAlert()
  await alerts.units.explain(head, id, { text: '情况说明。', files: [] })
  const slip = await slipOn(id, '2026-12-07')
  const overdue = async () => {
    const { items } = await alerts.desk.list(officer, { overdue: true, limit: 200, sort: 'newest' })
    return items.some(({ alertId }) => alertId === id)
  }
  expect(await overdue()).toBe(true)
  await alerts.clues.handOn(officer, id, '疑似利益输送，移送核查。')
  expect(await overdue()).toBe(false)
  for (const reader of [officer, caseManager]) {
    expect(await alerts.desk.detail(reader, id)).toMatchObject({ overdue: false, dueOn: null })
  }
  expect(await kindsOf(slip.slipId)).toEqual(['issued', 'ended'])
  const owed = await aRedAlert()
  const before = await alerts.units.detail(head, owed)
  const ofUnit = await slipOn(owed, '2026-12-03')
  await alerts.clues.handOn(officer, owed, '疑似利益输送，移送核查。')
  expect(await kindsOf(ofUnit.slipId)).toEqual(['issued'])
  expect((await alerts.units.detail(head, owed)).dueOn).toBe(before.dueOn)
})
