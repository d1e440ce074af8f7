import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Caller } from '#ground/database/index.ts'
import { defineError } from '#ground/errors/index.ts'
import { recordAudit } from '#shared/audit/index.ts'
import { datasetByName } from '#shared/datasets/index.ts'
import { scopeOf } from './accounts.store.ts'
import type { IdentityDeps } from './identity-deps.ts'
import { tokenHash } from './sessions.store.ts'
import type { apiTokenSchema, newApiTokenSchema } from './token.schema.ts'

const noSuchToken = defineError(
  'identity.no_such_token',
  404,
  '没有这个接口令牌，或已处理。',
  'There is no such token, or it has been decided.',
)
const noSuchDataset = defineError(
  'identity.no_such_dataset',
  400,
  '没有名为 {name} 的数据集。',
  'There is no dataset called {name}.',
)
const badExpiry = defineError(
  'identity.bad_expiry',
  400,
  '有效期须在今后一年之内。',
  'The token must expire within a year from now.',
)
const samePerson = defineError(
  'identity.token_same_person',
  403,
  '申请人不得审批自己的申请。',
  'Who asked for it does not approve it.',
)

const year = 366 * 86_400_000

/** Creates a token for a machine that delivers data. It is shown once, and works after it was approved. */
export async function createToken(
  deps: IdentityDeps,
  caller: Caller,
  wanted: z.infer<typeof newApiTokenSchema>,
): Promise<{ tokenId: string; token: string }> {
  for (const name of wanted.datasets) if (!datasetByName(name)) throw noSuchDataset({ name })
  const now = deps.clock.now()
  const expires = new Date(wanted.expiresAt)
  if (expires <= now || expires.getTime() - now.getTime() > year) throw badExpiry()
  const token = `qf_${randomBytes(32).toString('base64url')}`
  return deps.database.asCaller(caller, async (trx) => {
    const scope = await scopeOf(trx, { organCode: wanted.organCode })
    const { rows } = await sql<{ id: string }>`
      insert into identity.api_token (name, token_hash, scope, datasets, expires_at, requested_by, requested_at)
      values (${wanted.name}, ${tokenHash(token)}, ${scope}, ${wanted.datasets}, ${expires}, ${caller.userId}, ${now})
      returning token_id as id`.execute(trx)
    const tokenId = rows[0]!.id
    await recordAudit(trx, {
      action: 'identity.create_token',
      object: { kind: 'api_token', id: tokenId },
      detail: { scope, datasets: wanted.datasets },
    })
    return { tokenId, token }
  })
}

export async function decideToken(
  deps: IdentityDeps,
  caller: Caller,
  tokenId: string,
  decision: { readonly approve: boolean; readonly reason: string },
): Promise<void> {
  await deps.database.asCaller(caller, async (trx) => {
    const { rows } = await sql<{ requested_by: string }>`
      select requested_by from identity.api_token where token_id = ${tokenId} and state = 'requested'
      for update`.execute(trx)
    if (!rows[0]) throw noSuchToken()
    if (rows[0].requested_by === caller.userId) throw samePerson()
    const state = decision.approve ? 'active' : 'rejected'
    await sql`update identity.api_token set state = ${state}, decided_by = ${caller.userId},
      decided_at = ${deps.clock.now()} where token_id = ${tokenId}`.execute(trx)
    await recordAudit(trx, {
      action: 'identity.decide_token',
      object: { kind: 'api_token', id: tokenId },
      purpose: decision.reason,
      detail: { state },
    })
  })
}

/** Ends a token at once. */
export async function revokeToken(deps: IdentityDeps, caller: Caller, tokenId: string): Promise<void> {
  await deps.database.asCaller(caller, async (trx) => {
    const { numAffectedRows } = await sql`
      update identity.api_token set state = 'revoked', revoked_by = ${caller.userId}, revoked_at = ${deps.clock.now()}
      where token_id = ${tokenId} and state in ('requested', 'active')`.execute(trx)
    if (numAffectedRows !== 1n) throw noSuchToken()
    await recordAudit(trx, { action: 'identity.revoke_token', object: { kind: 'api_token', id: tokenId } })
  })
}

export async function tokens(deps: IdentityDeps, caller: Caller): Promise<z.infer<typeof apiTokenSchema>[]> {
  return deps.database.asCaller(caller, async (trx) => {
    const instant = (column: string) =>
      sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)
    const { rows } = await sql<z.infer<typeof apiTokenSchema>>`
      select token_id as "tokenId", name, scope,
        (select o.name from organisation.organ o where o.org_path = api_token.scope
          order by o.closed_on is not null, o.organ_code limit 1) as "placeName", datasets, state, ${instant('expires_at')} as "expiresAt",
        requested_by as "requestedBy",
        coalesce((select display_name from identity.names_of(array[requested_by])), '') as "requestedByName",
        ${instant('requested_at')} as "requestedAt", decided_by as "decidedBy",
        (select display_name from identity.names_of(array[decided_by])) as "decidedByName",
        ${instant('last_used_at')} as "lastUsedAt"
      from identity.api_token order by requested_at desc, token_id limit 500`.execute(trx)
    return rows
  })
}
