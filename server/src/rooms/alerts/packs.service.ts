import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { parse } from 'yaml'
import { type Database, systemCaller } from '#ground/database/index.ts'
import { type DecisionTables, type PackPolicy, type Policies, packPolicySchema } from './pack-policy.ts'

/** Reads `pack.yaml` of every pack under the folder. Throws with the file and everything that is wrong in it. */
export function readPackPolicies(folder: string): Policies {
  const policies = new Map<string, PackPolicy>()
  for (const pack of readdirSync(folder)) {
    const file = join(folder, pack, 'pack.yaml')
    if (!existsSync(file)) continue
    const read = packPolicySchema.safeParse(parse(readFileSync(file, 'utf8'), { schema: 'core' }))
    if (!read.success) {
      const faults = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      throw new Error(`${file} is no pack description:\n  ${faults.join('\n  ')}`)
    }
    policies.set(read.data.pack, read.data)
  }
  return policies
}

/**
 * Tells the database what it decides by: readers, terms, ways of dispatch and the decision tables.
 * @param grading decision tables in force, by pack, where they are not the pack's own
 */
export async function describePacks(
  database: Database,
  policies: Policies,
  grading: DecisionTables,
): Promise<void> {
  await database.asCaller(systemCaller, async (trx) => {
    for (const policy of policies.values()) {
      const terms = Object.entries(policy.terms).flatMap(([level, days]) =>
        Object.entries(days).map(([term, workdays]) => ({ level, term, workdays })),
      )
      const modes = Object.entries(policy.dispatch).map(([level, mode]) => ({ level, mode }))
      const grades = (grading.get(policy.pack) ?? policy.grading).map(({ title, ...grade }, index) => ({
        ...grade,
        position: index + 1,
        title_zh: title.zh,
        title_en: title.en,
      }))
      await sql`select alerts.describe_pack(${policy.pack}, ${policy.title.zh}, ${policy.title.en},
        ${policy.undisclosed_rules}::text[], ${policy.readers}::text[], ${JSON.stringify(terms)}::jsonb,
        ${JSON.stringify(modes)}::jsonb, ${JSON.stringify(grades)}::jsonb)`.execute(trx)
      await sql`select alerts.set_receivers(${policy.pack}, ${policy.receivers}::text[])`.execute(trx)
      await sql`select alerts.set_category(${policy.pack}, ${policy.category_evidence ?? null})`.execute(trx)
    }
  })
}
