import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Rule, ruleSchema } from './rule.schema.ts'
import { ruleFaults } from './rule-checks.ts'

/** Where the shipped rules lie. */
export const shippedRules = join(import.meta.dirname, '..', '..', '..', '..', 'rules')

/**
 * Reads every rule of a pack, in the order of the codes. A rule that contradicts itself (a parameter that the text does
 * not use, a condition without near misses …) is refused with the file and everything that is wrong with it.
 */
export function loadPack(pack: string, folder = shippedRules): readonly Rule[] {
  const files = readdirSync(join(folder, pack)).filter((file) => /^[A-Z]{1,3}\d{2}-.*\.yaml$/.test(file))
  return files.sort().map((file) => loadRule(join(folder, pack), file.replace(/\.yaml$/, '')))
}

function loadRule(folder: string, name: string): Rule {
  const yaml = readFileSync(join(folder, `${name}.yaml`), 'utf8')
  const sql = readFileSync(join(folder, `${name}.sql`), 'utf8')
    .trim()
    .replace(/;$/, '')
  const read = ruleSchema.safeParse(parse(yaml, { schema: 'core' }))
  if (!read.success) {
    const faults = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`${name}.yaml is no rule:\n  ${faults.join('\n  ')}`)
  }
  const version = createHash('sha256').update(yaml).update('\0').update(sql).digest('hex')
  const rule: Rule = { ...read.data, sql, version }
  const faults = ruleFaults(rule, name)
  if (faults.length > 0) throw new Error(`${name} contradicts itself:\n  ${faults.join('\n  ')}`)
  return rule
}
