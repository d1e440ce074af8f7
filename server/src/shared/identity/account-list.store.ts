import { sql } from 'kysely'
import type { z } from 'zod'
import type { Trx } from '#ground/database/index.ts'
import { decodeCursor, encodeCursor, totalCap, totalOf } from '#ground/paging/index.ts'
import type { accountPageSchema, accountQuerySchema, accountSchema } from './account.schema.ts'

type Account = z.infer<typeof accountSchema>

const instant = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)

/** The accounts that the caller may see, by user name. Needs the product's role for what stands in the credentials. */
export async function listAccounts(
  trx: Trx,
  query: z.infer<typeof accountQuerySchema>,
  scope: string,
  now: Date,
): Promise<z.infer<typeof accountPageSchema>> {
  const inSight = sql`a.scope >= ${scope} and a.scope < ${`${scope}/`}`
  const filters = [
    inSight,
    ...(query.q
      ? [
          sql`(strpos(a.username_key, lower(${query.q})) > 0 or strpos(a.display_name, ${query.q}) > 0
            or strpos(coalesce(a.staff_no, ''), ${query.q}) > 0)`,
        ]
      : []),
    ...(query.state ? [sql`a.state = ${query.state}`] : []),
    ...(query.unitCode ? [sql`a.unit_code = ${query.unitCode}`] : []),
    ...(query.organCode ? [sql`a.organ_code = ${query.organCode}`] : []),
    ...(query.role
      ? [
          sql`exists (select from identity.role_holding h
            where h.user_id = a.user_id and h.role = ${query.role} and h.state in ('active', 'requested'))`,
        ]
      : []),
  ]
  const from = query.cursor ? [sql`a.username_key > ${String(decodeCursor(query.cursor)[0])}`] : []
  const found = await selectAccounts(
    trx,
    sql`${sql.join([...filters, ...from], sql` and `)} order by a.username_key limit ${query.limit + 1}`,
    now,
  )
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  const { rows } = await sql<{ count: string }>`select count(*) from (
    select from identity.account a where ${sql.join(filters, sql` and `)} limit ${totalCap + 1}) as counted`.execute(
    trx,
  )
  return {
    items: items.map(({ usernameKey: _key, ...account }) => account),
    next: found.length > query.limit && last ? encodeCursor([last.usernameKey]) : null,
    total: totalOf(Number(rows[0]!.count)),
  }
}

/** One account as in the list, or undefined where the caller may not see it. */
export async function accountById(
  trx: Trx,
  userId: string,
  scope: string,
  now: Date,
): Promise<Account | undefined> {
  const where = sql`a.user_id = ${userId} and a.scope >= ${scope} and a.scope < ${`${scope}/`}`
  const [found] = await selectAccounts(trx, where, now)
  if (!found) return undefined
  const { usernameKey: _key, ...account } = found
  return account
}

async function selectAccounts(trx: Trx, rest: ReturnType<typeof sql>, now: Date) {
  const { rows } = await sql<Account & { usernameKey: string }>`
    with page as materialized (select a.* from identity.account a where ${rest})
    select a.user_id as "userId", a.username, a.username_key as "usernameKey", a.display_name as "displayName",
      a.staff_no as "staffNo", a.post, a.organ_code as "organCode", a.unit_code as "unitCode", a.scope, a.state, a.demo,
      a.oidc_subject as "oidcSubject", a.mobile_sealed is not null as "hasMobile",
      coalesce(c.totp_confirmed, false) as "secondFactor", ${instant('a.created_at')} as "createdAt",
      case when t.blocked_until > ${now} then ${instant('t.blocked_until')} end as "lockedUntil",
      ${instant('l.at')} as "lastSignInAt",
      coalesce((select o.name from organisation.organ o where o.organ_code = a.organ_code),
        (select u.unit_name from organisation.v_unit u where u.unit_code = a.unit_code)) as "placeName",
      identity.roles_at(a.user_id, ${now}) as roles,
      array(select h.role from identity.role_holding h
        where h.user_id = a.user_id and h.state = 'requested' order by 1) as "pendingRoles"
    from page a left join identity.credential c using (user_id)
      left join identity.attempt t on t.kind = 'account' and t.key_hash = sha256(convert_to(a.username_key, 'UTF8'))
      left join identity.last_sign_ins(array(select user_id from page)) l using (user_id)
    order by a.username_key`.execute(trx)
  return rows
}
