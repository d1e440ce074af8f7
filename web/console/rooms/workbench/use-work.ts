import { useQueries } from '@tanstack/react-query'
import { may, type Session } from '../../session.ts'
import { type Desk, deskOf, type WorkItem } from './work-item.ts'
import { workSources } from './work-sources.ts'

export interface Work extends Desk {
  readonly isPending: boolean
  /** The first source that did not answer; what the others told is shown all the same. */
  readonly error: unknown
  readonly refetch: () => void
}

/** Everything that waits for the person in the rooms that he may enter. */
export function useWork(session: Session, today: string): Work {
  const sources = workSources.filter(
    ({ permissions }) => permissions.length === 0 || permissions.some((one) => may(session, one)),
  )
  const asked = useQueries({
    queries: sources.map(({ name, ask }) => ({
      // Changes of alerts that the server tells of make every key below `alerts` be asked anew.
      queryKey: ['alerts', 'work', name],
      queryFn: ask,
    })),
  })
  const items: WorkItem[] = asked.flatMap(({ data }) => data ?? [])
  return {
    ...deskOf(items, today),
    isPending: asked.some(({ isPending }) => isPending),
    error: asked.find(({ isError }) => isError)?.error,
    refetch: () => {
      for (const one of asked) void one.refetch()
    },
  }
}
