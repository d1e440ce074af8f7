import { readdirSync, readFileSync } from 'node:fs'

/**
 * Watches the memory of this process and of everything it started (the embedded PostgreSQL among them), as proportional
 * set size, so that what processes share counts once. Linux only; elsewhere the peak stays 0.
 * @returns how to stop, giving the peak in megabytes
 */
export function watchMemory(everyMilliseconds = 200): () => number {
  let peak = 0
  const look = () => {
    peak = Math.max(peak, treeMegabytes())
  }
  const timer = setInterval(look, everyMilliseconds)
  return () => {
    clearInterval(timer)
    look()
    return Math.round(peak)
  }
}

function treeMegabytes(): number {
  return family(process.pid).reduce((sum, pid) => sum + proportionalKilobytes(pid), 0) / 1024
}

/** The process and its descendants. A server that was started detached is still its starter's child. */
function family(root: number): readonly number[] {
  const children = new Map<number, number[]>()
  for (const name of readable(() => readdirSync('/proc')) ?? []) {
    const stat = /^\d+$/.test(name) ? readable(() => readFileSync(`/proc/${name}/stat`, 'utf8')) : undefined
    const parent = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    if (Number.isInteger(parent)) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found = [root]
  for (const pid of found) found.push(...(children.get(pid) ?? []))
  return found
}

function proportionalKilobytes(pid: number): number {
  const rollup = readable(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
  return Number(rollup?.match(/^Pss:\s+(\d+)/m)?.[1] ?? 0)
}

/** Processes come and go while they are looked at. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
