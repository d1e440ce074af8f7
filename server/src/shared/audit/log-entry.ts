/** An entry as it is sealed, listed and exported. */
export interface LogEntry {
  readonly entryId: string
  /** Instant in UTC with microseconds, as the database keeps it. */
  readonly at: string
  readonly actorId: string
  readonly actorRoles: string
  readonly actorScope: string
  readonly sessionId: string | null
  readonly address: string | null
  readonly action: string
  readonly objectKind: string | null
  readonly objectId: string | null
  readonly unitCode: string | null
  readonly purpose: string | null
  readonly outcome: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** The bytes that an entry's leaf commits to: its fields in a fixed order, the detail with sorted keys. */
export function entryBytes(entry: LogEntry): Buffer {
  const fields = [
    entry.entryId,
    entry.at,
    entry.actorId,
    entry.actorRoles,
    entry.actorScope,
    entry.sessionId,
    entry.address,
    entry.action,
    entry.objectKind,
    entry.objectId,
    entry.unitCode,
    entry.purpose,
    entry.outcome,
    sorted(entry.detail),
  ]
  return Buffer.from(JSON.stringify(fields), 'utf8')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return entries.map(([key, inner]) => [key, sorted(inner)])
}

/** A signed statement about the log: its first `treeSize` entries have this root. */
export interface Checkpoint {
  readonly treeSize: number
  readonly rootHash: string
  readonly sealedAt: string
  readonly suite: string
  readonly keyId: string
  readonly signature: string
}

/** The bytes that a checkpoint's signature covers. */
export function checkpointBytes(checkpoint: Omit<Checkpoint, 'signature'>): Buffer {
  const { treeSize, rootHash, sealedAt, suite, keyId } = checkpoint
  return Buffer.from(
    ['qingfeng-audit-checkpoint', treeSize, rootHash, sealedAt, suite, keyId].join('\n'),
    'utf8',
  )
}
