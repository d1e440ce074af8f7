import { percent } from './quality.ts'

/** A rate with its interval: a dot on a line from the lower to the upper bound, and all three in words. */
export function RateBar({
  rate,
  low,
  high,
  most,
}: {
  rate: string | null
  low: string | null
  high: string | null
  /** Where the scale ends, so that bars below each other can be compared. */
  most: number
}) {
  if (rate === null || low === null || high === null) return <span className="muted">—</span>
  const at = (share: string) => `${Math.min(100, (Number(share) / most) * 100)}%`
  return (
    <span className="rate">
      <span className="rate-scale" aria-hidden>
        <i className="rate-reach" style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
        <i className="rate-dot" style={{ left: at(rate) }} />
      </span>
      <b className="numeric">{percent(rate)}</b>
      <small className="muted numeric">
        {percent(low)} – {percent(high)}
      </small>
    </span>
  )
}
