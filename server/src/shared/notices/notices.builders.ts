import { systemCaller } from '#ground/database/index.ts'
import type { TestDatabase } from '#ground/testing/index.ts'

/** A person with an account and roles, put in place past all fences. */
export async function aHolder(
  database: Pick<TestDatabase, 'owner'>,
  person: {
    readonly userId: string
    readonly roles: readonly string[]
    readonly scope: string
    readonly unitCode?: string
    readonly personKey?: string
  },
): Promise<void> {
  const { userId, scope, unitCode } = person
  if (!unitCode) {
    await database.owner(
      `insert into organisation.region (region_code, name) values ('460000', '省') on conflict do nothing`,
    )
    await database.owner(
      `insert into organisation.organ (organ_code, name, region_code) values ('O1', '省纪委监委', '460000')
        on conflict do nothing`,
    )
  }
  await database.owner(
    `insert into identity.account (user_id, username, display_name, organ_code, unit_code, scope, created_at, created_by,
      state_changed_at) values ($1, $2, '某人', $3, $4, $5, now(), $1, now())`,
    [userId, `u${userId.slice(-6)}`, unitCode ? null : 'O1', unitCode ?? null, scope],
  )
  for (const role of person.roles) {
    await database.owner(
      `insert into identity.role_holding (user_id, role, state, valid_from, requested_by, requested_at, reason, decided_by)
        values ($1, $2, 'active', '2020-01-01', $3, now(), '测试', $3)`,
      [userId, role, systemCaller.userId],
    )
  }
  if (person.personKey) {
    await database.owner('insert into permissions.person_of_user values ($1, $2)', [userId, person.personKey])
  }
}
