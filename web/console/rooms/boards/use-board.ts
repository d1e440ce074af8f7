import { useQuery } from '@tanstack/react-query'
import type { components } from '../../../client/api.generated.ts'
import { answered, client } from '../../../kit/index.ts'
import { periodBefore } from './board-period.ts'
import type { Board } from './figure.ts'
import { type BoardAddress, periodConditions } from './use-board-address.ts'

export type PrecisionLine = components['schemas']['RulePrecision']
export type Pack = components['schemas']['AlertPack']

interface Asked {
  /** Undefined for all packs. */
  readonly pack: string | undefined
  readonly address: Pick<BoardAddress, 'kind' | 'period' | 'basis' | 'under'>
  /** Milliseconds after which all is asked anew, for a page that nobody touches. */
  readonly refresh?: number
}

/** Everything on a board: its figures, those of the period before, how old open alerts are today, and the precision. */
export function useBoard({ pack, address, refresh }: Asked) {
  const { kind, period, basis, under } = address
  const scope = { pack, under }
  const within = { ...scope, ...periodConditions(basis, period) }
  const before = { ...scope, ...periodConditions(basis, periodBefore(kind, period)) }
  const options = refresh ? { refetchInterval: refresh, refetchIntervalInBackground: true } : {}
  const board = useQuery({
    queryKey: ['alerts', 'board', within, basis],
    queryFn: () => askBoard({ ...within, by: basis }),
    ...options,
  })
  const earlier = useQuery({
    queryKey: ['alerts', 'board', 'before', before],
    queryFn: () => askBoard({ ...before, of: 'headline' }),
    ...options,
  })
  const ageing = useQuery({
    queryKey: ['alerts', 'board', 'ageing', scope],
    queryFn: () => askBoard({ ...scope, of: 'ageing' }),
    ...options,
  })
  const precision = useQuery({
    queryKey: ['alerts', 'precision', within],
    queryFn: () =>
      answered<readonly PrecisionLine[]>(
        client.GET('/api/v1/alert-precision', { params: { query: within as never } }),
      ),
    ...options,
  })
  return { board, earlier, ageing, precision, within }
}

function askBoard(query: Readonly<Record<string, unknown>>): Promise<Board> {
  return answered<Board>(client.GET('/api/v1/alert-board', { params: { query: query as never } }))
}

/** The packs with the names of their rules and categories. */
export function usePacks(): readonly Pack[] {
  const { data } = useQuery({
    queryKey: ['alert-packs'],
    queryFn: () => answered<readonly Pack[]>(client.GET('/api/v1/alert-packs')),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? []
}
