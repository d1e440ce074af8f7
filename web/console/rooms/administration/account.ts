import type { components } from '../../../client/api.generated.ts'

export type Account = components['schemas']['Account']

export const accountStates = ['active', 'disabled', 'left'] as const

export const accountTone = { active: 'done', disabled: 'yellow', left: 'none' } as const
