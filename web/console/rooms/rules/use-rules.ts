import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { components } from '../../../client/api.generated.ts'
import { answered, client } from '../../../kit/index.ts'
import type { ConfiguredObject, RuleDetail, RuleProposal, RuleRow } from './rule.ts'

type Precision = components['schemas']['RulePrecisionSoFar']

export function useRules() {
  return useQuery({
    queryKey: ['rules', 'list'],
    queryFn: () => answered<RuleRow[]>(client.GET('/api/v1/rules')),
  })
}

export function useRule(code: string, enabled = true) {
  return useQuery({
    queryKey: ['rules', 'detail', code],
    queryFn: () => answered<RuleDetail>(client.GET('/api/v1/rules/{code}', { params: { path: { code } } })),
    enabled,
  })
}

/** How often each rule was right so far, by code. */
export function usePrecision() {
  return useQuery({
    queryKey: ['rules', 'precision'],
    queryFn: async () => {
      const lines = await answered<Precision[]>(client.GET('/api/v1/rule-precision'))
      return new Map(lines.map((line) => [line.rule, line]))
    },
  })
}

export function useConfigured(kind: 'keyword-groups' | 'decision-tables', enabled = true) {
  return useQuery({
    queryKey: ['rules', kind],
    queryFn: () => answered<ConfiguredObject[]>(client.GET(`/api/v1/${kind}`)),
    enabled,
  })
}

/** A change as it is sent: whole content, on the version that it was drawn up on. */
export interface Draft {
  readonly kind: RuleProposal['kind']
  readonly object: string
  readonly baseVersion: number
  readonly content: unknown
}

export function usePropose(onFiled: (proposal: RuleProposal) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Draft & { readonly reason: string; readonly effectiveFrom: string }) =>
      answered<RuleProposal>(client.POST('/api/v1/rule-proposals', { body: body as never })),
    onSuccess: async (proposal) => {
      await queries.invalidateQueries({ queryKey: ['rules'] })
      onFiled(proposal)
    },
  })
}
