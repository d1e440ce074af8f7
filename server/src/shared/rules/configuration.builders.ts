import { type Caller, systemCaller } from '#ground/database/index.ts'
import type { TestDatabase } from '#ground/testing/index.ts'
import { type Clock, fakeClock } from '#ground/time/index.ts'
import type { Warehouse } from '#ground/warehouse/index.ts'
import { loadPack } from './catalogue.ts'
import type { ConfigurationDependencies } from './configuration.service.ts'
import { shippedKeywords } from './reference-relations.ts'
import { createRules, type Rules } from './rules.ts'

/** The people of the tests: who proposes, who decides, and who only reads. */
export const editor = person(1, 'rule_editor')
export const approver = person(2, 'rule_approver')
export const officer = person(3, 'conduct_officer')
export const unitFinance: Caller = { ...person(4, 'unit_finance'), scope: '46.01.U0001' }
export const otherEditor = person(5, 'rule_editor')

function person(number: number, role: string): Caller {
  return { userId: `01900000-0000-7000-8000-00000000000${number}`, scope: '46', roles: [role] }
}

/** An account that holds its role, put in place past all fences, so that notices reach it. */
export async function anAccount(database: TestDatabase, { userId, scope, roles }: Caller): Promise<void> {
  await database.owner(
    "insert into organisation.region (region_code, name) values ('460000', '省') on conflict do nothing",
  )
  await database.owner(
    `insert into organisation.organ (organ_code, name, region_code) values ('O1', '省纪委监委', '460000')
      on conflict do nothing`,
  )
  await database.owner(
    `insert into identity.account (user_id, username, display_name, organ_code, scope, created_at, created_by,
      state_changed_at) values ($1, $2, '某人', 'O1', $3, now(), $1, now())`,
    [userId, `u${userId.slice(-6)}`, scope],
  )
  await database.owner(
    `insert into identity.role_holding (user_id, role, state, valid_from, requested_by, requested_at, reason, decided_by)
      values ($1, $2, 'active', '2020-01-01', $3, now(), '测试', $3)`,
    [userId, roles[0], systemCaller.userId],
  )
}

const fiscalGrading: ConfigurationDependencies['packs'][number]['grading'] = [
  { level: 'red', title: { zh: '至少一项红色命中', en: 'at least one red hit' }, hit_level: ['red'] },
  { level: 'yellow', title: { zh: '其余', en: 'otherwise' } },
]

/** The shipped rules of both packs over a test database, prepared as at a start. */
export async function someRules(
  database: TestDatabase,
  clock: Clock = fakeClock('2026-11-24T02:00:00Z'),
  onApproved: () => Promise<void> = async () => {},
  warehouse?: Warehouse,
): Promise<Rules> {
  const rules = createRules({
    database,
    clock,
    rules: [...loadPack('fiscal'), ...loadPack('invoices')],
    packs: [
      {
        pack: 'fiscal',
        title: { zh: '财政资金动态监控', en: 'Fiscal fund monitoring' },
        grading: fiscalGrading,
      },
    ],
    keywords: shippedKeywords(),
    warehouse: warehouse ?? { open: () => Promise.reject(new Error('this test has no warehouse')) },
    onApproved,
  })
  await rules.configuration.prepare()
  return rules
}

/** A change of ZF12's limits, drawn up on the shipped version unless said otherwise. */
export function limitsOf(single: number | string, given: object = {}) {
  return {
    kind: 'rule' as const,
    object: 'ZF12',
    baseVersion: 0,
    reason: '省厅发文调整大额标准',
    effectiveFrom: '2026-11-24',
    content: {
      mode: 'live' as const,
      parameters: { single_limit: single, single_red: 200000, month_limit: 100000 },
    },
    ...given,
  }
}
