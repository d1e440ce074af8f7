import { useMutation, useQueryClient } from '@tanstack/react-query'

/** One act on a token of a machine; the list, and what waits on the workbench, are read anew. */
export function useTokenStep<Input, Output>(act: (input: Input) => Promise<Output>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['api-tokens'] })
      await queries.invalidateQueries({ queryKey: ['alerts', 'work'] })
    },
  })
}
