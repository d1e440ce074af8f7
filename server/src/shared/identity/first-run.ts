import { randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { systemCaller, type Trx } from '#ground/database/index.ts'
import { defineError, type FieldFault } from '#ground/errors/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { ensureRegions, ensureRootOrgan } from '#shared/organisation/index.ts'
import { administratorRoles, type Role } from '#shared/permissions/index.ts'
import { usernameSchema } from './account.schema.ts'
import { insertAccount, scopeOf } from './accounts.store.ts'
import { setPassword } from './credentials.store.ts'
import { insertHolding } from './holdings.store.ts'
import { badPassword } from './identity.errors.ts'
import { type IdentityDeps, productAt } from './identity-deps.ts'
import { hashPassword } from './password-hash.ts'
import { passwordFaults } from './password-rules.ts'
import { currentPolicy } from './policy.ts'
import { isEmpty } from './session.service.ts'

export type AdministratorRole = (typeof administratorRoles)[number]

export interface FirstPerson {
  readonly username: string
  readonly displayName: string
  readonly password: string
}

const alreadySetUp = defineError(
  'identity.already_set_up',
  409,
  '系统已完成首次设置。',
  'The installation has been set up already.',
)
const wrongSetupCode = defineError(
  'identity.wrong_setup_code',
  403,
  '设置码不正确。设置码显示在服务器控制台，并保存在数据目录的 setup-code 文件中。',
  'The setup code is not right; it is printed on the server console and kept in the file setup-code of the data folder.',
)
const samePerson = defineError(
  'identity.same_person',
  400,
  '三名管理员须为三个不同账号，口令也须互不相同。',
  'The three administrators need three different accounts with three different passwords.',
)

const badName = defineError(
  'identity.bad_name',
  400,
  '用户名须为 2 至 40 个字母、数字或 . _ -，以字母或数字开头；姓名不得为空。',
  'A user name has 2 to 40 letters, digits or . _ - and begins with a letter or digit; a name is not empty.',
)

const fileOf = (dataFolder: string) => join(dataFolder, 'setup-code')

/**
 * The one-time code that guards the first-run page, made once and kept where only the operator reads; undefined when
 * the installation has accounts.
 */
export async function setupCode(deps: IdentityDeps): Promise<string | undefined> {
  const file = fileOf(deps.settings.dataFolder)
  if (!(await isEmpty(deps))) {
    rmSync(file, { force: true })
    return undefined
  }
  if (!existsSync(file)) {
    mkdirSync(deps.settings.dataFolder, { recursive: true })
    writeFileSync(file, `${randomBytes(16).toString('hex')}\n`, { mode: 0o600 })
  }
  return readFileSync(file, 'utf8').trim()
}

/** The first-run page: three administrators at once, for whoever knows the setup code. */
export async function firstRun(
  deps: IdentityDeps,
  code: string,
  people: Readonly<Record<AdministratorRole, FirstPerson>>,
  address: string,
): Promise<void> {
  const expected = await setupCode(deps)
  if (!expected) throw alreadySetUp()
  const given = Buffer.from(code.trim())
  const wanted = Buffer.from(expected)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw wrongSetupCode()
  await createFirstAdministrators(deps, people, address)
}

/**
 * The first three administrators, with separate powers, in one transaction. Each must change his password at his first
 * sign-in, since the operator who typed it knows it.
 */
export async function createFirstAdministrators(
  deps: IdentityDeps,
  people: Readonly<Record<AdministratorRole, FirstPerson>>,
  address = '',
): Promise<void> {
  const all = Object.values(people)
  const names = new Set(all.map((person) => person.username.normalize('NFKC').trim().toLowerCase()))
  const passwords = new Set(all.map((person) => person.password))
  if (names.size < all.length || passwords.size < all.length) throw samePerson()
  const named = (person: FirstPerson) =>
    usernameSchema.safeParse(person.username).success && /^.{1,40}$/su.test(person.displayName.trim())
  if (!all.every(named)) throw badName()
  const hashes = new Map<string, string>()
  for (const person of all) hashes.set(person.username, await hashPassword(person.password))
  await deps.database.asCaller(productAt(address), async (trx) => {
    // Of two at once the second waits here and then finds the installation set up.
    await sql`select pg_advisory_xact_lock(hashtext('identity.first_run'))`.execute(trx)
    const { rows } = await sql<{ empty: boolean }>`select identity.is_empty() as empty`.execute(trx)
    if (!rows[0]!.empty) throw alreadySetUp()
    const { minLength, minClasses } = await currentPolicy(trx)
    const faults = administratorRoles.flatMap((role): FieldFault[] =>
      passwordFaults(people[role].password, people[role].username, { minLength, minClasses }).map(
        (fault) => ({
          ...fault,
          path: `body/${role}/password`,
        }),
      ),
    )
    if (faults.length > 0) throw badPassword({}, { fields: faults })
    await ensureRegions(trx)
    const organ = await ensureRootOrgan(trx, deps.settings.organName)
    const scope = await scopeOf(trx, organ)
    for (const role of administratorRoles) {
      await createOne(trx, role, people[role], hashes.get(people[role].username)!, {
        organCode: organ.organCode,
        scope,
        now: deps.clock.now(),
      })
    }
  })
  rmSync(fileOf(deps.settings.dataFolder), { force: true })
}

async function createOne(
  trx: Trx,
  role: Role,
  person: FirstPerson,
  hash: string,
  at: { organCode: string; scope: string; now: Date },
): Promise<void> {
  const place = { organCode: at.organCode }
  const userId = await insertAccount(trx, { ...person, place }, at.scope, systemCaller.userId, at.now)
  await setPassword(trx, userId, hash, at.now, true)
  const holding = { userId, role, validFrom: at.now, validTo: null, reason: '首次设置 first run' }
  await insertHolding(trx, holding, systemCaller.userId, at.now, true)
  await recordAudit(trx, {
    action: 'identity.first_run',
    object: { kind: 'account', id: userId },
    detail: { role },
  })
}
