import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemCaller } from '#ground/database/index.ts'
import { createTestDatabase } from '#ground/testing/index.ts'
import { inSession } from '#ground/warehouse/index.ts'
import type { Intake } from '../intake.service.ts'
import { anIntake, officer, stranger } from '../intake-fixture.ts'
import { createDropFolder } from './drop-folder.ts'

const database = await createTestDatabase()
const { clock, warehouse, intake, open } = await anIntake(database)
afterAll(() => warehouse.close())
let folder = ''
beforeAll(async () => {
  await database.owner(
    "insert into organisation.region (region_code, name) values ('460000', '省') on conflict do nothing",
  )
  await database.owner(
    "insert into organisation.organ (organ_code, name, region_code) values ('O1', '省纪委监委', '460000')",
  )
  await database.owner(
    `insert into identity.account (user_id, username, display_name, organ_code, scope, created_at, created_by,
      state_changed_at) values ($1, 'xinxi', '某人', 'O1', $2, now(), $1, now())`,
    [officer.userId, officer.scope],
  )
  await database.owner(
    `insert into identity.role_holding (user_id, role, state, valid_from, requested_by, requested_at, reason, decided_by)
     values ($1, 'information_officer', 'active', '2020-01-01', $2, now(), '测试', $2)`,
    [officer.userId, systemCaller.userId],
  )
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qingfeng-drop-'))
})
afterEach(async () => {
  for (const { batchId, state } of (await intake.list(officer, { limit: 50 })).items)
    if (state === 'loaded') await intake.undo(officer, batchId)
  await database.owner('delete from intake.dropped_file')
})

const settleSeconds = 60
const drop = (options: { mode?: 'all' | 'good'; with?: Intake } = {}) =>
  createDropFolder({
    database,
    intake: options.with ?? intake,
    clock,
    folder,
    mode: options.mode ?? 'all',
    settleSeconds,
  })
const lay = (name: string, content: string) => writeFileSync(join(folder, name), content)
const within = (name: string) => readdirSync(join(folder, name)).sort()
const lyingIn = (name: string) => within(name).map((file) => file.replace(/^\d{8}T\d{6}-\w{4}-/, ''))
const stored = () =>
  inSession(warehouse.open, (session) => session.rows('select venue_name from venue order by 1'))
const files = async () => (await drop().list(officer, { limit: 50 })).items
const good = '场所名称,生效日期\n甲馆,2024-01-01\n乙馆,2024-01-01\n'
const mixed = '场所名称,生效日期\n甲馆,2024-01-01\n乙馆,2024-02-30\n'

test('a file is taken when it has not changed for a while, loaded, and laid aside with its report', async () => {
  lay('venue-20260302.csv', '场所名称,生效')
  expect(await drop().sweep()).toBe(0)
  clock.advance(settleSeconds * 1000)
  lay('venue-20260302.csv', good)
  expect(await drop().sweep()).toBe(0)
  clock.advance(settleSeconds * 1000 - 1)
  expect(await drop().sweep()).toBe(0)
  expect((await drop().state(officer)).waiting).toMatchObject([{ fileName: 'venue-20260302.csv' }])
  clock.advance(1)
  expect(await drop().sweep()).toBe(1)
  expect(await stored()).toHaveLength(2)
  expect(lyingIn('done')).toEqual([
    'venue-20260302.csv',
    'venue-20260302.csv.report.csv',
    'venue-20260302.csv.report.txt',
  ])
  expect(readdirSync(folder).sort()).toEqual(['.taken', 'done', 'refused'])
  expect(within('.taken')).toEqual([])
  expect(await files()).toMatchObject([{ state: 'loaded', target: 'venue', fileName: 'venue-20260302.csv' }])
  expect(await drop().sweep()).toBe(0)
})

test('a marker beside it says at once that a file is complete', async () => {
  lay('venue.csv', good)
  lay('venue.csv.done', '')
  expect(await drop().sweep()).toBe(1)
  expect(await stored()).toHaveLength(2)
  expect(readdirSync(folder).sort()).toEqual(['.taken', 'done', 'refused'])
})

test('all or nothing: a file with a fault is refused, reported in both languages, and the office hears of it', async () => {
  lay('venue-a.csv', mixed)
  lay('venue-a.csv.done', '')
  await drop().sweep()
  expect(await stored()).toEqual([])
  const [table, text] = within('refused')
    .filter((name) => name.includes('.report.'))
    .map((name) => readFileSync(join(folder, 'refused', name), 'utf8'))
  expect(table).toContain(
    'venue-a.csv,3,生效日期,2024-02-30,不是有效日期，应为 2026-01-31,"no valid date, expected 2026-01-31"',
  )
  expect(text).toContain('1 条未通过核对，整份未装入。')
  expect(text).toContain('1 did not pass the check; nothing was loaded.')
  const [file] = await files()
  expect(await database.owner('select user_id, title_zh, link from notices.notice')).toEqual([
    {
      user_id: officer.userId,
      title_zh: '投递文件未装入：venue-a.csv',
      link: `/intake/${file!.batchId}`,
    },
  ])
  expect(file).toMatchObject({ state: 'refused', note: { zh: expect.stringContaining('整份未装入') } })
})

test('good rows: the same file gives its good row, and its faults are reported', async () => {
  lay('venue-a.csv', mixed)
  lay('venue-a.csv.done', '')
  await drop({ mode: 'good' }).sweep()
  expect(await stored()).toEqual([{ venue_name: '甲馆' }])
  expect(lyingIn('done')).toContain('venue-a.csv')
})

test('unknown names, wrong contents, empty tables and a file that came before are refused with a reason', async () => {
  lay('venue-first.csv', good)
  lay('venue-first.csv.done', '')
  await drop().sweep()
  const sent = {
    'venue-second.csv': good,
    'nothing-known.csv': good,
    'venue-x.xlsx': good,
    'venue-empty.csv': '场所名称,生效日期\n',
    'einvoice-1.xml': '<a/>',
  }
  for (const [name, content] of Object.entries(sent)) {
    lay(name, content)
    lay(`${name}.done`, '')
  }
  expect(await drop().sweep()).toBe(5)
  const notes = Object.fromEntries((await files()).map(({ fileName, note }) => [fileName, note!.en]))
  expect(notes).toMatchObject({
    'venue-second.csv': expect.stringContaining('loaded already'),
    'nothing-known.csv': expect.stringContaining('<dataset>'),
    'venue-x.xlsx': expect.stringContaining('cannot be read'),
    'venue-empty.csv': expect.stringContaining('no data'),
    'einvoice-1.xml': expect.stringContaining('did not pass'),
  })
  expect(within('refused')).toHaveLength(15)
})

test('links, folders and hidden files are left alone', async () => {
  lay('.hidden.csv', good)
  mkdirSync(join(folder, 'venue-folder.csv'))
  symlinkSync('/etc/passwd', join(folder, 'venue-link.csv'))
  clock.advance(settleSeconds * 2000)
  await drop().sweep()
  clock.advance(settleSeconds * 2000)
  expect(await drop().sweep()).toBe(0)
  expect(readdirSync(folder)).toEqual(
    expect.arrayContaining(['.hidden.csv', 'venue-folder.csv', 'venue-link.csv']),
  )
})

/** An intake that is cut off: before a step is done, or just after it. */
function cutOff(real: Intake, step: 'check' | 'load' | 'allFaults', when: 'before' | 'after'): Intake {
  const broken = async (...given: unknown[]) => {
    if (when === 'after') await (real[step] as (...all: unknown[]) => Promise<unknown>)(...given)
    throw new Error('the power is off')
  }
  return { ...real, [step]: broken }
}

test.each([
  ['check', 'before'],
  ['check', 'after'],
  ['load', 'before'],
  ['load', 'after'],
  ['allFaults', 'before'],
] as const)(
  'cut off at %s (%s it was done), a file is taken in once after the next start',
  async (step, when) => {
    lay('venue-night.csv', good)
    lay('venue-night.csv.done', '')
    await expect(drop({ with: cutOff(intake, step, when) }).sweep()).rejects.toThrow('power')
    const restarted = await open()
    expect(await drop({ with: restarted }).sweep()).toBe(1)
    expect(await stored()).toHaveLength(2)
    expect(await files()).toMatchObject([{ state: 'loaded' }])
    expect(lyingIn('done')).toContain('venue-night.csv')
    const batches = (await intake.list(officer, { limit: 50 })).items
    expect(
      batches.filter(({ fileName, state }) => fileName === 'venue-night.csv' && state === 'loaded'),
    ).toHaveLength(1)
    await database.owner('delete from intake.dropped_file')
    for (const { batchId } of batches)
      await database.owner('delete from intake.fault where batch_id = $1', [batchId])
  },
)

test('cut off between the claim and the move, or between the move and the last word, it is finished all the same', async () => {
  lay('venue-one.csv', good)
  await database.owner(
    `insert into intake.dropped_file (file_name, target, byte_count, state, taken_at)
     values ('venue-one.csv', 'venue', 1, 'taken', $1)`,
    [clock.now()],
  )
  expect(await drop().sweep()).toBe(1)
  expect(await stored()).toHaveLength(2)
  await database.owner("update intake.dropped_file set state = 'taken', settled_at = null")
  lay('venue-one.csv', mixed)
  expect(await drop().sweep()).toBe(1)
  expect(await stored()).toHaveLength(2)
  expect(readdirSync(folder)).toContain('venue-one.csv')
})

test('one file that cannot be finished holds up no other', async () => {
  for (const name of ['venue-a.csv', 'venue-b.csv']) {
    lay(name, good.replace('甲馆', name))
    lay(`${name}.done`, '')
  }
  const failing: Intake = {
    ...intake,
    check: (caller, dataset, sent, also) =>
      'content' in sent && sent.name === 'venue-a.csv'
        ? Promise.reject(new Error('the disk is full'))
        : intake.check(caller, dataset, sent, also),
  }
  await expect(drop({ with: failing }).sweep()).rejects.toThrow('disk')
  expect(await stored()).toEqual([{ venue_name: 'venue-b.csv' }, { venue_name: '乙馆' }])
  expect(await drop().sweep()).toBe(1)
  expect(await stored()).toHaveLength(3)
})

test('others see nothing of it', async () => {
  lay('venue-a.csv', good)
  lay('venue-a.csv.done', '')
  await drop().sweep()
  expect((await drop().list(stranger, { limit: 9 })).items).toEqual([])
  expect((await drop().state(stranger)).waiting).toEqual([])
})
