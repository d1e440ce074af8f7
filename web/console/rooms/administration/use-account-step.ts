import { useMutation, useQueryClient } from '@tanstack/react-query'

/** One act of administration; every list that could show it is read anew. */
export function useAccountStep<Input, Output>(act: (input: Input) => Promise<Output>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['accounts'] })
      await queries.invalidateQueries({ queryKey: ['role-holdings'] })
    },
  })
}
