import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { type NewNotice, postToRoles } from '#shared/notices/index.ts'
import { unitRoles } from '#shared/permissions/index.ts'
import type { LockedAlert } from './alert.store.ts'
import type { Moment } from './gather.store.ts'
import type { Policies } from './pack-policy.ts'

/** Alerts of one place and pack that name the same persons: told together, so that a batch rings once. */
export interface Told {
  readonly pack: string
  readonly orgPath: string
  readonly personKeys: readonly string[]
  readonly alertIds: readonly string[]
}

/** Splits alerts into what is told together. */
export function togetherTold(alerts: readonly LockedAlert[]): readonly Told[] {
  const groups = Map.groupBy(
    alerts,
    (alert) => `${alert.pack} ${alert.orgPath} ${alert.personKeys.join(',')}`,
  )
  return [...groups.values()].map((group) => ({
    pack: group[0]!.pack,
    orgPath: group[0]!.orgPath,
    personKeys: group[0]!.personKeys,
    alertIds: group.map((alert) => alert.alertId),
  }))
}

/** What is said, with the number of alerts in it: `{n}`. Never what they are about. */
export interface Saying {
  readonly kind: string
  readonly zh: string
  readonly en: string
  /** Which list opens when there are several: query of the alert list, beginning with `?`, or empty. */
  readonly list?: string
  readonly byTextMessage?: boolean
}

/** Tells the roles: those of a unit are led to the unit's page and only where the unit has the matter. */
export async function tell(
  trx: Trx,
  told: Told,
  roles: readonly string[],
  saying: Saying,
  at: Date,
): Promise<void> {
  const ofUnit = roles.filter((role) => (unitRoles as readonly string[]).includes(role))
  const ofOffice = roles.filter((role) => !ofUnit.includes(role))
  for (const [page, group] of [
    ['/unit-alerts', ofUnit],
    ['/alerts', ofOffice],
  ] as const) {
    if (group.length === 0) continue
    const to = { roles: group, place: told.orgPath, persons: told.personKeys }
    await postToRoles(trx, to, noticeOf(told, saying, page), at)
  }
}

function noticeOf(told: Told, saying: Saying, page: string): NewNotice {
  const count = String(told.alertIds.length)
  const link = told.alertIds.length === 1 ? `${page}/${told.alertIds[0]}` : `${page}${saying.list ?? ''}`
  return {
    kind: `alerts.${saying.kind}`,
    titleZh: saying.zh.replace('{n}', count),
    titleEn: saying.en.replace('{n}', count),
    link,
    byTextMessage: saying.byTextMessage ?? false,
  }
}

const arrived: Saying = {
  kind: 'dispatched',
  zh: '有 {n} 条预警待说明',
  en: '{n} alerts to be explained',
  list: '?state=dispatched',
  byTextMessage: true,
}
const sentOut: Saying = {
  kind: 'sent_out',
  zh: '已向单位下发 {n} 条预警（疑似）',
  en: '{n} alerts (suspected) dispatched to units',
  list: '?state=dispatched',
}
const red: Saying = {
  kind: 'red',
  zh: '新增 {n} 条红色预警（疑似），须 24 小时内核查',
  en: '{n} new red alerts (suspected), to be verified within 24 hours',
  list: '?level=red',
  byTextMessage: true,
}

/**
 * After a batch: receivers in the units hear of what was dispatched, and beside them those of the office who follow it; the
 * office hears at once of what is red.
 */
export async function tellOfArrivals(trx: Trx, policies: Policies, { at }: Moment): Promise<void> {
  const { rows } = await sql<Told & { why: 'red' | 'unit' | 'beside' }>`
    select pack, org_path as "orgPath", person_keys as "personKeys", array_agg(alert_id order by alert_id) as "alertIds", why
    from incoming_alert i cross join lateral (values ('red', i.level = 'red' and (i.is_new or i.reopens)), ('unit', i.goes_out),
      ('beside', i.goes_out and i.level <> 'red')) as reason(why, hears)
    where hears group by pack, org_path, person_keys, why`.execute(trx)
  for (const told of rows) {
    const policy = policies.get(told.pack)
    if (!policy) continue
    if (told.why === 'red') await tell(trx, told, policy.red_push, red, at)
    else if (told.why === 'unit') await tell(trx, told, policy.receivers, arrived, at)
    else await tell(trx, told, policy.dispatch_push ?? [], sentOut, at)
  }
}

/** Receivers in the units hear of what was dispatched by hand, or sent back to them; those who follow it of the dispatch. */
export async function tellReceivers(
  trx: Trx,
  policies: Policies,
  alerts: readonly LockedAlert[],
  action: 'dispatch' | 'send_back' | 'judged' | 'reject_rectification',
  at: Date,
): Promise<void> {
  const sayings: Readonly<Record<typeof action, Saying>> = {
    dispatch: arrived,
    send_back: {
      ...arrived,
      kind: 'sent_back',
      zh: '有 {n} 条预警退回补充说明',
      en: '{n} alerts sent back for more',
    },
    judged: {
      ...arrived,
      kind: 'judged',
      zh: '有 {n} 条预警须整改',
      en: '{n} alerts to be rectified',
      list: '?state=rectifying',
    },
    reject_rectification: {
      ...arrived,
      kind: 'rectify_more',
      zh: '有 {n} 条预警须继续整改',
      en: '{n} alerts need more rectification',
      list: '?state=rectifying',
    },
  }
  for (const told of togetherTold(alerts)) {
    const policy = policies.get(told.pack)
    if (!policy) continue
    await tell(trx, told, policy.receivers, sayings[action], at)
    if (action === 'dispatch') await tell(trx, told, policy.dispatch_push ?? [], sentOut, at)
  }
}
