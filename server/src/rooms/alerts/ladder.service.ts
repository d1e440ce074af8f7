import { type Database, systemCaller, type Trx } from '#ground/database/index.ts'
import type { Clock } from '#ground/time/index.ts'
import { unitRoles } from '#shared/permissions/index.ts'
import type { Supervision } from '#shared/supervise/index.ts'
import { appendEvents } from './alert.store.ts'
import type { Moment } from './gather.store.ts'
import { momentOf } from './handling.service.ts'
import { type Climbers, climbRung, realignTerms } from './ladder.store.ts'
import type { PackPolicy, Policies } from './pack-policy.ts'
import { type Saying, tell } from './telling.ts'

export interface Ladder {
  /**
   * Recalls to mind what is due soon, and carries what is late up the ladder of its pack: overdue, supervision slip,
   * escalation. Each rung once for each term, however often this runs. Returns how many alerts climbed.
   */
  climb(): Promise<number>
}

type Step = 'reminder' | PackPolicy['ladder'][number]['step']

/** A rung as the store counts them: 1 is the reminder, the pack's own follow. */
interface Rung {
  readonly rung: number
  readonly after: number
  readonly step: Step
  readonly to: readonly string[]
}

/** The rungs of a pack, from the reminder before the end of the term upwards. */
export function rungsOf(policy: PackPolicy): readonly Rung[] {
  const reminder: Rung = { rung: 1, after: -policy.reminder, step: 'reminder', to: [] }
  return [reminder, ...policy.ladder.map((rung, index) => ({ ...rung, rung: index + 2 }))]
}

export function createLadder(dependencies: {
  database: Database
  clock: Clock
  policies: Policies
  supervision: Pick<Supervision, 'issue' | 'issueToOffice'>
}): Ladder {
  const { database, clock, policies, supervision } = dependencies
  return {
    climb: () =>
      database.asCaller(systemCaller, async (trx) => {
        await realignTerms(trx)
        const moment = momentOf(clock)
        let climbed = 0
        for (const policy of policies.values()) {
          for (const rung of rungsOf(policy)) {
            for (const group of await climbRung(trx, { ...rung, pack: policy.pack }, moment.today)) {
              await actOn(trx, group, rung, policy, supervision, moment)
              climbed += group.alertIds.length
            }
          }
        }
        return climbed
      }),
  }
}

async function actOn(
  trx: Trx,
  group: Climbers,
  rung: Rung,
  policy: PackPolicy,
  supervision: Pick<Supervision, 'issue' | 'issueToOffice'>,
  { at }: Moment,
): Promise<void> {
  const toUnit = group.awaited === 'unit'
  const event = { actor: 'system', kind: rung.step, toUnit, detail: { rung: rung.rung } } as const
  await appendEvents(trx, group.alertIds, event, at)
  if (rung.step === 'slip') await issueSlips(trx, group, policy, supervision)
  await tell(trx, group, hearers(group, rung, policy), sayings[rung.step], at)
}

/** Who is awaited hears of a reminder; on the ladder, the pack's roles, those of the unit only of what the unit owes. */
function hearers(group: Climbers, rung: Rung, policy: PackPolicy): readonly string[] {
  if (rung.step === 'reminder') return group.awaited === 'unit' ? policy.receivers : judges(policy)
  return group.awaited === 'unit' ? rung.to : rung.to.filter((role) => !isUnitRole(role))
}

const isUnitRole = (role: string) => (unitRoles as readonly string[]).includes(role)

/** The readers of a pack below the leaders: they handle it. */
function judges(policy: PackPolicy): readonly string[] {
  return policy.readers.filter((role) => role !== 'deputy' && role !== 'principal')
}

/** Working days that a supervision slip gives. */
const slipTerm = 3

async function issueSlips(
  trx: Trx,
  group: Climbers,
  policy: PackPolicy,
  supervision: Pick<Supervision, 'issue' | 'issueToOffice'>,
): Promise<void> {
  const unit = group.awaited === 'unit'
  for (const [index, alertId] of group.alertIds.entries()) {
    await supervision[unit ? 'issue' : 'issueToOffice'](trx, {
      room: 'alerts',
      subjectId: alertId,
      subjectTitle: `预警 ${group.numbers[index]} 超期`,
      link: unit ? `/unit-alerts/${alertId}` : `/alerts/${alertId}`,
      orgPath: group.orgPath,
      addresseeRoles: unit
        ? ['unit_head', ...policy.receivers.filter((role) => role !== 'unit_head')]
        : judges(policy),
      supervisorRoles: unit ? policy.readers : ['deputy', 'principal'],
      personKeys: group.personKeys,
      demand: unit ? '预警已超期，请限期答复并说明原因。' : '预警超期未审核，请限期办理并说明原因。',
      termDays: slipTerm,
    })
  }
}

const sayings: Readonly<Record<Step, Saying>> = {
  reminder: {
    kind: 'reminder',
    zh: '有 {n} 条预警即将到期',
    en: '{n} alerts are due soon',
    list: '?sort=due',
  },
  overdue: {
    kind: 'overdue',
    zh: '有 {n} 条预警已超期',
    en: '{n} alerts are overdue',
    list: '?overdue=true',
    byTextMessage: true,
  },
  slip: {
    kind: 'slip',
    zh: '有 {n} 条预警超期，已发督办单',
    en: '{n} alerts overdue: supervision slips were issued',
    list: '?overdue=true',
  },
  escalate: {
    kind: 'escalate',
    zh: '有 {n} 条预警持续超期，请督促办理',
    en: '{n} alerts stay overdue; please see to them',
    list: '?overdue=true',
    byTextMessage: true,
  },
}
