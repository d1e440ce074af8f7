import { useQuery } from '@tanstack/react-query'
import type { components } from '../../../client/api.generated.ts'
import { answered, client } from '../../../kit/index.ts'
import { inLanguage } from '../../language.ts'

export type Dataset = components['schemas']['Dataset']

/** The datasets that can be loaded, with their columns. */
export function useDatasets() {
  const datasets = useQuery({
    queryKey: ['intake', 'datasets'],
    queryFn: () => answered<Dataset[]>(client.GET('/api/v1/intake/datasets')),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const known = datasets.data ?? []
  return {
    ...datasets,
    options: known.map(({ name, title }) => ({ value: name, label: inLanguage(title) })),
    find: (name: string) => known.find((dataset) => dataset.name === name),
    nameOf: (name: string) => {
      const found = known.find((dataset) => dataset.name === name)
      return found ? inLanguage(found.title) : name
    },
  }
}
