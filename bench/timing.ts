/** Milliseconds of one kind of work, done so many times. */
export interface Times {
  readonly what: string
  readonly times: number
  readonly p50: number
  readonly p95: number
}

export function timesOf(what: string, taken: readonly number[]): Times {
  return { what, times: taken.length, p50: percentile(taken, 0.5), p95: percentile(taken, 0.95) }
}

function percentile(taken: readonly number[], share: number): number {
  const sorted = taken.toSorted((left, right) => left - right)
  return Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1))
}

/** Processor time of this process since the returned function was made, in milliseconds; its database's is not in it. */
export function watchProcessor(): () => number {
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return Math.round((user + system) / 1000)
  }
}
