import { useQuery } from '@tanstack/react-query'
import { answered, client } from '../../../kit/index.ts'
import type { ReplayChoice } from './replay.ts'

/** Rules that can be replayed, with their values in force. */
export function useReplayChoices() {
  return useQuery({
    queryKey: ['replays', 'choices'],
    queryFn: () => answered<ReplayChoice[]>(client.GET('/api/v1/rule-replay-choices')),
    staleTime: 60_000,
  })
}

/** What a replayed rule's parameters and conditions are called, once it is known. */
export function useReplayedRule(code: string): ReplayChoice | undefined {
  return useReplayChoices().data?.find(({ rule }) => rule === code)
}
