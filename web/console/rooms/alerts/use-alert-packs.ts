import { useQuery } from '@tanstack/react-query'
import type { components } from '../../../client/api.generated.ts'
import { answered, client } from '../../../kit/index.ts'

/** What the packs say of their alerts; it changes only with a release. */
export function useAlertPack(pack: string): components['schemas']['AlertPack'] | undefined {
  const packs = useQuery({
    queryKey: ['alert-packs'],
    queryFn: () => answered<components['schemas']['AlertPack'][]>(client.GET('/api/v1/alert-packs')),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return packs.data?.find((one) => one.pack === pack)
}
