import type { components } from '../../../client/api.generated.ts'

export type UnitDetail = components['schemas']['UnitDetail']
