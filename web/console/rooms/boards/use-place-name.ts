import { useQuery } from '@tanstack/react-query'
import type { components } from '../../../client/api.generated.ts'
import { answered, client } from '../../../kit/index.ts'

type Regions = { readonly items: readonly components['schemas']['Region'][] }

/** The name of the division at a path of the tree; undefined until known. */
export function usePlaceName(path: string): string | undefined {
  const { data } = useQuery({
    queryKey: ['regions'],
    queryFn: () => answered<Regions>(client.GET('/api/v1/regions')),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data?.items.find((region) => region.orgPath === path)?.name
}
