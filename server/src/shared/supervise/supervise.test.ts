import { beforeAll, expect, test } from 'vitest'
import type { Caller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { fakeClock } from '#ground/time/index.ts'
import { createCalendar } from '#shared/calendar/index.ts'
import { rungReached } from './slip.rules.ts'
import { createSupervision } from './supervise.service.ts'

const database = await createTestDatabase()
const clock = fakeClock('2026-11-02T02:00:00Z')
const supervision = createSupervision({ database, clock })
const who = (number: number, roles: string[], scope: string): Caller => ({
  userId: `01900000-0000-7000-8000-00000000000${number}`,
  roles,
  scope,
})
const officer = who(1, ['conduct_officer'], '46')
const head = who(2, ['unit_head'], '46.01.UU001')
const neighbour = who(3, ['unit_head'], '46.01.UU002')
const administrator = who(4, ['system_admin'], '46')

beforeAll(() => createCalendar({ database }).load())

const issue = (given: object = {}) =>
  database.asCaller(officer, (trx) =>
    supervision.issue(trx, {
      room: 'alerts',
      subjectId: 'a1',
      subjectTitle: '预警超期',
      link: '/alerts/a1',
      orgPath: '46.01.UU001',
      addresseeRoles: ['unit_head'],
      supervisorRoles: ['conduct_officer'],
      demand: '请限期说明。',
      termDays: 10,
      ...given,
    }),
  )

test('a slip is issued with number and term, answered, sent back, answered again and accepted', async () => {
  const { slipId, number, dueOn } = await issue()
  expect(number).toMatch(/^DB2026\d{6}$/)
  expect(dueOn).toBe('2026-11-16')
  await supervision.step(head, slipId, 'reply', { text: '正在核查。' })
  await supervision.step(officer, slipId, 'send_back', { text: '请附材料。' })
  await supervision.step(head, slipId, 'reply', { text: '材料已附。' })
  expect(await supervision.step(officer, slipId, 'accept', { text: '同意。' })).toMatchObject({
    state: 'accepted',
    reply: '材料已附。',
  })
  const { events } = await supervision.detail(officer, slipId)
  await supervision.list(officer, { limit: 50, state: 'accepted' })
  const logged = await database.owner(
    `select action, object_id, detail from audit.entry where action in ('supervise.read_slip', 'supervise.search_slips')
      order by at, entry_id`,
  )
  expect(logged).toEqual([
    { action: 'supervise.read_slip', object_id: slipId, detail: {} },
    { action: 'supervise.search_slips', object_id: null, detail: { by: ['state'], shown: 1 } },
  ])
  expect(events.map((event) => event.kind)).toEqual(['issued', 'replied', 'sent_back', 'replied', 'accepted'])
})

test('the addressee does not accept his own answer; others do not see the slip', async () => {
  const { slipId } = await issue()
  await supervision.step(head, slipId, 'reply', { text: '已说明。' })
  await expect(supervision.step(head, slipId, 'accept', { text: '同意。' })).rejects.toMatchObject({
    code: 'supervise.not_yours',
  })
  for (const stranger of [neighbour, administrator]) {
    await expect(supervision.detail(stranger, slipId)).rejects.toMatchObject({ code: 'supervise.not_found' })
    expect((await supervision.list(stranger, { limit: 50 })).items).toEqual([])
  }
})

test('whom it concerns does not see the slip', async () => {
  const key = 'b'.repeat(64)
  await database.owner('insert into permissions.person_of_user values ($1, $2)', [head.userId, key])
  const { slipId } = await issue({ personKeys: [key] })
  await expect(supervision.detail(head, slipId)).rejects.toMatchObject({ code: 'supervise.not_found' })
})

test('the ladder: reminder, urging, the next above every five working days, each once', async () => {
  const { slipId } = await issue()
  const kinds = async () => (await supervision.detail(officer, slipId)).events.map((event) => event.kind)
  await supervision.climb()
  expect(await kinds()).toEqual(['issued'])
  const days = { reminded: '2026-11-09', urged: '2026-11-17', escalated: '2026-11-24', further: '2026-12-01' }
  for (const day of Object.values(days)) {
    clock.set(`${day}T02:00:00Z`)
    await supervision.climb()
    await supervision.climb()
  }
  expect(await kinds()).toEqual(['issued', 'reminded', 'urged', 'escalated', 'escalated'])
})

test('the rungs by working days over the term', () => {
  const reached = (over: number, term = 10) => rungReached(over, term).rung
  expect([-6, -5, 0, 1, 5, 6, 10, 11].map((over) => reached(over))).toEqual([0, 1, 1, 2, 2, 3, 3, 4])
  expect([-2, -1, 1].map((over) => reached(over, 3))).toEqual([0, 1, 2])
})

test('an answer takes only files that its author brought, and the slip names them', async () => {
  const file = (by: Caller) =>
    database.asCaller(by, (trx) =>
      trx
        .insertInto('files.file')
        .values({
          sha256: 'a'.repeat(64),
          byte_count: 3,
          media_type: 'text/plain',
          file_name: '材料.txt',
          uploaded_by: by.userId,
          org_path: by.scope,
        })
        .returning('file_id')
        .executeTakeFirstOrThrow(),
    )
  const [mine, theirs] = [await file(head), await file(neighbour)]
  const { slipId } = await issue()
  const reply = (fileId: string) =>
    supervision.step(head, slipId, 'reply', { text: '材料已附。', files: [fileId] })
  await expect(reply(theirs.file_id)).rejects.toMatchObject({ code: 'files.not_found' })
  await reply(mine.file_id)
  expect((await supervision.detail(officer, slipId)).attachments).toEqual([
    { fileId: mine.file_id, fileName: '材料.txt', byteCount: 3 },
  ])
})
