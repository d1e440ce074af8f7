import type { components } from '../../../client/api.generated.ts'

export type BatchDetail = components['schemas']['IntakeBatchDetail']

/** The ground of a batch's state. */
export const batchTone = {
  checked: 'yellow',
  refused: 'red',
  loading: 'blue',
  loaded: 'done',
  undone: 'none',
} as const
