import { sql } from 'kysely'
import type { Trx } from '#ground/database/index.ts'

/** What is kept of an act or a look. Who, when, from where and in which session the database adds itself. */
export interface AuditEntry {
  /** Room and verb, e.g. `alerts.judge`, `identity.sign_in`. */
  readonly action: string
  readonly object?: { readonly kind: string; readonly id: string }
  readonly unitCode?: string | undefined
  /** The reason the person gave, for unmasking, export, print and inquiry. */
  readonly purpose?: string | undefined
  readonly outcome?: 'done' | 'refused' | 'failed'
  /** Codes, counts and changed values; no contents of documents. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

/**
 * Appends to the audit log in the caller's transaction: the act and its trail stand or fall together, and a read is on
 * record before its result leaves.
 */
export async function recordAudit(trx: Trx, entry: AuditEntry): Promise<void> {
  await sql`select audit.append(${entry.action}, ${entry.object?.kind ?? null}, ${entry.object?.id ?? null},
    ${entry.unitCode ?? null}, ${entry.purpose ?? null}, ${entry.outcome ?? 'done'},
    ${JSON.stringify(entry.detail ?? {})}::jsonb)`.execute(trx)
}

/**
 * What a list was narrowed by, for the entry about its reading: names of conditions, never the words that were typed,
 * since a name in the log would be read by those who see no business data.
 */
export function askedFor(query: object): { readonly by: readonly string[] } {
  const paging = new Set(['limit', 'cursor', 'sort'])
  const asked = Object.entries(query).filter(([name, value]) => value !== undefined && !paging.has(name))
  return { by: asked.map(([name]) => name) }
}
