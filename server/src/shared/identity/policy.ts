import { sql } from 'kysely'
import { z } from 'zod'
import type { Trx } from '#ground/database/index.ts'

/**
 * The rules for proving who one is. Defaults and bounds follow what inspections of GB/T 22239-2019, level 3, ask of an
 * application: three classes of characters, 90 days, five passwords back, a lock after five failures, two factors.
 */
export const policySchema = z
  .object({
    /** Shortest password, in characters. */
    minLength: z.number().int().min(10).max(64),
    /** Of lower case, upper case, digits and other characters. */
    minClasses: z.number().int().min(3).max(4),
    /** How many passwords back may not be used again. */
    history: z.number().int().min(0).max(24),
    /** Days until a password must be changed; 0 never. */
    maxAgeDays: z.number().int().min(0).max(365),
    /** Failures by account until it is locked. */
    accountFailures: z.number().int().min(3).max(10),
    /** First lock of an account, in minutes; each further failure doubles it, up to a day. */
    accountLockMinutes: z.number().int().min(5).max(120),
    /** Failures by address until it has to wait, first a second, then twice as long each time, up to half an hour. */
    addressFailures: z.number().int().min(5).max(200),
    /** Who must have a second factor. Anybody may. */
    secondFactor: z.enum(['optional', 'administrators', 'everyone']),
  })
  .meta({ id: 'IdentityPolicy' })

/** What each number may be, as the schema has it: for those who enter it. */
export const policyBounds = Object.fromEntries(
  Object.entries(policySchema.shape).flatMap(([name, field]) =>
    field instanceof z.ZodNumber ? [[name, { min: field.minValue!, max: field.maxValue! }]] : [],
  ),
)

export type IdentityPolicy = z.infer<typeof policySchema>

export interface PolicyVersion {
  readonly version: number
  readonly settings: IdentityPolicy
  readonly changedBy: string
  /** Empty for the product itself, which brought the first version. */
  readonly changedByName: string
  readonly changedAt: string
  readonly reason: string
}

const columns = sql`version, settings, changed_by as "changedBy",
  coalesce((select display_name from identity.names_of(array[changed_by])), '') as "changedByName", changed_at::text as "changedAt", reason`

/** The settings in force. */
export async function currentPolicy(trx: Trx): Promise<IdentityPolicy> {
  return (await policyVersions(trx, 1))[0]!.settings
}

/** The versions of the settings, newest first. */
export async function policyVersions(trx: Trx, limit: number): Promise<readonly PolicyVersion[]> {
  const { rows } = await sql<PolicyVersion>`
    select ${columns} from identity.policy order by version desc limit ${limit}`.execute(trx)
  return rows
}

export async function insertPolicy(
  trx: Trx,
  change: { settings: IdentityPolicy; changedBy: string; changedAt: Date; reason: string },
): Promise<PolicyVersion> {
  const { rows } = await sql<PolicyVersion>`
    insert into identity.policy (settings, changed_by, changed_at, reason)
    values (${JSON.stringify(change.settings)}::jsonb, ${change.changedBy}, ${change.changedAt}, ${change.reason})
    returning ${columns}`.execute(trx)
  return rows[0]!
}
