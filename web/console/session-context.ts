import { createContext, useContext } from 'react'
import type { Session } from './session.ts'

export const SessionContext = createContext<Session | undefined>(undefined)

/** The session of the page; pages exist only inside one. */
export function useCurrentSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('a page outside the shell')
  return session
}
