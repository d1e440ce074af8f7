import { z } from 'zod'
import type { Caller, Database } from '#ground/database/index.ts'
import { type Role, unitRoles } from '#shared/permissions/index.ts'

/** The channel on which stores say, within their transaction, that something changed. */
export const changeChannel = 'qingfeng'

const change = z.union([
  z.object({ topic: z.literal('notices'), user: z.string() }),
  z.object({
    topic: z.string(),
    path: z.string(),
    audience: z.enum(['office', 'unit']),
    ids: z.array(z.string()),
  }),
])
type Change = z.infer<typeof change>

/** What goes out: that something changed, and the identifiers of what the listener may read. Never contents. */
export interface StreamEvent {
  readonly topic: string
  readonly ids: readonly string[]
}

/** Of these identifiers, those that the caller may read; asked in the database, as the caller. */
export type Visibility = (caller: Caller, ids: readonly string[]) => Promise<readonly string[]>

export interface ChangeStream {
  /** A room says how its topic's identifiers are checked. A topic without check reaches nobody. */
  register(topic: string, visible: Visibility): void
  /** Begins to send the caller what concerns him. Returns how to end it. */
  open(caller: Caller, send: (event: StreamEvent) => void): () => void
  start(): Promise<void>
  stop(): Promise<void>
}

export function createChangeStream(dependencies: { database: Database }): ChangeStream {
  const listeners = new Set<{ caller: Caller; send: (event: StreamEvent) => void }>()
  const checks = new Map<string, Visibility>()
  let unlisten: (() => Promise<void>) | undefined

  const pass = async (changed: Change) => {
    for (const listener of listeners) {
      const event = await eventFor(listener.caller, changed, checks)
      if (event && listeners.has(listener)) listener.send(event)
    }
  }
  return {
    register: (topic, visible) => {
      checks.set(topic, visible)
    },
    open: (caller, send) => {
      const listener = { caller, send }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    start: async () => {
      unlisten = await dependencies.database.listen(changeChannel, (payload) => {
        const read = change.safeParse(JSON.parse(payload))
        // A lost event costs a reload; the server must live on when the database is away for a moment.
        if (read.success) void pass(read.data).catch(() => {})
      })
    },
    stop: async () => {
      listeners.clear()
      await unlisten?.()
    },
  }
}

async function eventFor(
  caller: Caller,
  changed: Change,
  checks: ReadonlyMap<string, Visibility>,
): Promise<StreamEvent | undefined> {
  if ('user' in changed) {
    return changed.user === caller.userId ? { topic: changed.topic, ids: [] } : undefined
  }
  const visible = checks.get(changed.topic)
  const ofUnit = caller.roles.some((role) => (unitRoles as readonly string[]).includes(role as Role))
  if (!visible || (changed.audience === 'unit') !== ofUnit) return undefined
  if (
    changed.path !== caller.scope &&
    !changed.path.startsWith(caller.scope) &&
    !caller.scope.startsWith(changed.path)
  ) {
    return undefined
  }
  const ids = await visible(caller, changed.ids)
  return changed.ids.length > 0 && ids.length === 0 ? undefined : { topic: changed.topic, ids }
}
