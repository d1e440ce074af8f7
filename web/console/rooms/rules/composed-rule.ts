import type { components } from '../../../client/api.generated.ts'

export type ComposedRule = components['schemas']['ComposedRule']
export type ComposedVersion = components['schemas']['ComposedVersion']
export type ComposedContent = components['schemas']['ComposedContent']
export type ComposedCheck = components['schemas']['ComposedCheck']
export type ComposableDataset = components['schemas']['ComposableDataset']
export type ComposableColumn = ComposableDataset['columns'][number]

/** The ground of a version's state. */
export const composedTone = {
  draft: 'none',
  trial: 'yellow',
  live: 'done',
  rejected: 'red',
  withdrawn: 'none',
  superseded: 'none',
  ended: 'none',
} as const
