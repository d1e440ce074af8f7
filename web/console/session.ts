import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { components } from '../client/api.generated.ts'
import { answered, client, Refused } from '../kit/index.ts'

export type Session = components['schemas']['Session']
export type SignedInUser = NonNullable<Session['user']>

const key = ['session'] as const

/** Who is signed in and what he may do, as the server says. */
export function useSession() {
  return useQuery({
    queryKey: key,
    queryFn: () => answered<Session>(client.GET('/api/v1/session')),
    refetchInterval: 60_000,
    refetchOnWindowFocus: true,
  })
}

/** Asks anew who is signed in; all that was shown before is forgotten. */
export function useSessionRefresh(): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(async () => {
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
    await queries.invalidateQueries({ queryKey: key })
  }, [queries])
}

/** Ends the session on the server. A session that has ended already is no failure. */
export async function signOut(): Promise<void> {
  await answered(client.DELETE('/api/v1/session')).catch((error: unknown) => {
    if (!(error instanceof Refused) || error.problem.status !== 401) throw error
  })
}

/** Whether the session may do it: the server's own list, never worked out here. */
export function may(session: Session, permission: string): boolean {
  return session.permissions?.includes(permission) ?? false
}
