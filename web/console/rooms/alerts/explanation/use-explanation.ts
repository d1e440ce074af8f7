import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { components } from '../../../../client/api.generated.ts'
import { answered, client } from '../../../../kit/index.ts'

export type Explanation = components['schemas']['AlertExplanation']
export type ExplainedHit = components['schemas']['ExplainedHit']
export type ShownRows = components['schemas']['ShownRows']
export type WordMark = ExplainedHit['words'][number]

const keyOf = (alertId: string) => ['alerts', 'explain', alertId]

/** What the alert rests on, worked out again by the server when the page is opened. */
export function useExplanation(alertId: string) {
  return useQuery({
    queryKey: keyOf(alertId),
    queryFn: () =>
      answered<Explanation>(
        client.GET('/api/v1/alerts/{alertId}/explain', { params: { path: { alertId } } }),
      ),
    staleTime: 60_000,
  })
}

/** Shows personal data in clear, with the reason on record, until the page is left. */
export function useUnmasking(alertId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (reason: string) =>
      answered<Explanation>(
        client.POST('/api/v1/alerts/{alertId}/explain', { params: { path: { alertId } }, body: { reason } }),
      ),
    onSuccess: (clear) => queries.setQueryData(keyOf(alertId), clear),
  })
}

/** The same for the unit, as far as it is disclosed to it. */
export function useUnitExplanation(alertId: string) {
  return useQuery({
    queryKey: ['unit-alerts', 'explain', alertId],
    queryFn: () =>
      answered<components['schemas']['UnitAlertExplanation']>(
        client.GET('/api/v1/unit-alerts/{alertId}/explain', { params: { path: { alertId } } }),
      ),
    staleTime: 60_000,
  })
}
