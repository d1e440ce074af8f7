import { useState } from 'react'
import { useSearchParams } from 'react-router'

export type Conditions<Name extends string> = Partial<Record<Name, string>>

export interface ListAddress<Name extends string> {
  readonly conditions: Conditions<Name>
  /** Where the page shown begins; undefined for the first one. */
  readonly cursor: string | undefined
  readonly onFirst: boolean
  narrow(entry: Conditions<Name>): void
  back(): void
  forward(next: string): void
}

/**
 * What a list is narrowed by, kept in the address of the page: it can be sent to a colleague, kept as a bookmark and is
 * still there when one comes back to the tab. Narrowing anew begins at the first page.
 */
export function useListAddress<Name extends string>(names: readonly Name[]): ListAddress<Name> {
  const [address, setAddress] = useSearchParams()
  const [cursors, setCursors] = useState<readonly string[]>([])
  const conditions = Object.fromEntries(
    names.flatMap((name) => {
      const value = address.get(name)
      return value ? [[name, value]] : []
    }),
  ) as Conditions<Name>
  return {
    conditions,
    cursor: cursors.at(-1),
    onFirst: cursors.length === 0,
    narrow: (entry) => {
      setCursors([])
      setAddress(
        Object.fromEntries(Object.entries<string | undefined>(entry).filter(([, value]) => value)) as Record<
          string,
          string
        >,
      )
    },
    back: () => setCursors(cursors.slice(0, -1)),
    forward: (next) => setCursors([...cursors, next]),
  }
}
