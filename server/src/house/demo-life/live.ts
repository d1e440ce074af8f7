import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { type Chance, chance } from '#demo/random.ts'
import { type Caller, systemCaller } from '#ground/database/index.ts'
import { addDays, type CalendarDate, fakeClock } from '#ground/time/index.ts'
import { type Alerts, createAlerts } from '#rooms/alerts/index.ts'
import { type WorkingCalendar, workingCalendar } from '#shared/calendar/index.ts'
import { demoCallers } from '#shared/identity/index.ts'
import { createBell } from '#shared/notices/index.ts'
import { type AnchorOfPack, type WaitingAnchor, waitingAnchors } from '#shared/rules/index.ts'
import { createSupervision, type Supervision } from '#shared/supervise/index.ts'
import type { House } from '../house.ts'
import { hitFeedOf } from '../rule-hit-feed.ts'
import { demoPeople } from './people.ts'
import {
  type Fate,
  fateOf,
  firstStep,
  irregularityOf,
  nextStep,
  type PlannedStep,
  type RaisedAlert,
  type Step,
  share,
  type Terms,
} from './plan.ts'
import { demoSampling, drawSamples, type SampleStage } from './samples.ts'
import { texts } from './texts.ts'

/** What the demo's life is made with: the real services, by a clock that goes through the past. */
interface Stage extends SampleStage {
  readonly house: SampleStage['house'] & Pick<House, 'files' | 'calendar'>
  readonly clock: ReturnType<typeof fakeClock>
  readonly alerts: Alerts
  readonly supervision: Supervision
  readonly agenda: Map<CalendarDate, (() => Promise<void>)[]>
  /** Alerts of which a day's filing finds that nothing is to be done. */
  readonly filing: Map<CalendarDate, RaisedAlert[]>
  /** The anchors whose hits are found on the day. */
  anchors: readonly AnchorOfPack[]
}

/** Bells are answered up to so many days before the end; what rang later is still unread. */
const unreadDays = 9
const slipsAtOnce = 200
/** Working days up to the end to which a part of the past falls, so that something is under way then. */
const recentDays = 22
const keptOpenOfUnit = 2

/**
 * Lets the hits that wait be found and handled over a year that ends on `until`: on every working day what is due is
 * raised, urged, explained, judged, rectified and closed by those who would do it. Returns how many alerts were raised.
 * @param signInUnits units whose people can sign in
 */
export async function liveThroughTheYear(
  house: Stage['house'],
  until: CalendarDate,
  signInUnits: readonly string[],
): Promise<{ readonly raised: number }> {
  const stage = await setStage(house)
  const from = addDays(until, -365)
  const days = workdays(stage.calendar, from, until)
  const bellDay = days.findLast((day) => day <= addDays(until, -unreadDays))
  const found = await spreadOver(house, days, signInUnits)
  let raised = 0
  for (const day of days) {
    stage.anchors = found.get(day) ?? []
    raised += await raise(stage, day)
    await drawSamples(stage, day)
    await urge(stage, day)
    for (const act of stage.agenda.get(day) ?? []) await act()
    await fileTogether(stage, day)
    if (day === bellDay) await answerBells(stage, day)
  }
  return { raised }
}

async function setStage(house: Stage['house']): Promise<Stage> {
  const clock = fakeClock('2020-01-01T00:00:00Z')
  const { database, files, policies } = house
  const known = await database.asCaller(systemCaller, (trx) => house.calendar.knownDays(trx))
  const stage: Stage = {
    house,
    clock,
    alerts: createAlerts({ database, clock, files, policies, feed: hitFeedOf(() => stage.anchors) }),
    supervision: createSupervision({ database, clock }),
    sampling: demoSampling(house, clock),
    people: demoPeople(await demoCallers(house)),
    calendar: workingCalendar(known),
    agenda: new Map(),
    note: (day, act) => note(stage, day, act),
    filing: new Map(),
    anchors: [],
  }
  return stage
}

function workdays(
  calendar: WorkingCalendar,
  from: CalendarDate,
  until: CalendarDate,
): readonly CalendarDate[] {
  const days: CalendarDate[] = []
  for (let day = from; day <= until; day = addDays(day, 1)) if (calendar.isWorkday(day)) days.push(day)
  return days
}

/**
 * On which day the hits of each anchor are found: those of the year on the working day after they happened, older ones
 * bit by bit over the year, as the past is worked through.
 */
async function spreadOver(
  house: Stage['house'],
  days: readonly CalendarDate[],
  signInUnits: readonly string[],
): Promise<ReadonlyMap<CalendarDate, readonly AnchorOfPack[]>> {
  const waiting = await house.database.asCaller(systemCaller, waitingAnchors)
  const draw = chance(waiting.length)
  const recent = days.slice(-recentDays)
  const dayOf = ({ onDate }: (typeof waiting)[number]): CalendarDate =>
    onDate < days[0]!
      ? draw.pick(draw.percent(20) ? recent : days)
      : (days.find((day) => day > onDate) ?? draw.pick(recent))
  const kept = keptOpen(waiting, signInUnits)
  return Map.groupBy(waiting, (anchor) => (kept.has(anchor) ? days.at(-1)! : dayOf(anchor)))
}

function at(stage: Stage, day: CalendarDate, time: string): void {
  stage.clock.set(`${day}T${time}+08:00`)
}

/** Some matters of the units whose people can sign in are found on the last day: there is something to do for them. */
function keptOpen(waiting: readonly WaitingAnchor[], units: readonly string[]): ReadonlySet<WaitingAnchor> {
  return new Set(
    units.flatMap((unit) =>
      waiting.filter(({ unitCode, level }) => unitCode === unit && level !== 'blue').slice(-keptOpenOfUnit),
    ),
  )
}

/** The nightly run. What it raised gets its first step planned. */
async function raise(stage: Stage, day: CalendarDate): Promise<number> {
  if (stage.anchors.length === 0) return 0
  at(stage, day, '02:40:00')
  const { raised } = await stage.alerts.arrivals.takeAll()
  const { rows } = await stage.house.database.asCaller(systemCaller, (trx) =>
    sql<RaisedAlert>`select alert_id as "alertId", pack, anchor, level, state, rules, amount::text as amount,
        unit_code as "unitCode", org_path as "orgPath"
      from alerts.alert where raised_at = ${stage.clock.now()}::timestamptz order by pack, anchor`.execute(
      trx,
    ),
  )
  for (const alert of rows) {
    const fate = fateOf(alert)
    plan(stage, alert, fate, day, firstStep(alert, fate, termsOf(stage, alert)))
  }
  return raised
}

function termsOf({ house }: Stage, { pack, level }: RaisedAlert): Terms {
  const terms = house.policies.get(pack)?.terms[level]
  return {
    explain: terms?.explain ?? 5,
    judge: terms?.judge ?? 5,
    rectify: terms?.rectify ?? 15,
    confirm: terms?.confirm ?? 5,
  }
}

function plan(
  stage: Stage,
  alert: RaisedAlert,
  fate: Fate,
  today: CalendarDate,
  planned: PlannedStep | undefined,
): void {
  if (!planned) return
  const day = stage.calendar.addWorkdays(today, planned.after)
  if (planned.step === 'file' && alert.level === 'blue') {
    fileMonthly(stage, alert, day)
    return
  }
  const minutes = fate.chance.between(0, 479)
  const time = `${String(9 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`
  note(stage, day, async () => {
    at(stage, day, time)
    await take(stage, alert, fate, planned.step)
    plan(stage, alert, fate, day, nextStep(planned.step, fate, termsOf(stage, alert)))
  })
}

/** What was only on record is filed with the month's others, on the first working day of the month after. */
function fileMonthly(stage: Stage, alert: RaisedAlert, day: CalendarDate): void {
  const on = stage.calendar.addWorkdays(
    addDays(`${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1),
    1,
  )
  const together = stage.filing.get(on)
  if (together) together.push(alert)
  else stage.filing.set(on, [alert])
}

async function fileTogether(stage: Stage, day: CalendarDate): Promise<void> {
  at(stage, day, '16:00:00')
  const officerOf = ({ pack, orgPath }: RaisedAlert) =>
    stage.people.officer(stage.house.policies.get(pack)?.readers ?? [], orgPath)
  for (const [officer, alerts] of Map.groupBy(stage.filing.get(day) ?? [], officerOf)) {
    const ids = alerts.map(({ alertId }) => alertId)
    await stage.alerts.handling.take(officer, ids, {
      action: 'judge_normal',
      note: texts.onRecord,
      changes: { verdict: 'normal', reason: texts.onRecord, judged: true },
    })
  }
}

function note({ agenda }: Stage, day: CalendarDate, act: () => Promise<void>): void {
  const acts = agenda.get(day)
  if (acts) acts.push(act)
  else agenda.set(day, [act])
}

async function take(stage: Stage, alert: RaisedAlert, fate: Fate, step: Step): Promise<void> {
  const { alerts, people, house } = stage
  const { alertId } = alert
  const readers = house.policies.get(alert.pack)?.readers ?? []
  const officer = () => people.officer(readers, alert.orgPath)
  const wrong = share(alert.amount, fate.wrong)
  const answer = async (how: 'explain' | 'rectify', text: string, recoveredAmount?: string) => {
    const unit = alert.unitCode === null ? undefined : people.unit(alert.unitCode)
    if (!unit) return
    const owed = how === 'explain' ? house.policies.get(alert.pack)?.explanation?.[alert.level] : undefined
    const files = owed?.attachment === 'required' ? [await proofOf(stage, unit, alert)] : []
    const contact = owed?.contact === 'required' ? texts.contact : undefined
    await alerts.units[how](unit, alertId, { text, files, contact, recoveredAmount })
  }
  const violation = {
    verdict: 'violation',
    irregularity: irregularityOf(alert),
    violationAmount: wrong,
  } as const
  switch (step) {
    case 'explain':
      return answer('explain', texts.explanation(fate.chance, fate.outcome))
    case 'explain_again':
      return answer('explain', texts.secondExplanation)
    case 'rectify':
    case 'rectify_again':
      return answer('rectify', texts.rectification(fate.chance), share(wrong, fate.recovered))
    case 'send_back':
      return done(alerts.handling.take(officer(), [alertId], { action: 'send_back', note: texts.sendBack }))
    case 'reject':
      return done(
        alerts.handling.take(officer(), [alertId], { action: 'reject_rectification', note: texts.rejected }),
      )
    case 'hold':
      return done(
        alerts.handling.take(officer(), [alertId], {
          action: 'hold',
          note: texts.held,
          changes: { heldReason: texts.held },
        }),
      )
    case 'hand_on':
      return done(alerts.clues.handOn(people.handsOn(readers, alert.orgPath), alertId, texts.handedOn))
    case 'file':
      return alerts.judging.judge(officer(), alertId, {
        verdict: 'normal',
        reason: texts.onRecord,
        verification: texts.verified,
        files: [],
      })
    case 'judge_unanswered':
      return alerts.judging.judge(officer(), alertId, { ...violation, reason: texts.unanswered, files: [] })
    case 'judge':
    case 'judge_after_doubt': {
      const outcome = step === 'judge' ? fate.outcome : (fate.afterDoubt ?? 'normal')
      const reason = texts.reason(fate.chance, outcome)
      const verdict = outcome === 'violation' ? violation : { verdict: outcome }
      // What was in doubt is looked into by the office itself.
      const verification = step === 'judge_after_doubt' ? texts.verified : undefined
      return alerts.judging.judge(officer(), alertId, { ...verdict, reason, verification, files: [] })
    }
    case 'close':
      return alerts.judging.close(officer(), alertId, closing(fate, wrong))
  }
}

/** What the unit shows beside its words, uploaded by its finance officer. */
async function proofOf({ house }: Stage, unit: Caller, { anchor }: RaisedAlert): Promise<string> {
  const { fileName, content } = texts.attachment
  const { fileId } = await house.files.upload(unit, { fileName, content: Readable.from([content(anchor)]) })
  return fileId
}

function closing(fate: Fate, wrong: string): { note: string; recoveredAmount?: string } {
  return fate.outcome === 'irregular'
    ? { note: texts.putRight }
    : { note: texts.confirmed, recoveredAmount: share(wrong, fate.recovered) }
}

async function done(work: Promise<unknown>): Promise<void> {
  await work
}

/** The ladder of the morning. Slips that it issued to units are answered and accepted in the days after. */
async function urge(stage: Stage, day: CalendarDate): Promise<void> {
  at(stage, day, '08:10:00')
  await stage.supervision.climb()
  if ((await stage.alerts.ladder.climb()) === 0) return
  const { items } = await stage.supervision.list(systemCaller, {
    room: 'alerts',
    state: 'issued',
    limit: slipsAtOnce,
  })
  for (const slip of items.filter(({ issuedOn }) => issuedOn === day)) {
    const draw = fateOf({ pack: 'slip', anchor: slip.number, level: 'red' }).chance
    if (slip.link.startsWith('/unit-alerts/')) answerSlip(stage, slip, day, draw)
    else withdrawSlip(stage, slip, day, draw)
  }
}

type Slip = Awaited<ReturnType<Supervision['list']>>['items'][number]

function answerSlip(stage: Stage, slip: Slip, day: CalendarDate, draw: Chance): void {
  const unit = stage.people.unit(slip.orgPath.split('.U').at(-1)!)
  if (!unit) return
  const replyOn = stage.calendar.addWorkdays(day, draw.percent(80) ? draw.between(1, 4) : draw.between(5, 20))
  const acceptOn = stage.calendar.addWorkdays(replyOn, draw.between(1, 3))
  note(stage, replyOn, async () => {
    at(stage, replyOn, '15:20:00')
    if (!(await stands(stage, slip, 'issued'))) return
    await stage.supervision.step(unit, slip.slipId, 'reply', { text: texts.slipReply })
  })
  note(stage, acceptOn, async () => {
    at(stage, acceptOn, '16:40:00')
    if (!(await stands(stage, slip, 'replied'))) return
    const supervisor = await supervisorOf(stage, slip.subjectId, slip.orgPath)
    if (supervisor)
      await stage.supervision.step(supervisor, slip.slipId, 'accept', { text: texts.slipAccepted })
  })
}

/** A slip to the office is taken back by its leader once the matter moves on. */
function withdrawSlip(stage: Stage, slip: Slip, day: CalendarDate, draw: Chance): void {
  const on = stage.calendar.addWorkdays(day, draw.between(3, 9))
  note(stage, on, async () => {
    at(stage, on, '17:10:00')
    if (!(await stands(stage, slip, 'issued'))) return
    const leader = stage.people.leader(slip.orgPath)
    await stage.supervision.step(leader, slip.slipId, 'withdraw', { text: texts.slipWithdrawn })
  })
}

/** Whether a slip is still there to be acted on: it ends with its matter. */
async function stands({ supervision }: Stage, { slipId }: Slip, state: Slip['state']): Promise<boolean> {
  return (await supervision.detail(systemCaller, slipId)).state === state
}

async function supervisorOf(stage: Stage, alertId: string, place: string): Promise<Caller | undefined> {
  const { rows } = await stage.house.database.asCaller(systemCaller, (trx) =>
    sql<{ pack: string }>`select pack from alerts.alert where alert_id = ${alertId}::uuid`.execute(trx),
  )
  const readers = stage.house.policies.get(rows[0]?.pack ?? '')?.readers
  return readers && stage.people.officer(readers, place)
}

async function answerBells(stage: Stage, day: CalendarDate): Promise<void> {
  at(stage, day, '17:50:00')
  const bell = createBell({ database: stage.house.database, clock: stage.clock })
  for (const caller of stage.people.all) await bell.read(caller, undefined)
}
