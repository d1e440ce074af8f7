import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'

/** Where a person works: in an organ or office of the discipline body, or in a unit. */
export type Place = { readonly organCode: string } | { readonly unitCode: string }

const noSuchPlace = defineError(
  'identity.no_such_place',
  400,
  '没有代码为“{code}”的在用机关、内设机构或单位。',
  'There is no open organ, office or unit with the code {code}.',
)

/**
 * The part of the tree that somebody in the place sees: the region of his organ, or his unit. Throws
 * `identity.no_such_place` for one that is not there or was closed.
 */
export async function scopeOf(trx: Trx, place: Place): Promise<string> {
  const { rows } =
    'unitCode' in place
      ? await sql<{ scope: string }>`select org_path as scope from organisation.v_unit
          where unit_code = ${place.unitCode} and valid_to is null`.execute(trx)
      : await sql<{ scope: string }>`select organisation.region_path(region_code) as scope
          from organisation.organ where organ_code = ${place.organCode} and closed_on is null`.execute(trx)
  const code = 'unitCode' in place ? place.unitCode : place.organCode
  if (!rows[0]) throw noSuchPlace({ code })
  return rows[0].scope
}

export interface NewAccount {
  readonly username: string
  readonly displayName: string
  readonly staffNo?: string | null | undefined
  readonly post?: string | null | undefined
  readonly place: Place
  readonly demo?: boolean
}

/** Adds an account without credentials. Returns its id. */
export async function insertAccount(
  trx: Trx,
  account: NewAccount,
  scope: string,
  createdBy: string,
  now: Date,
): Promise<string> {
  const { place } = account
  const { rows } = await sql<{ user_id: string }>`
    insert into identity.account (username, display_name, staff_no, post, organ_code, unit_code, scope, demo,
      created_at, created_by, state_changed_at)
    values (${account.username.trim()}, ${account.displayName.trim()}, ${account.staffNo ?? null},
      ${account.post ?? null}, ${'organCode' in place ? place.organCode : null},
      ${'unitCode' in place ? place.unitCode : null}, ${scope}, ${account.demo ?? false}, ${now}, ${createdBy}, ${now})
    returning user_id`.execute(trx)
  return rows[0]!.user_id
}
