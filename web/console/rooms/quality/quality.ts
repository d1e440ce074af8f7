import { useQuery } from '@tanstack/react-query'
import type { components } from '../../../client/api.generated.ts'
import { answered, client } from '../../../kit/index.ts'

type Schemas = components['schemas']
export type MonthRate = Schemas['SampleRate']
export type PackMissRate = Schemas['PackMissRate']
export type RuleMissRate = Schemas['RuleMissRate']
export type SampleDraw = Schemas['SampleDraw']
export type SampleSize = Schemas['SampleSize']
export type SampleRow = Schemas['SampleRow']
export type SampleItem = Schemas['SampleItem']
export type Precision = Schemas['RulePrecision']
export type RuleRecall = Schemas['RuleRecall']

/** Everything of the page begins with this key: a judgement or a draw makes all of it new. */
export const qualityKey = 'quality'

export function useSampleRates() {
  return useQuery({
    queryKey: [qualityKey, 'rates'],
    queryFn: () => answered<Schemas['SampleRates']>(client.GET('/api/v1/sample-rates')),
  })
}

/** Draws, for those who see the whole; others get none. Asked again while one is awaited. */
export function useDraws(awaited: boolean) {
  return useQuery({
    queryKey: [qualityKey, 'draws'],
    queryFn: () => answered<SampleDraw[]>(client.GET('/api/v1/sample-draws')),
    refetchInterval: awaited ? 3000 : false,
  })
}

export function useSizes() {
  return useQuery({
    queryKey: [qualityKey, 'sizes'],
    queryFn: () => answered<SampleSize[]>(client.GET('/api/v1/sample-sizes')),
  })
}

/** By rule and month in which the alerts were raised. */
export function usePackPrecision(pack: string) {
  return useQuery({
    queryKey: [qualityKey, 'precision', pack],
    queryFn: () =>
      answered<readonly Precision[]>(
        client.GET('/api/v1/alert-precision', { params: { query: { pack } as never } }),
      ),
    enabled: pack !== '',
  })
}

export function useRecall() {
  return useQuery({
    queryKey: [qualityKey, 'recall'],
    queryFn: () => answered<RuleRecall>(client.GET('/api/v1/rule-recall')),
  })
}

/** A share with one decimal; the interval of a rate as `low – high`. */
export const percent = (share: string | number | null | undefined) =>
  share === null || share === undefined ? '—' : `${(Number(share) * 100).toFixed(1)}%`

/** The list of drawn records that a figure counts. */
export const itemsAddress = (filter: Readonly<Record<string, string | undefined>>) =>
  `/sample-items?${new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )}`

export const lastDay = (month: string) => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}
