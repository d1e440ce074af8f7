import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Caller, systemCaller, type Trx } from '#ground/database/index.ts'
import { createDemoOrgans, ensureRegions } from '#shared/organisation/index.ts'
import { type Role, roles as titles } from '#shared/permissions/index.ts'
import { insertAccount, type Place, scopeOf } from './accounts.store.ts'
import { credentialsByName, setPassword } from './credentials.store.ts'
import { insertHolding } from './holdings.store.ts'
import type { IdentityDeps } from './identity-deps.ts'
import { hashPassword, randomPassword } from './password-hash.ts'
import { isEmpty } from './session.service.ts'

const demoAccountSchema = z.object({
  username: z.string(),
  password: z.string(),
  displayName: z.string(),
  role: z.string(),
  /** The role and the place in words, to be printed. */
  title: z.object({ zh: z.string(), en: z.string() }),
  organCode: z.string().nullable(),
  unitCode: z.string().nullable(),
})

export type DemoAccount = z.infer<typeof demoAccountSchema>

const inOrgan: readonly (readonly [string, string, Role, string])[] = [
  ['xitong', '符一帆', 'system_admin', 'O46'],
  ['anquan', '陈守正', 'security_admin', 'O46'],
  ['shenji', '林明鉴', 'audit_admin', 'O46'],
  ['zhuren', '王怀清', 'principal', 'O46'],
  ['fenguan', '吴正言', 'deputy', 'O46'],
  ['dangfeng', '黎清岚', 'conduct_officer', 'O46_conduct'],
  ['jiandu', '周知远', 'supervision_officer', 'O46_supervision1'],
  ['anguan', '郑书恒', 'case_manager', 'O46_casemanagement'],
  ['ganbu', '何鉴明', 'inspector_supervisor', 'O46_inspectors'],
  ['xinxi', '韩思齐', 'information_officer', 'O46_information'],
  ['guize', '苏文博', 'rule_editor', 'O46_information'],
  ['shenpi', '谢慎行', 'rule_approver', 'O46_conduct'],
  ['caizheng', '云海宁', 'finance_supervisor', 'O46'],
  ['haikou', '邢望舒', 'conduct_officer', 'O4601_conduct'],
  ['haikoujd', '唐景行', 'supervision_officer', 'O4601_supervision1'],
  ['haikouzr', '冯秉文', 'principal', 'O4601'],
  ['sanya', '麦知秋', 'conduct_officer', 'O4602_conduct'],
  ['sanyazr', '杜若川', 'principal', 'O4602'],
]

const inUnit: readonly (readonly [string, Role])[] = [
  ['caiwu', 'unit_finance'],
  ['fuze', 'unit_head'],
]

const unitPeople = [
  ['孙谨行', '潘立本'],
  ['许安之', '高望岳'],
  ['曾予安', '梁思衡'],
] as const

const fileOf = (dataFolder: string) => join(dataFolder, 'demo-accounts.json')

/**
 * The accounts of the demo: one at least for each role, organs of the province and of two cities, and the finance
 * officer and the head of three units. Passwords are random for each installation and kept in
 * DATA_DIR/demo-accounts.json (mode 0600), so that a later start can print them again. A second call makes none.
 * @param unitCodes the units; without it one unit each of three different divisions
 * @param since from when they hold their roles; without it from now
 */
export async function createDemoAccounts(
  deps: IdentityDeps,
  unitCodes?: readonly string[],
  since: Date = deps.clock.now(),
): Promise<readonly DemoAccount[]> {
  if (!deps.settings.demo) throw new Error('demo accounts belong into a demo installation only')
  const known = demoAccounts(deps)
  if (known.length > 0 && !(await isEmpty(deps))) return known
  const created = await deps.database.asCaller(systemCaller, async (trx) => {
    await ensureRegions(trx)
    await createDemoOrgans(trx)
    const accounts: DemoAccount[] = []
    for (const one of peopleOf(unitCodes ?? (await unitsOfThreeDivisions(trx)))) {
      accounts.push(await createOne(trx, one, since, deps.clock.now()))
    }
    return accounts
  })
  writeFileSync(fileOf(deps.settings.dataFolder), JSON.stringify(created, null, 2), { mode: 0o600 })
  return created
}

interface DemoPerson {
  readonly username: string
  readonly displayName: string
  readonly role: Role
  readonly place: Place
}

function peopleOf(unitCodes: readonly string[]): readonly DemoPerson[] {
  const organs = inOrgan.map(([username, displayName, role, organCode]) => ({
    username,
    displayName,
    role,
    place: { organCode },
  }))
  const units = unitCodes.slice(0, unitPeople.length).flatMap((unitCode, index) =>
    inUnit.map(([username, role], which) => ({
      username: `${username}${index + 1}`,
      displayName: unitPeople[index]![which]!,
      role,
      place: { unitCode },
    })),
  )
  return [...organs, ...units]
}

/** The demo's accounts with their passwords, as they were made; none where there is no demo. */
export function demoAccounts(deps: IdentityDeps): readonly DemoAccount[] {
  const file = fileOf(deps.settings.dataFolder)
  return existsSync(file) ? z.array(demoAccountSchema).parse(JSON.parse(readFileSync(file, 'utf8'))) : []
}

async function unitsOfThreeDivisions(trx: Trx): Promise<readonly string[]> {
  const { rows } = await sql<{ unit_code: string }>`
    select unit_code from (
      select distinct on (substr(org_path, 1, 5)) unit_code, org_path from organisation.v_unit
      where valid_to is null order by substr(org_path, 1, 5), unit_code) as first_of_each
    order by org_path limit ${unitPeople.length}`.execute(trx)
  return rows.map((row) => row.unit_code)
}

/** Makes the account; one that is there already (its list of passwords was lost) gets a new password. */
async function createOne(trx: Trx, person: DemoPerson, since: Date, now: Date): Promise<DemoAccount> {
  const password = randomPassword()
  const { username, displayName, role, place } = person
  const present = await credentialsByName(trx, username)
  const userId = present?.userId ?? (await createPerson(trx, person, since))
  await setPassword(trx, userId, await hashPassword(password), now, false)
  const name = await placeName(trx, userId)
  return {
    username,
    password,
    displayName,
    role,
    title: { zh: `${name} ${titles[role].zh}`, en: `${titles[role].en}, ${name}` },
    organCode: 'organCode' in place ? place.organCode : null,
    unitCode: 'unitCode' in place ? place.unitCode : null,
  }
}

async function createPerson(trx: Trx, person: DemoPerson, now: Date): Promise<string> {
  const account = {
    username: person.username,
    displayName: person.displayName,
    place: person.place,
    demo: true,
  }
  const userId = await insertAccount(trx, account, await scopeOf(trx, person.place), systemCaller.userId, now)
  const holding = { userId, role: person.role, validFrom: now, validTo: null, reason: '演示 demo' }
  await insertHolding(trx, holding, systemCaller.userId, now, true)
  return userId
}

async function placeName(trx: Trx, userId: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select coalesce(
      (select coalesce(p.name || ' ', '') || o.name from organisation.organ o
        left join organisation.organ p on p.organ_code = o.parent_code where o.organ_code = a.organ_code),
      (select u.unit_name from organisation.v_unit u where u.unit_code = a.unit_code), '') as name
    from identity.account a where a.user_id = ${userId}`.execute(trx)
  return rows[0]!.name
}

/**
 * A finance officer for every unit that has none yet: they answer their units' alerts in what the demo tells of the past.
 * They have no password and cannot sign in.
 */
export async function createDemoStaff(deps: IdentityDeps, names: () => string, since: Date): Promise<void> {
  if (!deps.settings.demo) throw new Error('demo accounts belong into a demo installation only')
  await deps.database.asCaller(systemCaller, async (trx) => {
    const { rows } = await sql<{ unit_code: string }>`
      select u.unit_code from organisation.v_unit u where u.valid_to is null and not exists (
        select from identity.account a join identity.role_holding h using (user_id)
        where a.unit_code = u.unit_code and h.role = 'unit_finance')
      order by u.unit_code`.execute(trx)
    for (const { unit_code: unitCode } of rows) {
      const place = { unitCode }
      const person = {
        username: `caiwu-${unitCode}`,
        displayName: names(),
        role: 'unit_finance',
        place,
      } as const
      await createPerson(trx, person, since)
    }
  })
}

/** A demo account as one who acts. */
export interface DemoCaller {
  readonly caller: Caller
  readonly unitCode: string | null
}

/** All demo accounts that may do something, by name. */
export async function demoCallers(deps: Pick<IdentityDeps, 'database'>): Promise<readonly DemoCaller[]> {
  const { rows } = await deps.database.asCaller(systemCaller, (trx) =>
    sql<{ userId: string; scope: string; unitCode: string | null; roles: string[] }>`
      select a.user_id as "userId", a.scope, a.unit_code as "unitCode", array_agg(h.role::text order by h.role) as roles
      from identity.account a join identity.role_holding h using (user_id)
      where a.demo and a.state = 'active' and h.state = 'active'
      group by a.user_id, a.username, a.scope, a.unit_code order by a.username`.execute(trx),
  )
  return rows.map(({ userId, scope, unitCode, roles }) => ({ caller: { userId, scope, roles }, unitCode }))
}
