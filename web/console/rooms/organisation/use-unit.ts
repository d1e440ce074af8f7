import { useQuery } from '@tanstack/react-query'
import { answered, client } from '../../../kit/index.ts'
import type { UnitDetail } from './unit-detail.ts'

/** One unit with its history; not asked for without a code. */
export function useUnit(unitCode: string | undefined) {
  return useQuery({
    queryKey: ['units', 'detail', unitCode],
    enabled: unitCode !== undefined,
    queryFn: () =>
      answered<UnitDetail>(
        client.GET('/api/v1/units/{unitCode}', { params: { path: { unitCode: unitCode! } } }),
      ),
  })
}
