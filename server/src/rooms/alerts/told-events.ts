import type { Trx } from '#ground/database/index.ts'
import { attachmentsOf } from '#shared/files/index.ts'
import { namesOf } from '#shared/identity/index.ts'
import type { EventRow, ToldEvent } from './detail.store.ts'

/** The events with their attachments and the names of those who acted; whose identifier the reader is not told has no name. */
export async function withFilesAndNames(
  trx: Trx,
  events: readonly EventRow[],
): Promise<readonly ToldEvent[]> {
  const files = await attachmentsOf(
    trx,
    events.flatMap((event) => event.files),
  )
  const actors = events.filter(({ actor, actorId }) => actor !== 'system' && actorId !== '')
  const names = await namesOf(
    trx,
    actors.map(({ actorId }) => actorId),
  )
  return events.map((event) => ({
    ...event,
    files: event.files.flatMap((fileId) => files.get(fileId) ?? []),
    actorName: names.get(event.actorId)?.displayName ?? null,
  }))
}
