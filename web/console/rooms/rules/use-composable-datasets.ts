import { useQuery } from '@tanstack/react-query'
import { answered, client } from '../../../kit/index.ts'
import type { ComposableDataset } from './composed-rule.ts'

/** The datasets over which rules can be composed, with their columns and operators. */
export function useComposableDatasets() {
  return useQuery({
    queryKey: ['composed-rules', 'datasets'],
    queryFn: () => answered<ComposableDataset[]>(client.GET('/api/v1/composable-datasets')),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
