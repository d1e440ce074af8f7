import { beforeAll, expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import { aCaller, aFeed, aHit, anAccount, noFiles, placeUnits, trialPolicy } from './alerts.builders.ts'
import { createAlerts } from './alerts.ts'
import { alertWork } from './open-work.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-24T02:00:00Z')
const feed = aFeed()
const policies = new Map([['trial', trialPolicy]])
const alerts = createAlerts({ database, clock, feed, policies, files: noFiles })
const work = alertWork({ clock })
const officer = aCaller(1, ['conduct_officer'])
const colleague = aCaller(2, ['conduct_officer'])
const finance = aCaller(3, ['unit_finance'], '46.01.UU001')
const kin = 'c'.repeat(64)

beforeAll(async () => {
  await createCalendar({ database }).load()
  await placeUnits(database)
  await alerts.prepare()
  await anAccount(database, finance, 'U001')
})

async function anAlert(personKeys: readonly string[] = []): Promise<string> {
  const hit = aHit({ level: 'yellow', personKeys })
  feed.put(hit)
  await alerts.arrivals.takeAll()
  const [row] = await database.owner<{ alert_id: string }>(
    'select alert_id from alerts.alert_hit where hit_id = $1',
    [hit.hitId],
  )
  return row!.alert_id
}

const list = (userId: string) => database.asCaller(systemCaller, (trx) => work.openWorkOf(trx, userId))
const ids = async (userId: string) => (await list(userId)).map(({ itemId }) => itemId)
const dispatch = (caller: typeof officer, ...alertIds: string[]) =>
  alerts.handling.take(caller, alertIds, { action: 'dispatch' })

test('an open alert is the work of who took the last step for the office, until he hands it over', async () => {
  const [mine, others, held] = [await anAlert(), await anAlert(), await anAlert()]
  await dispatch(officer, mine!, others!)
  await alerts.handling.take(officer, [held!], {
    action: 'hold',
    note: '先行核查。',
    changes: { heldReason: '先行核查。' },
  })
  await alerts.units.explain(finance, others!, { text: '情况说明。', files: [] })
  await alerts.judging.judge(colleague, others!, {
    verdict: 'violation',
    reason: '违规。',
    irregularity: 'over_standard',
    files: [],
  })
  expect((await ids(officer.userId)).toSorted()).toEqual([mine, held].toSorted())
  expect(await ids(colleague.userId)).toEqual([others])
  const items = (await list(officer.userId)).map((item) => ({ ...item, room: 'alerts' }))
  expect(items[0]).toMatchObject({ kind: 'alert', title: expect.stringMatching(/^预警 YJ2026\d{8}$/) })
  await database.asCaller(systemCaller, (trx) => work.handOver(trx, items, officer.userId, colleague.userId))
  expect(await ids(officer.userId)).toEqual([])
  expect((await ids(colleague.userId)).toSorted()).toEqual([mine, others, held].toSorted())
  expect((await alerts.desk.detail(officer, held!)).events.at(-1)).toMatchObject({ kind: 'handed_over' })
  expect((await alerts.units.detail(finance, mine!)).events.map(({ kind }) => kind)).not.toContain(
    'handed_over',
  )
})

test('what is closed or handed on is nobody’s work; what names a person is not on his list', async () => {
  const [closed, handedOn] = [await anAlert(), await anAlert()]
  await alerts.judging.judge(officer, closed!, { verdict: 'normal', reason: '情况属实。', files: [] })
  await dispatch(officer, handedOn!)
  await alerts.clues.handOn(officer, handedOn!, '疑似利益输送，移送核查。')
  for (const id of [closed, handedOn]) expect(await ids(officer.userId)).not.toContain(id)
  await database.owner('insert into permissions.person_of_user values ($1, $2)', [finance.userId, kin])
  const [plain, named] = [await anAlert(), await anAlert([kin])]
  await anAccount(database, aCaller(4, ['unit_head'], '46.01.UU001'), 'U001')
  await dispatch(officer, plain!, named!)
  const ofUnit = await list(finance.userId)
  expect(ofUnit.map(({ itemId }) => itemId)).toContain(plain)
  expect(ofUnit.map(({ itemId }) => itemId)).not.toContain(named)
  expect(ofUnit.every(({ kind, title }) => kind === 'unit_alert' && title.startsWith('本单位预警 YJ'))).toBe(
    true,
  )
})
