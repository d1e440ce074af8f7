import type { components } from '../../../client/api.generated.ts'

export type Replay = components['schemas']['Replay']
export type ReplaySide = components['schemas']['ReplaySide']
export type ReplayDifference = components['schemas']['ReplayDifference']
export type ReplayHit = components['schemas']['ReplayHit']
export type ReplayChoice = components['schemas']['ReplayChoice']
export type ReplayRequest = components['schemas']['ReplayRequest']

/** The ground of a replay's state. */
export const replayTone = {
  waiting: 'none',
  running: 'blue',
  done: 'done',
  failed: 'red',
  timed_out: 'red',
  too_many: 'yellow',
  cancelled: 'none',
  broken: 'yellow',
} as const

export const hasEnded = ({ state }: Replay) => state !== 'waiting' && state !== 'running'

/** A parameter's value as it is shown: lists of words with commas. */
export function shownValue(value: ReplaySide['parameters'][string] | undefined): string {
  if (value === undefined) return '—'
  return Array.isArray(value) ? value.join('，') : String(value)
}
