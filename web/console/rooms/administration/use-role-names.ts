import { useQuery } from '@tanstack/react-query'
import { answered, client } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'

export interface PermissionTable {
  readonly roles: readonly { readonly role: string; readonly zh: string; readonly en: string }[]
  readonly permissions: readonly {
    readonly permission: string
    readonly zh: string
    readonly en: string
    readonly roles: readonly string[]
  }[]
}

/** Which role may do what, as the server has it. */
export function usePermissionTable() {
  return useQuery({
    queryKey: ['permissions'],
    queryFn: () => answered<PermissionTable>(client.GET('/api/v1/permissions')),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** The names of the roles in the language in use. */
export function useRoleNames() {
  const { data } = usePermissionTable()
  const known = data?.roles ?? []
  return {
    options: known.map((role) => ({ value: role.role, label: inLanguage(role) })),
    nameOf: (code: string) => {
      const found = known.find((role) => role.role === code)
      return found ? inLanguage(found) : code
    },
  }
}
