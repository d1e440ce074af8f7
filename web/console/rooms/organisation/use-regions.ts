import { useQuery } from '@tanstack/react-query'
import type { components } from '../../../client/api.generated.ts'
import { answered, client } from '../../../kit/index.ts'

type Regions = { readonly items: readonly components['schemas']['Region'][] }

/** The divisions that hold any unit in sight, with how many, for a choice. */
export function useRegions(): readonly { readonly value: string; readonly label: string }[] {
  const { data } = useQuery({
    queryKey: ['regions'],
    queryFn: () => answered<Regions>(client.GET('/api/v1/regions')),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (data?.items ?? [])
    .filter((region) => region.unitsBelow > 0)
    .map(({ regionCode, name, unitsBelow }) => ({ value: regionCode, label: `${name}（${unitsBelow}）` }))
}
