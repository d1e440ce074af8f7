import { useSearchParams } from 'react-router'
import { shanghaiTime } from '../../../kit/index.ts'
import { currentPeriod, type Period, type PeriodKind, periodKinds } from './board-period.ts'

/** Which day places an alert in the period: when it was raised, or when what it is about happened. */
export type Basis = 'raised' | 'occurred'

export interface BoardAddress {
  readonly kind: PeriodKind
  readonly period: Period
  readonly basis: Basis
  /** The division looked at; undefined for all that the caller sees. */
  readonly under: string | undefined
  change(entry: Readonly<Record<string, string | undefined>>): void
  /** The same address with some of it changed, for a link. */
  changed(entry: Readonly<Record<string, string | undefined>>): string
}

export const today = () => shanghaiTime(new Date().toISOString()).slice(0, 10)

const isDay = (text: string | null): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '')

/** What a board shows, kept in its address: period, basis and division. Without any it shows the year under way. */
export function useBoardAddress(): BoardAddress {
  const [address, setAddress] = useSearchParams()
  const asked = address.get('period')
  const kind = periodKinds.find((known) => known === asked) ?? 'year'
  const [from, to] = [address.get('from'), address.get('to')]
  const chosen = isDay(from) && isDay(to) && from <= to ? { from, to } : currentPeriod('month', today())
  return {
    kind,
    period: kind === 'custom' ? chosen : currentPeriod(kind, today()),
    basis: address.get('by') === 'occurred' ? 'occurred' : 'raised',
    under: address.get('under') ?? undefined,
    change: (entry) => setAddress(changed(address, entry)),
    changed: (entry) => `?${changed(address, entry)}`,
  }
}

function changed(address: URLSearchParams, entry: Readonly<Record<string, string | undefined>>) {
  const next = new URLSearchParams(address)
  for (const [name, value] of Object.entries(entry)) {
    if (value === undefined) next.delete(name)
    else next.set(name, value)
  }
  return next
}

/** The period as conditions of the list of alerts. */
export function periodConditions(basis: Basis, { from, to }: Period): Readonly<Record<string, string>> {
  return basis === 'raised' ? { raisedFrom: from, raisedTo: to } : { onDateFrom: from, onDateTo: to }
}
