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

/** The ground of a conflict's state. */
export const conflictTone = { open: 'yellow', kept: 'done', replaced: 'done', withdrawn: 'none' } as const

/** The ground of a dropped file's state. */
export const dropTone = { taken: 'blue', loaded: 'done', refused: 'red' } as const
