import pg from 'pg'
import type { Caller } from '#ground/database/index.ts'
import type { House } from '#house'
import type { Alerts } from '#rooms/alerts/index.ts'
import { inInstallation } from './installation.ts'
import { type Times, timesOf } from './timing.ts'

/** Lists, filters and counts over so many alerts, as three callers of the office see them; milliseconds. */
export function benchAlertLists(alerts: number, times: number): Promise<readonly Times[]> {
  return inInstallation(async (house) => {
    await fillAlerts(house, alerts)
    const results: Times[] = []
    for (const [what, work] of Object.entries(questions(house.alerts))) {
      const taken: number[] = []
      for (let round = 0; round < times; round++) {
        const caller = callers[round % callers.length]!
        const started = performance.now()
        await work(caller, round)
        taken.push(performance.now() - started)
      }
      results.push(timesOf(what, taken))
    }
    return results
  })
}

const caller = (scope: string): Caller => ({
  userId: '01900000-0000-7000-8000-00000000beef',
  scope,
  roles: ['supervision_officer'],
})
export const provinceOfficer = caller('46')
const callers = [provinceOfficer, caller('46.01'), caller('46.01.05')]

type Question = (caller: Caller, round: number) => Promise<unknown>

function questions({ desk, boards }: Alerts): Readonly<Record<string, Question>> {
  const page = { sort: 'newest', limit: 50 } as const
  const units = (round: number) => `U${(round * 7919) % 2000}`
  return {
    'first page with its count': (who) => desk.list(who, page),
    'two pages of 200': async (who, round) => {
      const { next } = await desk.list(who, { ...page, limit: 200, raisedTo: monthEnd(round) })
      return desk.list(who, { ...page, cursor: next ?? undefined, raisedTo: monthEnd(round) })
    },
    'by level': (who) => desk.list(who, { ...page, level: ['red'] }),
    'by state': (who) => desk.list(who, { ...page, state: ['doubtful'] }),
    'by rule': (who, round) => desk.list(who, { ...page, rule: rules[round % rules.length] }),
    'by unit': (who, round) => desk.list(who, { ...page, unit: units(round) }),
    'by level, state and month': (who, round) =>
      desk.list(who, { ...page, level: ['yellow'], state: ['closed'], raisedTo: monthEnd(round) }),
    overdue: (who) => desk.list(who, { ...page, overdue: true }),
    'by amount': (who) => desk.list(who, { ...page, sort: 'amount' }),
    'by time left': (who) => desk.list(who, { ...page, sort: 'due' }),
    'facets level, state, pack, age, overdue': (who) =>
      boards.facets(who, {}, ['level', 'state', 'pack', 'age', 'overdue']),
    'facets beside a filter': (who) =>
      boards.facets(who, { level: ['red'], pack: ['fiscal'] }, ['level', 'state', 'age', 'overdue']),
    'exact count and sums of a month': (who, round) =>
      boards.totals(who, { raisedFrom: `${month(round)}-01`, raisedTo: monthEnd(round) }),
  }
}

const rules = ['ZF11', 'ZF18', 'YS04', 'ZF10', 'ZF16']
const month = (round: number) => `2025-${String((round % 12) + 1).padStart(2, '0')}`
const monthEnd = (round: number) => `${month(round)}-28`

/** A number drawn for row `i`, another for each use: what belongs together by chance would flatter some plans and spoil others. */
const drawn = (use: number) => `abs(hashint8extended(i, ${use}) / 2)`

/** A year of alerts of 2,000 units in all divisions, of every level and state, each with a hit. */
export async function fillAlerts(house: House, alerts: number): Promise<void> {
  const owner = new pg.Client(house.connection.owner)
  await owner.connect()
  try {
    await owner.query(`create temp table place as
      select row_number() over (order by org_path) - 1 as place, org_path from organisation.region where length(org_path) = 8`)
    await owner.query(`insert into alerts.alert (number, pack, anchor, level, state, verdict, unit_code, org_path, on_date, amount,
        main_rule, rules, message_zh, message_en, raised_at, state_since, due_on, on_time, recovered_amount, closed_at)
      select 'B' || lpad(i::text, 8, '0'), 'fiscal', 'payment_id=B' || i, level, state,
        case when state in ('closed', 'rectifying', 'rectified') then (array['normal', 'violation', 'irregular'])[1 + i % 3] end,
        'U' || unit, org_path || '.UU' || unit, raised::date, 100 + (i * 7919) % 1000000, rule, array[rule],
        '疑似问题第' || i || '号', 'suspected matter ' || i, raised, raised, case when state <> 'closed' then raised::date + 20 end,
        case when state = 'closed' then i % 5 > 0 end, case when state = 'closed' and i % 3 = 1 then 100 else 0 end,
        case when state = 'closed' then raised + interval '20 days' end
      from (
        select i, ${drawn(1)} % 2000 as unit, timestamptz '2025-01-01 08:00+08' + (i::bigint * 31536000 / ${alerts}) * interval '1 second' as raised,
          (array['red', 'yellow', 'yellow', 'blue', 'blue', 'blue'])[1 + ${drawn(2)} % 6] as level,
          (array['raised', 'dispatched', 'explained', 'doubtful', 'rectifying', 'rectified', 'closed', 'closed', 'closed', 'closed'])[1 + ${drawn(3)} % 10] as state,
          (array['${rules.join("', '")}'])[1 + ${drawn(4)} % 5] as rule
        from generate_series(1::bigint, ${alerts}) i
      ) given join place on place.place = given.unit % (select count(*) from place)`)
    await owner.query(`insert into alerts.alert_hit (hit_id, alert_id, org_path, pack, rule, rule_version, level, condition, keys,
        on_date, amount, message_zh, message_en, evidence, evidence_hash, evidence_version, raised_at, seen_at)
      select number, alert_id, org_path, pack, main_rule, 'v1', level, 'c', '{}', on_date, amount, message_zh, message_en, '{}', '', 1,
        raised_at, raised_at from alerts.alert`)
    await owner.query('vacuum analyze alerts.alert')
    await owner.query('vacuum analyze alerts.alert_hit')
  } finally {
    await owner.end()
  }
}
